package org.supercargo.plugin.llm;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.supercargo.api.Bytes;

/// The public key of an enclave, a point on secp256k1.
///
/// Sources: [the curve](https://www.secg.org/sec2-v2.pdf), section 2.4.1; [points as
/// bytes](https://www.secg.org/sec1-v2.pdf), section 2.3.3; [its form as
/// text](https://docs.venice.ai/guides/features/tee-e2ee-models).
final class EnclaveKey {
  /// A byte 4 and both coordinates.
  static final int POINT_BYTES = 65;

  static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

  private static final int ADDRESS_BYTES = 20;
  private static final int KECCAK_BYTES = 32;
  private static final byte UNCOMPRESSED = 4;

  private final String attested;
  private final ECPoint point;

  private EnclaveKey(String attested, ECPoint point) {
    this.attested = attested;
    this.point = point;
  }

  /// @param text 130 hexadecimal digits that begin with 04, or the 128 after it
  /// @return empty unless it is a point on the curve
  static Optional<EnclaveKey> read(String text) {
    String digits = text.length() == 2 * (POINT_BYTES - 1) ? "04" + text : text;
    if (digits.length() != 2 * POINT_BYTES) {
      return Optional.empty();
    }
    try {
      return point(HexFormat.of().parseHex(digits)).map(point -> new EnclaveKey(text, point));
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }

  /// @return empty unless the bytes are an uncompressed point on the curve
  static Optional<ECPoint> point(byte[] bytes) {
    if (bytes.length != POINT_BYTES || bytes[0] != UNCOMPRESSED) {
      return Optional.empty();
    }
    try {
      return Optional.of(CURVE.getCurve().decodePoint(bytes));
    } catch (IllegalArgumentException offTheCurve) {
      return Optional.empty();
    }
  }

  /// As the provider wrote it, which is how it wants to read it again.
  String attested() {
    return attested;
  }

  ECPoint point() {
    return point;
  }

  /// The Ethereum address of the key, 20 bytes, by which a quote names it.
  ///
  /// Source: [yellow paper](https://ethereum.github.io/yellowpaper/paper.pdf), appendix F.
  Bytes address() {
    byte[] coordinates = Arrays.copyOfRange(point.getEncoded(false), 1, POINT_BYTES);
    var digest = new KeccakDigest(8 * KECCAK_BYTES);
    digest.update(coordinates, 0, coordinates.length);
    byte[] hash = new byte[KECCAK_BYTES];
    digest.doFinal(hash, 0);
    return Bytes.of(Arrays.copyOfRange(hash, KECCAK_BYTES - ADDRESS_BYTES, KECCAK_BYTES));
  }

  @Override
  public String toString() {
    return "EnclaveKey[0x" + address().hex() + "]";
  }
}
