package org.supercargo.plugin.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.solana.Program;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

class MintTest {
  private static final PublicKey ADDRESS =
      PublicKey.parse("DWsFLMLnwrEws4yCKgaSk3X8NVqp3qJdm5RHQJkiPN2m");

  @Test
  void a_plain_mint_of_either_program_is_read() {
    assertThat(read(TokenProgram.TOKEN.address(), mint()))
        .isEqualTo(new Mint(ADDRESS, TokenProgram.TOKEN, 6, java.util.List.of()));
    assertThat(read(TokenProgram.TOKEN_2022.address(), mint()).program())
        .isEqualTo(TokenProgram.TOKEN_2022);
  }

  @Test
  void tokens_whose_transfers_do_more_than_transfer_are_refused_by_name() {
    assertRefused(1, "takes a fee of every transfer");
    assertRefused(9, "cannot be transferred");
    assertRefused(12, "has a permanent delegate, who can take it back from anyone");
    assertRefused(14, "runs a program of its issuer at every transfer");
    assertRefused(16, "has the Token-2022 extension 16, unknown here");
    assertRefused(99, "has the Token-2022 extension 99, unknown here");
  }

  @Test
  void a_refused_extension_behind_harmless_ones_is_found() {
    assertThatThrownBy(() ->
            read(TokenProgram.TOKEN_2022.address(), extended(18, 3, 19, 14))
                .requirePlainTransfers("HOOK"))
        .hasMessageContaining("runs a program of its issuer");
  }

  @Test
  void metadata_and_display_extensions_are_harmless() {
    assertThatCode(() ->
            read(TokenProgram.TOKEN_2022.address(), extended(3, 10, 18, 19, 20, 21, 22, 23))
                .requirePlainTransfers("META"))
        .doesNotThrowAnyException();
  }

  @Test
  void what_is_not_a_mint_is_refused() {
    assertThatThrownBy(() -> read(Program.SYSTEM.address(), mint()))
        .hasMessageContaining("not the mint");
    assertThatThrownBy(() -> read(TokenProgram.TOKEN.address(), new byte[165]))
        .hasMessageContaining("not the mint");
    assertThatThrownBy(() -> read(TokenProgram.TOKEN.address(), new byte[82]))
        .as("not initialized")
        .hasMessageContaining("not the mint");
    assertThatThrownBy(() -> read(TokenProgram.TOKEN.address(), extended(18)))
        .as("the older program has no extensions")
        .hasMessageContaining("not the mint");
    assertThatThrownBy(
            () -> read(TokenProgram.TOKEN_2022.address(), Arrays.copyOf(extended(18), 355)))
        .as("several signers, told by their size")
        .hasMessageContaining("not the mint");
    assertThatThrownBy(() -> Mint.read(ADDRESS, Optional.empty()))
        .hasMessage("There is no token " + ADDRESS + " on this Solana network");
  }

  private static void assertRefused(int extension, String reason) {
    Mint mint = read(TokenProgram.TOKEN_2022.address(), extended(extension));
    assertThatThrownBy(() -> mint.requirePlainTransfers("ODD"))
        .hasMessage("ODD (" + ADDRESS + ") " + reason);
  }

  private static Mint read(PublicKey owner, byte[] data) {
    return Mint.read(
        ADDRESS,
        Optional.of(new SolanaRpc.AccountState(owner, BigInteger.TEN, Bytes.of(data), false)));
  }

  private static byte[] mint() {
    var data = new byte[82];
    data[44] = 6;
    data[45] = 1;
    return data;
  }

  /// A mint with extensions of 8 zero bytes each.
  private static byte[] extended(int... extensions) {
    var output = new ByteArrayOutputStream();
    output.writeBytes(mint());
    output.writeBytes(new byte[165 - 82]);
    output.write(1);
    for (int extension : extensions) {
      output.writeBytes(new byte[] {(byte) extension, 0, 8, 0});
      output.writeBytes(new byte[8]);
    }
    return output.toByteArray();
  }
}
