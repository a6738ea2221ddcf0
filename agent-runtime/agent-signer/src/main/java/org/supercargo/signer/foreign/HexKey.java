package org.supercargo.signer.foreign;

import java.util.Arrays;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;

/// A secp256k1 private key as 64 hexadecimal digits, with or without `0x`.
final class HexKey {
  private static final int DIGITS = 2 * KeyType.SECRET_SIZE;

  private HexKey() {}

  static byte[] read(byte[] content) {
    int start = 0;
    int end = content.length;
    while (start < end && ForeignKey.isSpace(content[start])) {
      start++;
    }
    while (end > start && ForeignKey.isSpace(content[end - 1])) {
      end--;
    }
    if (end - start == DIGITS + 2 && content[start] == '0' && content[start + 1] == 'x') {
      start += 2;
    }
    if (end - start != DIGITS) {
      throw malformed();
    }
    byte[] secret = new byte[KeyType.SECRET_SIZE];
    for (int index = 0; index < secret.length; index++) {
      int high = Character.digit(content[start + 2 * index], 16);
      int low = Character.digit(content[start + 2 * index + 1], 16);
      if (high < 0 || low < 0) {
        Arrays.fill(secret, (byte) 0);
        throw malformed();
      }
      secret[index] = (byte) (high << 4 | low);
    }
    return secret;
  }

  private static SupercargoException malformed() {
    return SupercargoException.user(
        "This is neither a web3 key file nor a secp256k1 private key nor a mnemonic",
        "Give a JSON key file of version 3, 64 hexadecimal digits, or 12 to 24 English words.");
  }
}
