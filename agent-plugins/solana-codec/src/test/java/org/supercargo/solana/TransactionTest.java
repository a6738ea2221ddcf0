package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.solana.Samples.ALICE;
import static org.supercargo.solana.Samples.BOB;
import static org.supercargo.solana.Samples.CAROL;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;

/// The base64 constants were written by web3.js from the same keys and instructions.
class TransactionTest {
  private static final String SIGNED =
      "Ae9Rw1nQThsAJghSAR/5McpTEyJGltdEAoEMMmeEuFuOk01nNglwyFuccijQ7l4qEIZ2WGKnF9enTwoI+uIO"
          + "cA0BAAEDiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1yBOXcOqH0XX1ajVGbDTH7My42KkbTuN6Jd"
          + "9g9bj8mzlAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH"
          + "BwcHBwcHBwcBAgIAAQwCAAAAAC9oWQAAAAA=";
  private static final String PARTIAL =
      "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
          + "AAByZ6fIM1yX6GCdSoa+1edOTJoPi5fL5qXPnlKbguBtMQTKLkOgpGwVV25cnD1ISgs7g/R3k4s6U3yuWB1i"
          + "/iUHAgABA4E5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOUiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb"
          + "83SIAbQPb1wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH"
          + "BwcHBwcHBwcHAQICAQAMAgAAAAUAAAAAAAAA";
  private static final String FULL =
      "AidlI7pe31n1FBRfYkhv57C7Y4WzZzsd5eYfeATqeNoQIi0ZpCqgFLVOqfRBKJ1tz1HgWWm4DnKuxHbYYyey"
          + "dw5yZ6fIM1yX6GCdSoa+1edOTJoPi5fL5qXPnlKbguBtMQTKLkOgpGwVV25cnD1ISgs7g/R3k4s6U3yuWB1i"
          + "/iUHAgABA4E5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOUiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb"
          + "83SIAbQPb1wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH"
          + "BwcHBwcHBwcHAQICAQAMAgAAAAUAAAAAAAAA";

  @Test
  void a_signed_transfer_is_the_one_web3js_makes() {
    Message message = Samples.message(Samples.lamports(1_500_000_000));
    Transaction signed =
        Transaction.unsigned(message).withSignature(ALICE.key(), ALICE.sign(message.serialize()));
    assertThat(signed.serialize().base64()).isEqualTo(SIGNED);
    assertThat(signed.isFullySigned()).isTrue();
    assertThat(signed.id())
        .isEqualTo(
            "5nWwJbKLxgM11QKvoYJ5dsG8u52oBYJdokoFmiPVPt6adQGMdi1RUp9ppM1mwjFVv1KreYXo5wxyeGig6pgHVyd6");
    assertThat(Transaction.parse(Bytes.fromBase64(SIGNED))).isEqualTo(signed);
  }

  @Test
  void a_cosigner_fills_only_its_own_place_and_keeps_the_others() {
    Transaction partial = Transaction.parse(Bytes.fromBase64(PARTIAL));
    assertThat(partial.missingSigners()).containsExactly(BOB.key());
    assertThat(partial.isFullySigned()).isFalse();
    assertThatThrownBy(partial::id).hasMessage("the fee payer has not signed yet");

    Transaction full = partial.withSignature(BOB.key(), BOB.sign(partial.message().serialize()));

    assertThat(full.serialize().base64()).isEqualTo(FULL);
    assertThat(full.signatures().get(1)).isEqualTo(partial.signatures().get(1));
    assertThat(full.missingSigners()).isEmpty();
    assertThat(full.isFullySigned()).isTrue();
  }

  @Test
  void a_signature_by_another_key_or_for_another_message_is_refused() {
    Message message = Samples.message(Samples.lamports(5));
    Transaction unsigned = Transaction.unsigned(message);
    Bytes other = ALICE.sign(Samples.message(Samples.lamports(6)).serialize());
    assertThatThrownBy(() -> unsigned.withSignature(ALICE.key(), BOB.sign(message.serialize())))
        .hasMessage("the signature does not verify for " + ALICE.key());
    assertThatThrownBy(() -> unsigned.withSignature(ALICE.key(), other))
        .hasMessageContaining("does not verify");
    assertThatThrownBy(() -> unsigned.withSignature(ALICE.key(), Bytes.EMPTY))
        .hasMessageContaining("does not verify");
    assertThatThrownBy(() -> unsigned.withSignature(CAROL.key(), CAROL.sign(message.serialize())))
        .hasMessage(CAROL.key() + " does not have to sign this transaction");
  }

  @Test
  void a_signature_that_does_not_fit_its_message_is_noticed() {
    Message message = Samples.message(Samples.lamports(5));
    Bytes wrong = ALICE.sign(Bytes.EMPTY);
    assertThat(new Transaction(List.of(wrong), message).isFullySigned()).isFalse();
    assertThatThrownBy(() -> new Transaction(List.of(wrong, wrong), message))
        .hasMessage("it has 2 signatures and its message requires 1");
  }

  @Test
  void every_instruction_we_build_is_read_back_as_the_same_value() {
    var largest = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    List<ProgramInstruction> instructions =
        List.of(
            new ProgramInstruction.SystemTransfer(ALICE.key(), BOB.key(), largest),
            new ProgramInstruction.AdvanceNonce(CAROL.key(), ALICE.key()),
            new ProgramInstruction.UnitLimit(0xffff_ffffL),
            new ProgramInstruction.UnitPrice(largest),
            Samples.usdc(1),
            Samples.tokens(TokenProgram.TOKEN_2022, Samples.CARGO, 7, 255),
            Samples.accountOfBob(Samples.USDC, TokenProgram.TOKEN),
            new ProgramInstruction.CreateAssociatedToken(
                ALICE.key(), CAROL.key(), Samples.CARGO, TokenProgram.TOKEN_2022, false),
            new ProgramInstruction.Memo("café №7 🚢"));
    assertThat(instructions).allSatisfy(TransactionTest::assertReadBack);
  }

  private static void assertReadBack(ProgramInstruction instruction) {
    assertThat(EffectDecoder.read(instruction.instruction()))
        .isEqualTo(new Reading.Known(instruction));
  }

  @Test
  void numbers_beyond_their_field_are_refused_when_built() {
    var tooLarge = BigInteger.ONE.shiftLeft(64);
    assertThatThrownBy(() ->
            new ProgramInstruction.SystemTransfer(ALICE.key(), BOB.key(), tooLarge).instruction())
        .hasMessage("18446744073709551616 does not fit into 64 unsigned bits");
    assertThatThrownBy(() -> Samples.limit(-1).instruction())
        .hasMessage("-1 does not fit into 32 unsigned bits");
  }
}
