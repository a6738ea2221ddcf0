package org.supercargo.signer.kms;

import org.supercargo.api.Bytes;

/// An ECDSA signature in DER: SEQUENCE { INTEGER r, INTEGER s }, each number positive, of 32 bytes
/// at the most, in its one shortest form, with nothing after it.
///
/// Sources: [RFC 3279](https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3),
/// [X.690](https://www.itu.int/rec/T-REC-X.690), sections 8.3 and 10.1.
final class DerSignature {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int NUMBER_SIZE = 32;

  private final byte[] encoded;
  private int at;

  private DerSignature(byte[] encoded) {
    this.encoded = encoded;
  }

  /// @return r and s, 32 bytes each; not known to be in their range
  /// @throws IllegalArgumentException for anything else
  static Bytes parse(byte[] encoded) {
    var reader = new DerSignature(encoded);
    reader.expect(SEQUENCE);
    // 72 bytes at the most: a length always fits into one byte below 128.
    reader.expect(encoded.length - 2);
    byte[] both = new byte[2 * NUMBER_SIZE];
    reader.number(both, 0);
    reader.number(both, NUMBER_SIZE);
    if (reader.at != encoded.length) {
      throw malformed();
    }
    return Bytes.of(both);
  }

  private void number(byte[] into, int start) {
    expect(INTEGER);
    int length = next();
    if (length < 1 || length > NUMBER_SIZE + 1 || length > encoded.length - at) {
      throw malformed();
    }
    boolean padded = encoded[at] == 0 && length > 1;
    // A leading zero only before a set sign bit, and a set sign bit only after a leading zero.
    if (encoded[at] < 0 || (padded && encoded[at + 1] >= 0)) {
      throw malformed();
    }
    int size = padded ? length - 1 : length;
    if (size > NUMBER_SIZE) {
      throw malformed();
    }
    at += length;
    System.arraycopy(encoded, at - size, into, start + NUMBER_SIZE - size, size);
  }

  private void expect(int value) {
    if (value < 0 || value > 0x7f || next() != value) {
      throw malformed();
    }
  }

  private int next() {
    if (at >= encoded.length) {
      throw malformed();
    }
    return encoded[at++] & 0xff;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("not an ECDSA signature in DER");
  }
}
