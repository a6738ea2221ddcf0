package org.supercargo.signer.key;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.signer.key.WeierstrassCurve.Point;

/// Signatures of the classes in which verifiers of ECDSA were found wanting, made with
/// [WeierstrassCurve]. The classes are those of the Wycheproof project.
final class EcdsaCases {
  /// @param hash 32 bytes
  /// @param signature r and s as they arrive, usually 64 bytes
  /// @param isGood whether the signer's key made it, with s in either half
  record Case(String name, Bytes publicKey, Bytes hash, Bytes signature, boolean isGood) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final BigInteger ORDER = WeierstrassCurve.ORDER;
  private static final BigInteger HALF = ORDER.shiftRight(1);
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger HIGHEST = BigInteger.TWO.pow(256).subtract(ONE);

  private final BigInteger secret;
  private final BigInteger nonce;
  private final BigInteger hash;
  private final List<Case> cases = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private EcdsaCases(BigInteger secret, BigInteger nonce, BigInteger hash) {
    this.secret = secret;
    this.nonce = nonce;
    this.hash = hash;
  }

  static List<Case> of(BigInteger secret, BigInteger nonce, BigInteger hash) {
    var made = new EcdsaCases(secret, nonce, hash);
    made.honest();
    made.extremeNumbers();
    made.outOfRange();
    made.otherLengths();
    made.otherSignatures();
    made.otherKeys();
    made.infinity();
    made.flippedBits();
    return made.cases;
  }

  private static Point multiple(BigInteger number) {
    return requireNonNull(WeierstrassCurve.product(number, WeierstrassCurve.BASE));
  }

  private static BigInteger r(BigInteger nonce) {
    return multiple(nonce).x().mod(ORDER);
  }

  private static BigInteger s(BigInteger secret, BigInteger nonce, BigInteger hash) {
    return nonce.modInverse(ORDER).multiply(hash.add(r(nonce).multiply(secret))).mod(ORDER);
  }

  private static Bytes both(BigInteger r, BigInteger s) {
    return Bytes.fromHex(WeierstrassCurve.hex(r) + WeierstrassCurve.hex(s));
  }

  private void add(String name, Bytes key, BigInteger hash, Bytes signature, boolean isGood) {
    if (!names.add(name)) {
      throw new AssertionError("twice: " + name);
    }
    cases.add(new Case(name, key, Bytes.fromHex(WeierstrassCurve.hex(hash)), signature, isGood));
  }

  private void good(String name, BigInteger secret, BigInteger nonce, BigInteger hash) {
    add(name, multiple(secret).encode(), hash, both(r(nonce), s(secret, nonce, hash)), true);
  }

  private void bad(String name, Bytes signature) {
    add(name, multiple(secret).encode(), hash, signature, false);
  }

  private void bad(String name, BigInteger r, BigInteger s) {
    bad(name, both(r, s));
  }

  private BigInteger s() {
    return s(secret, nonce, hash);
  }

  private void honest() {
    Bytes key = multiple(secret).encode();
    BigInteger low = s().min(ORDER.subtract(s()));
    add("the lower s", key, hash, both(r(nonce), low), true);
    add("the upper s", key, hash, both(r(nonce), ORDER.subtract(low)), true);
    good("nonce 1", secret, ONE, hash);
    good("nonce 2", secret, BigInteger.TWO, hash);
    good("the largest nonce", secret, ORDER.subtract(ONE), hash);
    good("secret 1", ONE, nonce, hash);
    good("the largest secret", ORDER.subtract(ONE), nonce, hash);
    good("the hash is zero", secret, nonce, BigInteger.ZERO);
    good("the hash is one", secret, nonce, ONE);
    good("the hash is the order", secret, nonce, ORDER);
    good("the hash is above the order", secret, nonce, ORDER.add(BigInteger.TEN));
    good("the hash is all ones", secret, nonce, HIGHEST);
    good("nonce and secret are equal", nonce, nonce, hash);
  }

  /// For a wanted s there is a secret with which it comes out.
  private BigInteger fitting(BigInteger s, BigInteger hash) {
    return s.multiply(nonce).subtract(hash).multiply(r(nonce).modInverse(ORDER)).mod(ORDER);
  }

  private void wanted(String name, BigInteger s, BigInteger hash) {
    add(name, multiple(fitting(s, hash)).encode(), hash, both(r(nonce), s), true);
  }

  /// The same with a second way to write a small s.
  private void wantedAboveTheOrder(BigInteger s) {
    BigInteger fitting = fitting(s, hash);
    add(
        "s is " + s + " and the order",
        multiple(fitting).encode(),
        hash,
        both(r(nonce), ORDER.add(s)),
        false);
  }

  private void extremeNumbers() {
    wantedAboveTheOrder(ONE);
    wantedAboveTheOrder(BigInteger.TWO.pow(127));
    wanted("s is one", ONE, hash);
    wanted("s is two", BigInteger.TWO, hash);
    wanted("s is half of the order", HALF, hash);
    wanted("s is half of the order and one", HALF.add(ONE), hash);
    wanted("s is the order less one", ORDER.subtract(ONE), hash);
    wanted("s is a power of two", BigInteger.TWO.pow(128), hash);
    wanted("s is the hash", hash.mod(ORDER), hash);
    wanted("s is r", r(nonce), hash);
    wanted("the hash is r", s(), r(nonce));
    BigInteger ratio = hash.multiply(r(nonce).modInverse(ORDER)).mod(ORDER);
    good("both products of the verification are equal", ratio, nonce, hash);
  }

  private void outOfRange() {
    BigInteger r = r(nonce);
    var wrong =
        List.of(
            BigInteger.ZERO,
            ORDER,
            ORDER.add(ONE),
            WeierstrassCurve.PRIME,
            WeierstrassCurve.PRIME.add(ONE),
            HIGHEST);
    for (BigInteger number : wrong) {
      String hex = WeierstrassCurve.hex(number);
      bad("r is " + hex, number, s());
      bad("s is " + hex, r, number);
      for (BigInteger other : wrong) {
        bad("r is " + hex + " and s is " + WeierstrassCurve.hex(other), number, other);
      }
      bad("r is " + hex + " and s is one", number, ONE);
    }
  }

  private void otherLengths() {
    Bytes good = both(r(nonce), s());
    bad("no bytes", Bytes.EMPTY);
    bad("r alone", Bytes.fromHex(good.hex().substring(0, 64)));
    bad("one byte short", Bytes.fromHex(good.hex().substring(0, 126)));
    bad("one byte long", Bytes.fromHex(good.hex() + "00"));
    bad("a zero byte before r", Bytes.fromHex("00" + good.hex()));
    bad("the parity with it", Bytes.fromHex(good.hex() + "01"));
    bad("twice", Bytes.fromHex(good.hex() + good.hex()));
    bad(
        "in DER",
        Bytes.fromHex(
            "3046022100" + good.hex().substring(0, 64) + "022100" + good.hex().substring(64)));
  }

  private void otherSignatures() {
    BigInteger r = r(nonce);
    bad("r and s exchanged", s(), r);
    bad("r negated", ORDER.subtract(r), s());
    bad("s plus one", r, s().add(ONE).mod(ORDER));
    bad("s inverted", r, s().modInverse(ORDER));
    bad("r of another nonce", r(nonce.add(ONE)), s());
    bad("r and s are one", ONE, ONE);
    bad("r and s are the order less one", ORDER.subtract(ONE), ORDER.subtract(ONE));
    bad("over another hash", r, s(secret, nonce, hash.add(ONE)));
    bad("over the hash in the other byte order", r, s(secret, nonce, reversed(hash)));
    bad("over the hash cut short", r, s(secret, nonce, hash.shiftRight(8)));
    bad("by another key", r, s(secret.add(ONE), nonce, hash));
    BigInteger x = BigInteger.TWO;
    while (WeierstrassCurve.withX(x).isPresent()) {
      x = x.add(ONE);
    }
    bad("no point has r for its x coordinate", x, s());
  }

  private static BigInteger reversed(BigInteger number) {
    return Edwards25519.fromLittleEndian(Bytes.fromHex(WeierstrassCurve.hex(number)).toArray());
  }

  private void otherKeys() {
    Bytes signature = both(r(nonce), s());
    Point signer = multiple(secret);
    add("a negated public key", signer.negated().encode(), hash, signature, false);
    add("another public key", multiple(secret.add(ONE)).encode(), hash, signature, false);
    add("the base point as public key", WeierstrassCurve.BASE.encode(), hash, signature, false);
    bigX();
  }

  /// A nonce point whose x coordinate is above the order: r is that coordinate less the order. By
  /// SEC 1 it is a good signature of a key that can be computed; on EVM chains no parity tells it.
  private void bigX() {
    // The order itself is the x coordinate of a point too, but r would be zero.
    BigInteger x = ORDER.add(ONE);
    while (WeierstrassCurve.withX(x).isEmpty()) {
      x = x.add(ONE);
    }
    Point point = WeierstrassCurve.withX(x).orElseThrow();
    BigInteger r = x.subtract(ORDER);
    Point signer =
        requireNonNull(
            WeierstrassCurve.product(
                r.modInverse(ORDER),
                WeierstrassCurve.sum(
                    WeierstrassCurve.product(s(), point),
                    WeierstrassCurve.product(
                        ORDER.subtract(hash.mod(ORDER)), WeierstrassCurve.BASE))));
    add("the nonce's point lies above the order", signer.encode(), hash, both(r, s()), false);
  }

  /// The sum of the verification is the point at infinity, which has no x coordinate.
  private void infinity() {
    BigInteger r = r(nonce);
    BigInteger opposite = ORDER.subtract(hash.mod(ORDER)).multiply(r.modInverse(ORDER)).mod(ORDER);
    add(
        "the verification ends at infinity",
        multiple(opposite).encode(),
        hash,
        both(r, s()),
        false);
  }

  private void flippedBits() {
    byte[] good = both(r(nonce), s()).toArray();
    for (int bit = 0; bit < 512; bit += 17) {
      byte[] changed = good.clone();
      changed[bit / 8] ^= (byte) (0x80 >> bit % 8);
      bad("bit " + bit + " flipped", Bytes.of(changed));
    }
  }

  /// Public keys that are none.
  static List<Bytes> badPublicKeys() {
    Point base = WeierstrassCurve.BASE;
    BigInteger prime = WeierstrassCurve.PRIME;
    return List.of(
        Bytes.EMPTY,
        Bytes.of(new byte[1]),
        Bytes.of(new byte[64]),
        Bytes.fromHex("ff".repeat(64)),
        Bytes.fromHex("04" + base.encode().hex()),
        Bytes.fromHex("02" + WeierstrassCurve.hex(base.x())),
        Bytes.fromHex(base.encode().hex().substring(0, 126)),
        Bytes.fromHex(base.encode().hex() + "00"),
        Bytes.fromHex(WeierstrassCurve.hex(base.y()) + WeierstrassCurve.hex(base.x())),
        Bytes.fromHex(WeierstrassCurve.hex(base.x()) + WeierstrassCurve.hex(base.y().add(ONE))),
        Bytes.fromHex(WeierstrassCurve.hex(base.x()) + WeierstrassCurve.hex(BigInteger.ZERO)),
        Bytes.fromHex(WeierstrassCurve.hex(ONE) + WeierstrassCurve.hex(prime)),
        aboveThePrime());
  }

  /// A point of the curve, with the prime added to its x coordinate.
  private static Bytes aboveThePrime() {
    BigInteger x = ONE;
    while (WeierstrassCurve.withX(x).isEmpty()) {
      x = x.add(ONE);
    }
    Point point = WeierstrassCurve.withX(x).orElseThrow();
    return Bytes.fromHex(
        WeierstrassCurve.hex(x.add(WeierstrassCurve.PRIME)) + WeierstrassCurve.hex(point.y()));
  }
}
