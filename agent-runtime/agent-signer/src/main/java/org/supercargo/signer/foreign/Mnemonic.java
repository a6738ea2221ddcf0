package org.supercargo.signer.foreign;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.supercargo.api.SupercargoException;

/// The 12 to 24 English words from which wallets make all their keys.
///
/// Source: [BIP-39](https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki).
final class Mnemonic implements AutoCloseable {
  private static final int BITS_PER_WORD = 11;
  private static final int LEAST_WORDS = 12;
  private static final int MOST_WORDS = 24;
  private static final int ROUNDS = 2048;
  private static final int SEED_SIZE = 64;
  private static final byte[] SALT = "mnemonic".getBytes(StandardCharsets.US_ASCII);

  private final byte[] sentence;
  private final byte[] entropy;

  private Mnemonic(byte[] sentence, byte[] entropy) {
    this.sentence = sentence;
    this.entropy = entropy;
  }

  /// Whether the content is words rather than digits or JSON.
  static boolean isLikely(byte[] content) {
    int words = 0;
    for (int at = 0; at < content.length; at++) {
      boolean starts = at == 0 || ForeignKey.isSpace(content[at - 1]);
      if (starts && isLetter(content[at])) {
        words++;
      } else if (!isLetter(content[at]) && !ForeignKey.isSpace(content[at])) {
        return false;
      }
    }
    return words > 1;
  }

  /// @param content words with white space between them; copied, the caller overwrites its own
  /// @throws SupercargoException of category USER that tells which word is wrong and quotes none
  static Mnemonic read(byte[] content) {
    WordList list = WordList.english();
    int[] numbers = new int[MOST_WORDS];
    byte[] bits = null;
    try {
      int count = numbers(list, content, numbers);
      bits = bits(numbers, count);
      int checksumBits = count * BITS_PER_WORD / 33;
      byte[] entropy = Arrays.copyOf(bits, (count * BITS_PER_WORD - checksumBits) / 8);
      requireChecksum(entropy, bits[entropy.length] & 0xff, checksumBits);
      return new Mnemonic(sentence(list, numbers, count), entropy);
    } finally {
      Arrays.fill(numbers, 0);
      if (bits != null) {
        Arrays.fill(bits, (byte) 0);
      }
    }
  }

  private static int numbers(WordList list, byte[] content, int[] numbers) {
    int count = 0;
    int at = 0;
    while (at < content.length) {
      int start = at;
      while (at < content.length && !ForeignKey.isSpace(content[at])) {
        at++;
      }
      if (at > start) {
        int number = list.indexOf(content, start, at);
        if (number < 0) {
          throw SupercargoException.user(
              "Word " + (count + 1) + " of the mnemonic is not on the English list of BIP-39",
              "Compare it with your backup; write all words in small letters.");
        }
        if (count < MOST_WORDS) {
          numbers[count] = number;
        }
        count++;
      }
      at++;
    }
    if (count < LEAST_WORDS || count > MOST_WORDS || count % 3 != 0) {
      throw SupercargoException.user(
          "The mnemonic has " + count + " words", "Give all 12, 15, 18, 21 or 24 of them.");
    }
    return count;
  }

  private static byte[] bits(int[] numbers, int count) {
    byte[] bits = new byte[(count * BITS_PER_WORD + 7) / 8];
    for (int index = 0; index < count * BITS_PER_WORD; index++) {
      int number = numbers[index / BITS_PER_WORD];
      int bit = number >>> (BITS_PER_WORD - 1 - index % BITS_PER_WORD) & 1;
      bits[index / 8] |= (byte) (bit << (7 - index % 8));
    }
    return bits;
  }

  private static void requireChecksum(byte[] entropy, int last, int checksumBits) {
    var digest = new SHA256Digest();
    digest.update(entropy, 0, entropy.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    boolean right = (hash[0] & 0xff) >>> (8 - checksumBits) == last >>> (8 - checksumBits);
    Arrays.fill(hash, (byte) 0);
    if (!right) {
      Arrays.fill(entropy, (byte) 0);
      throw SupercargoException.user(
          "The checksum of the mnemonic is wrong",
          "A word is not the right one, or two changed places; compare it with your backup.");
    }
  }

  /// The words with one space between them, whatever was between them before.
  private static byte[] sentence(WordList list, int[] numbers, int count) {
    byte[] space = new byte[count * (8 + 1)];
    int size = 0;
    for (int index = 0; index < count; index++) {
      byte[] word = list.word(numbers[index]);
      System.arraycopy(word, 0, space, size, word.length);
      size += word.length;
      space[size++] = ' ';
    }
    byte[] sentence = Arrays.copyOf(space, size - 1);
    Arrays.fill(space, (byte) 0);
    return sentence;
  }

  /// @param passphrase UTF-8, empty if there is none; not kept
  /// @return 64 bytes, which the caller overwrites
  byte[] seed(byte[] passphrase) {
    byte[] normal = normalized(passphrase);
    byte[] salt = Arrays.copyOf(SALT, SALT.length + normal.length);
    System.arraycopy(normal, 0, salt, SALT.length, normal.length);
    var generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
    generator.init(sentence, salt, ROUNDS);
    try {
      return ((KeyParameter) generator.generateDerivedMacParameters(8 * SEED_SIZE)).getKey();
    } finally {
      Arrays.fill(salt, (byte) 0);
      Arrays.fill(normal, (byte) 0);
    }
  }

  /// Unicode form NFKD, which ASCII has already. Other text passes through a `String`, which stays
  /// in memory until it is collected: the JDK normalizes nothing else.
  private static byte[] normalized(byte[] passphrase) {
    for (byte each : passphrase) {
      if (each < 0) {
        return Normalizer.normalize(
                new String(passphrase, StandardCharsets.UTF_8), Normalizer.Form.NFKD)
            .getBytes(StandardCharsets.UTF_8);
      }
    }
    return passphrase.clone();
  }

  /// The random bytes behind the words: 16 to 32, a copy.
  byte[] entropy() {
    return entropy.clone();
  }

  /// Of any alphabet: bytes below zero are parts of letters beyond ASCII.
  private static boolean isLetter(byte each) {
    return each < 0 || (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
  }

  @Override
  public void close() {
    Arrays.fill(sentence, (byte) 0);
    Arrays.fill(entropy, (byte) 0);
  }
}
