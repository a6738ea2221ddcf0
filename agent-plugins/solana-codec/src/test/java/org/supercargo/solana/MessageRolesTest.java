package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.solana.Samples.ALICE;
import static org.supercargo.solana.Samples.BLOCKHASH;
import static org.supercargo.solana.Samples.BOB;
import static org.supercargo.solana.Samples.CARGO;
import static org.supercargo.solana.Samples.CAROL;
import static org.supercargo.solana.Samples.USDC;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;

/// Accounts in roles nobody gave them, and wallets where others belong.
class MessageRolesTest {
  private static final AssetId SOL = AssetId.nativeOf(ChainId.SOLANA);
  private static final PublicKey OFF_CURVE = Samples.account(CAROL, USDC, TokenProgram.TOKEN);

  private final SolanaCodec codec = new SolanaCodec();

  @Test
  void a_program_that_may_be_changed_is_refused_though_nodes_take_the_bit_away() {
    Message honest = Samples.message(Samples.lamports(5));
    assertThat(decode(honest)).noneMatch(Effect.Undecodable.class::isInstance);
    Message changed = withHeader(honest, new MessageHeader(1, 0, 0));
    assertThat(changed.serialize().hex()).startsWith("010000");
    assertUndecodable(
        decode(changed), "it lets the program 11111111111111111111111111111111 itself be changed");
  }

  @Test
  void each_read_only_account_of_a_token_payment_has_to_stay_read_only() {
    Message honest =
        Samples.message(
            Samples.accountOfBob(USDC, TokenProgram.TOKEN),
            Samples.usdc(5),
            new ProgramInstruction.Memo("x"));
    assertThat(decode(honest)).noneMatch(Effect.Undecodable.class::isInstance);
    int readonly = honest.header().readonlyUnsigned();
    assertThat(readonly).isEqualTo(6);
    for (int left = 0; left < readonly; left++) {
      PublicKey first = honest.keys().get(honest.keys().size() - readonly);
      assertUndecodable(
          decode(withHeader(honest, new MessageHeader(1, 0, left))), first.toString());
    }
  }

  @Test
  void an_account_no_instruction_uses_is_refused_in_every_role() {
    Message honest = Samples.message(Samples.lamports(5));
    for (AccountMeta extra :
        List.of(
            AccountMeta.readonly(CAROL.key()),
            AccountMeta.writable(CAROL.key()),
            AccountMeta.writable(OFF_CURVE))) {
      var keys = new ArrayList<>(honest.keys());
      keys.add(extra.writable() ? 2 : 3, extra.key());
      Message changed =
          new Message(
              honest.version(),
              new MessageHeader(1, 0, extra.writable() ? 1 : 2),
              keys,
              BLOCKHASH,
              List.of(
                  new CompiledInstruction(
                      extra.writable() ? 3 : 2,
                      honest.instructions().getFirst().accounts(),
                      honest.instructions().getFirst().data())),
              List.of());
      assertUndecodable(
          decode(changed), "names the account " + extra.key() + ", which no instruction uses");
    }
  }

  @Test
  void a_payee_who_has_to_sign_is_refused() {
    Instruction transfer = Samples.lamports(5).instruction();
    var accounts = List.of(transfer.accounts().getFirst(), AccountMeta.writableSigner(BOB.key()));
    List<Effect> effects = decode(new Instruction(transfer.program(), accounts, transfer.data()));
    assertUndecodable(effects, BOB.key() + " has to sign it too");
    assertUndecodable(effects, BOB.key() + " has to sign it, and no instruction asks for that");
  }

  @Test
  void a_wallet_that_signs_for_nothing_is_told_so() {
    Message message =
        new MessageCompiler(
                CAROL.key(),
                List.of(
                    new Instruction(
                        Program.SYSTEM.address(),
                        List.of(
                            AccountMeta.writableSigner(CAROL.key()),
                            AccountMeta.writableSigner(ALICE.key())),
                        Samples.lamports(5).instruction().data())))
            .legacy(BLOCKHASH);
    List<Effect> effects = decode(message);
    assertThat(effects)
        .contains(
            new Effect.Fee(CAROL.address(), SOL, BigInteger.valueOf(10_000), BigInteger.ZERO),
            new Effect.Move(SOL, CAROL.address(), ALICE.address(), BigInteger.valueOf(5)));
    assertUndecodable(effects, ALICE.key() + " has to sign it, and no instruction asks for that");
  }

  @Test
  void what_the_wallet_receives_or_sends_itself_is_told_as_it_is() {
    assertThat(
            decode(
                new ProgramInstruction.SystemTransfer(ALICE.key(), ALICE.key(), BigInteger.TEN)
                    .instruction()))
        .contains(new Effect.Move(SOL, ALICE.address(), ALICE.address(), BigInteger.TEN));
    PublicKey mine = Samples.account(ALICE, USDC, TokenProgram.TOKEN);
    assertThat(decode(transfer(mine, mine).instruction()))
        .contains(
            new Effect.Move(
                AssetId.token(USDC.address(ChainId.SOLANA)),
                ALICE.address(),
                ALICE.address(),
                BigInteger.TEN));
  }

  @Test
  void a_wallet_in_the_place_of_a_token_account_is_refused() {
    PublicKey mine = Samples.account(ALICE, USDC, TokenProgram.TOKEN);
    assertUndecodable(decode(transfer(mine, BOB.key()).instruction()), "is a wallet where");
    assertUndecodable(decode(transfer(ALICE.key(), mine).instruction()), "is a wallet where");
  }

  @Test
  void the_payees_account_for_another_mint_or_program_is_not_the_payee() {
    PublicKey mine = Samples.account(ALICE, USDC, TokenProgram.TOKEN);
    for (PublicKey account :
        List.of(
            Samples.account(BOB, CARGO, TokenProgram.TOKEN),
            Samples.account(BOB, USDC, TokenProgram.TOKEN_2022),
            Samples.account(BOB, CARGO, TokenProgram.TOKEN_2022))) {
      assertThat(decode(transfer(mine, account).instruction()))
          .contains(
              new Effect.Move(
                  AssetId.token(USDC.address(ChainId.SOLANA)),
                  ALICE.address(),
                  account.address(ChainId.SOLANA),
                  BigInteger.TEN));
    }
  }

  @Test
  void an_account_is_created_only_for_what_is_paid_into_it_afterwards() {
    Instruction creation = Samples.accountOfBob(USDC, TokenProgram.TOKEN).instruction();
    String reason = "and pays nothing into it";
    assertUndecodable(decode(creation), reason);
    assertUndecodable(decode(creation, Samples.lamports(5).instruction()), reason);
    assertUndecodable(
        decode(creation, Samples.tokens(TokenProgram.TOKEN_2022, CARGO, 5, 9).instruction()),
        reason);
    assertUndecodable(decode(Samples.usdc(5).instruction(), creation), reason);
    assertThat(decode(creation, Samples.usdc(5).instruction()))
        .noneMatch(Effect.Undecodable.class::isInstance);
  }

  @Test
  void the_wallet_as_its_own_counterparty_changes_nothing() {
    Bytes message = Samples.message(Samples.usdc(5)).serialize();
    assertThat(decode(message, Set.of(ALICE.address(), BOB.address())))
        .isEqualTo(decode(message, Set.of(BOB.address())));
  }

  @Test
  void a_counterparty_that_is_no_address_recognises_nothing() {
    Bytes message = Samples.message(Samples.usdc(5)).serialize();
    assertThat(decode(message, Set.of(new Address(ChainId.SOLANA, "0OIl"))))
        .isEqualTo(decode(message, Set.of()));
  }

  @Test
  void texts_to_sign_and_later_versions_are_no_messages() {
    Bytes offChain =
        Bytes.fromHex(
            "ff"
                + Bytes.of("solana offchain".getBytes(StandardCharsets.US_ASCII)).hex()
                + "00".repeat(80));
    assertUndecodable(decode(offChain, Set.of()), "it is an off-chain message");
    String rest = Samples.message(Samples.lamports(5)).serialize().hex();
    assertThat(decode(Bytes.fromHex("80" + rest + "00"), Set.of()))
        .noneMatch(Effect.Undecodable.class::isInstance);
    for (int version = 1; version < 127; version++) {
      assertUndecodable(
          decode(Bytes.fromHex("%02x".formatted(0x80 | version) + rest + "00"), Set.of()),
          "message version " + version + " is not known");
    }
  }

  @Test
  void no_message_excludes_another_and_one_that_is_not_for_the_wallet_has_no_answer() {
    var nonce = new ProgramInstruction.AdvanceNonce(CAROL.key(), ALICE.key());
    for (Message message :
        List.of(
            Samples.message(Samples.lamports(5)), Samples.message(nonce, Samples.lamports(5)))) {
      assertThat(codec.exclusion(ChainId.SOLANA, message.serialize(), ALICE.address())).isEmpty();
    }
    Bytes foreign = Samples.message(Samples.lamports(5)).serialize();
    assertThatThrownBy(() -> codec.exclusion(ChainId.SOLANA, foreign, BOB.address()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_instruction_in_another_form_than_its_meaning_has_is_undecodable() {
    Instruction advance =
        new ProgramInstruction.AdvanceNonce(CAROL.key(), ALICE.key()).instruction();
    var accounts = new ArrayList<>(advance.accounts());
    accounts.set(1, AccountMeta.readonly(BOB.key()));
    assertUndecodable(
        decode(new Instruction(advance.program(), accounts, advance.data())),
        "it is not in the form its meaning has here");
  }

  private static ProgramInstruction transfer(PublicKey from, PublicKey to) {
    return new ProgramInstruction.TransferChecked(
        TokenProgram.TOKEN, from, USDC, to, ALICE.key(), BigInteger.TEN, 6);
  }

  private static Message withHeader(Message message, MessageHeader header) {
    return new Message(
        message.version(),
        header,
        message.keys(),
        message.blockhash(),
        message.instructions(),
        message.lookups());
  }

  private List<Effect> decode(Instruction... instructions) {
    return decode(Samples.message(List.of(instructions)));
  }

  private List<Effect> decode(Message message) {
    return decode(message.serialize(), Set.of(BOB.address()));
  }

  private List<Effect> decode(Bytes message, Set<Address> counterparties) {
    return codec.decode(
        ChainId.SOLANA, message, ALICE.address(), new DecodingHints(counterparties, Set.of()));
  }

  private static void assertUndecodable(List<Effect> effects, String reason) {
    assertThat(effects)
        .anySatisfy(effect ->
            assertThat(effect)
                .isInstanceOfSatisfying(
                    Effect.Undecodable.class,
                    unknown -> assertThat(unknown.what()).contains(reason)));
  }
}
