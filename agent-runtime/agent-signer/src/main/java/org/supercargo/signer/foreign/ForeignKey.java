package org.supercargo.signer.foreign;

import java.util.Arrays;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;

/// Reads a private key that another program wrote: a mnemonic of BIP-39, a Solana CLI key pair, a
/// web3 key file of version 3, or the plain hexadecimal digits of a secp256k1 key.
public final class ForeignKey {
  /// No such file is longer, in bytes.
  public static final int LONGEST_FILE = 16_384;

  /// Where further secrets come from. What is returned is closed by the reader.
  public interface Secrets {
    /// Asked only for a file that is encrypted.
    Passphrase password();

    /// What the owner of a mnemonic added to the words. Most add nothing.
    Optional<Passphrase> addition();
  }

  private ForeignKey() {}

  /// Whether the content is the words of a mnemonic, whose keys have a path.
  public static boolean isMnemonic(byte[] content) {
    return Mnemonic.isLikely(content);
  }

  /// @param content overwritten before this returns
  /// @param path which of a mnemonic's keys is meant
  /// @return the 32 private bytes, which the caller overwrites
  /// @throws SupercargoException of category USER, never quoting the content
  public static byte[] read(KeyType type, byte[] content, DerivationPath path, Secrets secrets) {
    try {
      if (Mnemonic.isLikely(content)) {
        return mnemonic(type, content, path, secrets);
      }
      return switch (type) {
        case ED25519 -> SolanaKeyPairFile.read(content);
        case SECP256K1 ->
            firstMark(content) == '{'
                ? Web3KeyFile.read(content, secrets::password)
                : HexKey.read(content);
      };
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static byte[] mnemonic(
      KeyType type, byte[] content, DerivationPath path, Secrets secrets) {
    try (Mnemonic mnemonic = Mnemonic.read(content)) {
      byte[] seed = seed(mnemonic, secrets);
      try {
        return ExtendedKey.derive(type, seed, path);
      } finally {
        Arrays.fill(seed, (byte) 0);
      }
    }
  }

  private static byte[] seed(Mnemonic mnemonic, Secrets secrets) {
    Optional<Passphrase> addition = secrets.addition();
    if (addition.isEmpty()) {
      return mnemonic.seed(new byte[0]);
    }
    try (Passphrase opened = addition.get()) {
      return mnemonic.seed(opened.secret());
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
