package org.supercargo.plugin.solana;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// A token account as its program stores it.
///
/// Source: `Account` in [spl-token-interface](https://docs.rs/spl-token-interface).
///
/// @param owner the wallet that controls it
/// @param amount base units
record TokenAccount(PublicKey mint, PublicKey owner, BigInteger amount) {
  /// The program tells several signers from mints and accounts by this size alone, and whoever
  /// makes one chooses its content.
  static final int MULTISIGNATURE_SIZE = 355;

  private static final int SIZE = 165;
  private static final int AMOUNT = 64;
  private static final int STATE = 108;
  private static final int ACCOUNT_TYPE = 165;
  private static final int TYPE_ACCOUNT = 2;

  /// Empty when the account is no initialized token account.
  static Optional<TokenAccount> read(SolanaRpc.AccountState account) {
    byte[] data = account.data().toArray();
    Optional<TokenProgram> program = TokenProgram.find(account.owner());
    boolean shaped =
        data.length == SIZE
            || (program.equals(Optional.of(TokenProgram.TOKEN_2022))
                && data.length > ACCOUNT_TYPE
                && data.length != MULTISIGNATURE_SIZE
                && data[ACCOUNT_TYPE] == TYPE_ACCOUNT);
    if (program.isEmpty() || !shaped || data[STATE] == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new TokenAccount(key(data, 0), key(data, PublicKey.SIZE), littleEndian(data, AMOUNT)));
  }

  private static PublicKey key(byte[] data, int position) {
    return new PublicKey(Bytes.of(Arrays.copyOfRange(data, position, position + PublicKey.SIZE)));
  }

  private static BigInteger littleEndian(byte[] data, int position) {
    var bigEndian = new byte[8];
    for (int index = 0; index < 8; index++) {
      bigEndian[7 - index] = data[position + index];
    }
    return new BigInteger(1, bigEndian);
  }
}
