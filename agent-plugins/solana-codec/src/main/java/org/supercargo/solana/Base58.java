package org.supercargo.solana;

import java.util.Arrays;
import org.supercargo.api.Bytes;

/// The text form of Solana's keys, hashes and signatures: base 58 in Bitcoin's alphabet, which
/// leaves out `0`, `O`, `I` and `l`. Each leading zero byte is one leading `1`.
///
/// Source: [draft-msporny-base58](https://datatracker.ietf.org/doc/html/draft-msporny-base58).
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int[] DIGITS = digits();

  /// Longer text is refused before any work: the cost of decoding grows with its square.
  private static final int LONGEST = 2048;

  private Base58() {}

  private static int[] digits() {
    var digits = new int[128];
    Arrays.fill(digits, -1);
    for (int value = 0; value < ALPHABET.length(); value++) {
      digits[ALPHABET.charAt(value)] = value;
    }
    return digits;
  }

  public static String encode(Bytes bytes) {
    byte[] content = bytes.toArray();
    int zeros = leadingZeros(content);
    var output = new byte[content.length * 138 / 100 + 1];
    int length = 0;
    for (int index = zeros; index < content.length; index++) {
      int carry = content[index] & 0xff;
      int at = 0;
      for (; at < length || carry != 0; at++) {
        carry += 256 * output[at];
        output[at] = (byte) (carry % 58);
        carry /= 58;
      }
      length = at;
    }
    var text = new StringBuilder("1".repeat(zeros));
    for (int index = length - 1; index >= 0; index--) {
      text.append(ALPHABET.charAt(output[index]));
    }
    return text.toString();
  }

  private static int leadingZeros(byte[] content) {
    int zeros = 0;
    while (zeros < content.length && content[zeros] == 0) {
      zeros++;
    }
    return zeros;
  }

  /// @throws MalformedTransactionException naming the first character that is not base 58
  public static Bytes decode(String text) {
    if (text.length() > LONGEST) {
      throw new MalformedTransactionException("it has more than " + LONGEST + " characters");
    }
    int ones = 0;
    while (ones < text.length() && text.charAt(ones) == '1') {
      ones++;
    }
    var output = new byte[text.length()];
    int length = 0;
    for (int index = ones; index < text.length(); index++) {
      int carry = digit(text, index);
      int at = 0;
      for (; at < length || carry != 0; at++) {
        carry += 58 * (output[at] & 0xff);
        output[at] = (byte) carry;
        carry >>= 8;
      }
      length = at;
    }
    var content = new byte[ones + length];
    for (int index = 0; index < length; index++) {
      content[content.length - 1 - index] = output[index];
    }
    return Bytes.of(content);
  }

  private static int digit(String text, int index) {
    char character = text.charAt(index);
    int value = character < DIGITS.length ? DIGITS[character] : -1;
    if (value < 0) {
      throw new MalformedTransactionException(
          "character "
              + (index + 1)
              + " is "
              + describe(character)
              + ", which base58 does not have");
    }
    return value;
  }

  private static String describe(char character) {
    return character > 32 && character < 127
        ? "'" + character + "'"
        : "U+%04X".formatted((int) character);
  }
}
