package org.supercargo.signer.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// The 2,048 English words of
/// [BIP-39](https://github.com/bitcoin/bips/blob/master/bip-0039/english.txt), in their
/// alphabetical order.
///
/// The build takes the list, and no code, out of the jar `org.web3j:crypto`. It is used only if its
/// hash is the published list's: one word that differs would lead to another key.
final class WordList {
  private static final String RESOURCE = "en-mnemonic-word-list.txt";
  private static final String SHA_256 =
      "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";
  private static final int SIZE = 2048;

  private final byte[][] words;

  private WordList(byte[][] words) {
    this.words = words;
  }

  static WordList english() {
    try (InputStream in = WordList.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw SupercargoException.bug("The list of words is not in the signer's jar", null);
      }
      return of(in.readAllBytes());
    } catch (IOException e) {
      throw SupercargoException.bug("The list of words cannot be read", e);
    }
  }

  static WordList of(byte[] content) {
    var digest = new SHA256Digest();
    digest.update(content, 0, content.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    if (!Bytes.of(hash).hex().equals(SHA_256)) {
      throw SupercargoException.bug("The list of words is not the one of BIP-39", null);
    }
    byte[][] words =
        new String(content, StandardCharsets.US_ASCII)
            .lines()
            .map(word -> word.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
    if (words.length != SIZE) {
      throw SupercargoException.bug("The list of words has " + words.length + " words", null);
    }
    return new WordList(words);
  }

  /// The number of a word, 0 to 2047, or a negative number.
  ///
  /// @param from where it starts, inclusive
  /// @param to where it ends, exclusive
  int indexOf(byte[] text, int from, int to) {
    int low = 0;
    int high = SIZE - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] word = words[middle];
      int order = Arrays.compare(word, 0, word.length, text, from, to);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  byte[] word(int index) {
    return words[index].clone();
  }
}
