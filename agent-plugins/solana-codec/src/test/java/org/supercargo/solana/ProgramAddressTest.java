package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;

/// Expected addresses are those web3.js and spl-token compute for the same inputs.
class ProgramAddressTest {
  private static final PublicKey USDC =
      PublicKey.parse("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
  private static final TestKey ALICE = TestKey.of(1);

  @Test
  void the_test_keys_are_those_of_other_clients() {
    assertThat(ALICE.key()).hasToString("AKnL4NNf3DGWZJS6cPknBuEGnVsV4A4m5tgebLHaRSZ9");
    assertThat(ALICE.key().isOnCurve()).isTrue();
  }

  @Test
  void an_associated_token_account_depends_on_the_token_program() {
    assertThat(ProgramAddress.associatedToken(ALICE.key(), USDC, TokenProgram.TOKEN))
        .hasToString("3wvJdyFnGvaMWpbq93NU91SggiVRveULUXL6iX5VZDGP");
    assertThat(ProgramAddress.associatedToken(ALICE.key(), USDC, TokenProgram.TOKEN_2022))
        .hasToString("9DRK2a94uk1SHZXMrbnToDZX9T8a2eyA3LNErG1TGRaV");
  }

  @Test
  void derived_addresses_and_bumps_are_those_of_other_clients() {
    var metaplex = PublicKey.parse("metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s");
    assertThat(
            ProgramAddress.find(
                List.of(text("vault"), ALICE.key().bytes()), Program.SYSTEM.address()))
        .isEqualTo(
            new ProgramAddress(
                PublicKey.parse("HPWuqNub6UsZwc9vtMqqvWCWfn3FmZ4JPApBdNYVAmHH"), 254));
    assertThat(
            ProgramAddress.find(
                List.of(text("metadata"), metaplex.bytes(), USDC.bytes()), metaplex))
        .isEqualTo(
            new ProgramAddress(
                PublicKey.parse("5x38Kp4hvdomTCnCrAny4UtMUt5rQBdB6px2K1Ui45Wq"), 255));
  }

  @Test
  void a_derived_address_is_off_the_curve() {
    for (int number = 1; number <= 100; number++) {
      PublicKey owner = TestKey.of(number).key();
      assertThat(owner.isOnCurve()).as("key %d", number).isTrue();
      assertThat(ProgramAddress.associatedToken(owner, USDC, TokenProgram.TOKEN).isOnCurve())
          .as("account of key %d", number)
          .isFalse();
    }
  }

  @Test
  void too_many_or_too_long_seeds_are_refused() {
    PublicKey program = Program.SYSTEM.address();
    assertThatThrownBy(() -> ProgramAddress.find(Collections.nCopies(16, Bytes.EMPTY), program))
        .hasMessage("an address is derived from at most 15 seeds, not 16");
    assertThatThrownBy(() -> ProgramAddress.find(List.of(Bytes.of(new byte[33])), program))
        .hasMessage("a seed has at most 32 bytes, not 33");
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
