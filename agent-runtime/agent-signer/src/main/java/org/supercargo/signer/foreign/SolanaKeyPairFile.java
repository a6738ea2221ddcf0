package org.supercargo.signer.foreign;

import java.util.Arrays;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;

/// The key pair files of the Solana command line: a JSON array of 64 numbers from 0 to 255, the
/// 32-byte seed and the 32-byte public key.
///
/// Source: [Solana CLI, file system wallets](https://docs.anza.xyz/cli/wallets/file-system).
final class SolanaKeyPairFile {
  private static final int SIZE = 64;

  private SolanaKeyPairFile() {}

  static byte[] read(byte[] content) {
    byte[] pair = new byte[SIZE];
    byte[] seed = new byte[KeyType.SECRET_SIZE];
    try {
      numbers(content, pair);
      System.arraycopy(pair, 0, seed, 0, seed.length);
      Bytes stated = Bytes.of(Arrays.copyOfRange(pair, seed.length, SIZE));
      try (SigningKey key = KeyType.ED25519.key(seed)) {
        if (!key.publicKey().equals(stated)) {
          throw SupercargoException.user(
              "The public half of the key pair does not belong to its private half",
              "The file is damaged or was put together by hand; do not use it.");
        }
      }
      return seed.clone();
    } finally {
      Arrays.fill(pair, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  /// By hand, so that the numbers never become text that cannot be overwritten.
  private static void numbers(byte[] content, byte[] pair) {
    int at = skipSpace(content, 0);
    at = expect(content, at, '[');
    for (int index = 0; index < SIZE; index++) {
      if (index > 0) {
        at = expect(content, skipSpace(content, at), ',');
      }
      at = skipSpace(content, at);
      int start = at;
      int number = 0;
      while (at < content.length && at - start < 3 && isDigit(content[at])) {
        number = number * 10 + (content[at] - '0');
        at++;
      }
      if (at == start || number > 255) {
        throw malformed();
      }
      pair[index] = (byte) number;
    }
    at = expect(content, skipSpace(content, at), ']');
    if (skipSpace(content, at) != content.length) {
      throw malformed();
    }
  }

  private static boolean isDigit(byte each) {
    return each >= '0' && each <= '9';
  }

  private static int skipSpace(byte[] content, int from) {
    int at = from;
    while (at < content.length && ForeignKey.isSpace(content[at])) {
      at++;
    }
    return at;
  }

  private static int expect(byte[] content, int at, char mark) {
    if (at >= content.length || content[at] != mark) {
      throw malformed();
    }
    return at + 1;
  }

  private static SupercargoException malformed() {
    return SupercargoException.user(
        "This is not a Solana key pair file and not a mnemonic",
        "Give a file that solana-keygen wrote, a JSON array of 64 numbers from 0 to 255, or 12 to"
            + " 24 English words.");
  }
}
