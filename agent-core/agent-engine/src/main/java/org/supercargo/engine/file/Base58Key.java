package org.supercargo.engine.file;

import java.math.BigInteger;
import java.util.Arrays;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// Reads 32 bytes in the base58 that Solana wallets show.
///
/// Source: [draft-msporny-base58](https://datatracker.ietf.org/doc/html/draft-msporny-base58-03).
final class Base58Key {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int SIZE = 32;
  private static final int LONGEST = 44;

  private Base58Key() {}

  /// @throws SupercargoException of category USER when it is not base58 of exactly 32 bytes
  static Bytes decode(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw refusal();
    }
    BigInteger number = BigInteger.ZERO;
    for (int at = 0; at < text.length(); at++) {
      int digit = DIGITS.indexOf(text.charAt(at));
      if (digit < 0) {
        throw refusal();
      }
      number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    byte[] signed = number.toByteArray();
    byte[] tail =
        number.signum() == 0
            ? new byte[0]
            : signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    if (zeros + tail.length != SIZE) {
      throw refusal();
    }
    byte[] key = new byte[SIZE];
    System.arraycopy(tail, 0, key, zeros, tail.length);
    return Bytes.of(key);
  }

  /// Never repeats the text, which could be a secret key.
  private static SupercargoException refusal() {
    return SupercargoException.user(
        "The text is neither base58 nor 64 hexadecimal digits of 32 bytes",
        "Copy the public key, not the secret one.");
  }
}
