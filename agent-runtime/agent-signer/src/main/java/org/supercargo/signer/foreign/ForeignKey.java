package org.supercargo.signer.foreign;

import java.util.Arrays;
import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;

/// Reads a private key that another program wrote: a Solana CLI key pair, a web3 key file of
/// version 3, or the plain hexadecimal digits of a secp256k1 key.
public final class ForeignKey {
  /// No such file is longer, in bytes.
  public static final int LONGEST_FILE = 16_384;

  private ForeignKey() {}

  /// @param content overwritten before this returns
  /// @param password asked only for a file that is encrypted
  /// @return the 32 private bytes, which the caller overwrites
  /// @throws SupercargoException of category USER, never quoting the content
  public static byte[] read(KeyType type, byte[] content, Supplier<Passphrase> password) {
    try {
      return switch (type) {
        case ED25519 -> SolanaKeyPairFile.read(content);
        case SECP256K1 ->
            firstMark(content) == '{' ? Web3KeyFile.read(content, password) : HexKey.read(content);
      };
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static int firstMark(byte[] content) {
    for (byte each : content) {
      if (!isSpace(each)) {
        return each;
      }
    }
    return -1;
  }

  static boolean isSpace(byte each) {
    return each == ' ' || each == '\n' || each == '\r' || each == '\t';
  }
}
