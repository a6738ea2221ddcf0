package org.supercargo.signer.key;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.signer.key.Edwards25519.Point;

/// Signatures over one message of the classes in which verifiers were found wanting, made with
/// [Edwards25519]. The classes are those of the Wycheproof project and of [Taming the many
/// EdDSAs](https://eprint.iacr.org/2020/1244).
final class Ed25519Cases {
  /// What is to be thought of a signature.
  enum Standing {
    /// An honest signer can have made it.
    GOOD,
    /// Only the holder of the key can have made it, not by the rules; verifiers disagree on it, and
    /// Solana's refuse it.
    DISPUTED,
    BAD
  }

  record Case(String name, Bytes publicKey, Bytes signature, Standing standing) {
    boolean isGood() {
      return standing == Standing.GOOD;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final Bytes message;
  private final BigInteger secret;
  private final BigInteger prefix;
  private final Point base = Edwards25519.base();
  private final Point signer;
  private final Bytes publicKey;
  private final List<Case> cases = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private Ed25519Cases(byte[] seed, Bytes message) {
    this.message = message;
    byte[] hash = Edwards25519.sha512(seed);
    secret =
        Edwards25519.fromLittleEndian(Arrays.copyOf(hash, 32))
            .clearBit(0)
            .clearBit(1)
            .clearBit(2)
            .clearBit(255)
            .setBit(254);
    prefix = Edwards25519.fromLittleEndian(Arrays.copyOfRange(hash, 32, 64));
    signer = base.times(secret);
    publicKey = signer.encode();
  }

  static List<Case> of(byte[] seed, Bytes message) {
    var made = new Ed25519Cases(seed, message);
    made.honest();
    made.malleable();
    made.otherLengths();
    made.otherPoints();
    made.smallNonces();
    made.smallKeys();
    made.mixedOrders();
    made.flippedBits();
    return made.cases;
  }

  private void add(String name, Bytes key, Bytes signature, Standing standing) {
    if (!names.add(name)) {
      throw new AssertionError("twice: " + name);
    }
    cases.add(new Case(name, key, signature, standing));
  }

  private void bad(String name, Bytes signature) {
    add(name, publicKey, signature, Standing.BAD);
  }

  private BigInteger nonce(int number) {
    return prefix.add(BigInteger.valueOf(number)).mod(Edwards25519.ORDER);
  }

  private static Bytes join(Bytes left, Bytes right) {
    return Bytes.fromHex(left.hex() + right.hex());
  }

  private static Bytes number(BigInteger number) {
    return Edwards25519.littleEndian(number);
  }

  /// Solves the equation for S, whatever the encoding of the nonce's point is.
  private BigInteger answer(Bytes nonceEncoding, BigInteger nonce, Bytes key) {
    return Edwards25519.challenge(nonceEncoding, key, message)
        .multiply(secret)
        .add(nonce)
        .mod(Edwards25519.ORDER);
  }

  private Bytes point() {
    return base.times(nonce(0)).encode();
  }

  private BigInteger answer() {
    return answer(point(), nonce(0), publicKey);
  }

  private void honest() {
    add("an honest signature", publicKey, join(point(), number(answer())), Standing.GOOD);
    Bytes one = base.encode();
    add(
        "nonce 1",
        publicKey,
        join(one, number(answer(one, BigInteger.ONE, publicKey))),
        Standing.GOOD);
  }

  private void malleable() {
    for (int multiple = 1; multiple <= 15; multiple++) {
      BigInteger more = answer().add(Edwards25519.ORDER.multiply(BigInteger.valueOf(multiple)));
      if (more.bitLength() <= 256) {
        bad("S plus " + multiple + " times the order", join(point(), number(more)));
      }
    }
    for (int bit = 253; bit <= 255; bit++) {
      bad("S with bit " + bit, join(point(), number(answer().setBit(bit))));
    }
    bad("S is zero", join(point(), number(BigInteger.ZERO)));
    bad("S is the order", join(point(), number(Edwards25519.ORDER)));
    bad(
        "S is the order less one",
        join(point(), number(Edwards25519.ORDER.subtract(BigInteger.ONE))));
    bad("S is all ones", join(point(), Bytes.fromHex("ff".repeat(32))));
    bad("S negated", join(point(), number(Edwards25519.ORDER.subtract(answer()))));
    bad("S in the other byte order", join(point(), reversed(number(answer()))));
  }

  private void otherLengths() {
    Bytes good = join(point(), number(answer()));
    bad("no bytes", Bytes.EMPTY);
    bad("R alone", point());
    bad("S alone", number(answer()));
    bad("one byte short", Bytes.of(Arrays.copyOf(good.toArray(), 63)));
    bad("one byte long", Bytes.of(Arrays.copyOf(good.toArray(), 65)));
    bad("the message behind it", join(good, message));
    bad("halves exchanged", join(number(answer()), point()));
    bad("64 zero bytes", Bytes.of(new byte[64]));
    bad("64 bytes of ones", Bytes.fromHex("ff".repeat(64)));
  }

  private void otherPoints() {
    bad("R of another nonce", join(base.times(nonce(1)).encode(), number(answer())));
    bad("R negated", join(flip(point(), 255), number(answer())));
    bad("R is the base point", join(base.encode(), number(answer())));
    bad("R is the public key", join(publicKey, number(answer())));
    Bytes outside = outside();
    bad("R is not on the curve", join(outside, number(answer())));
    Bytes good = join(point(), number(answer()));
    add("a public key that is not on the curve", outside, good, Standing.BAD);
    add("a public key that is negated", flip(publicKey, 255), good, Standing.BAD);
    add("another public key", base.times(nonce(7)).encode(), good, Standing.BAD);
    add(
        "a public key of 31 bytes",
        Bytes.of(Arrays.copyOf(publicKey.toArray(), 31)),
        good,
        Standing.BAD);
    add(
        "a public key of 33 bytes",
        Bytes.of(Arrays.copyOf(publicKey.toArray(), 33)),
        good,
        Standing.BAD);
  }

  private static Bytes outside() {
    for (int y = 2; ; y++) {
      Bytes encoded = number(BigInteger.valueOf(y));
      if (Edwards25519.decode(encoded) == null) {
        return encoded;
      }
    }
  }

  /// With a nonce whose point nearly is the neutral one, S is the key times a public number.
  private void smallNonces() {
    for (Bytes encoding : smallEncodings()) {
      add(
          "R is " + encoding.hex(),
          publicKey,
          join(encoding, number(answer(encoding, BigInteger.ZERO, publicKey))),
          Edwards25519.decode(encoding) == null ? Standing.BAD : Standing.DISPUTED);
    }
  }

  /// Under a public key of small order, anyone signs anything.
  private void smallKeys() {
    for (Bytes key : smallEncodings()) {
      for (int attempt = 1; ; attempt++) {
        Bytes encoding = base.times(nonce(attempt)).encode();
        if (isMultipleOfEight(encoding, key)) {
          add(
              "the public key is " + key.hex(),
              key,
              join(encoding, number(nonce(attempt))),
              Standing.BAD);
          break;
        }
      }
      add(
          "the public key and R are " + key.hex(),
          key,
          join(key, number(BigInteger.ZERO)),
          Standing.BAD);
    }
  }

  private boolean isMultipleOfEight(Bytes encoding, Bytes key) {
    return Edwards25519.challenge(encoding, key, message).intValue() % 8 == 0;
  }

  private static List<Bytes> smallEncodings() {
    var all = new ArrayList<>(Edwards25519.smallOrder().stream().map(Point::encode).toList());
    all.addAll(Edwards25519.carelessEncodings());
    return all;
  }

  /// Sums of an honest point and one of small order: the verifiers of the world do not agree.
  private void mixedOrders() {
    List<Point> small = Edwards25519.smallOrder();
    for (int index = 1; index < small.size(); index++) {
      Bytes mixedNonce = base.times(nonce(0)).plus(small.get(index)).encode();
      add(
          "R of mixed order " + index,
          publicKey,
          join(mixedNonce, number(answer(mixedNonce, nonce(0), publicKey))),
          Standing.DISPUTED);
      Bytes mixedKey = signer.plus(small.get(index)).encode();
      for (int attempt = 1; ; attempt++) {
        Bytes encoding = base.times(nonce(attempt)).encode();
        if (isMultipleOfEight(encoding, mixedKey)) {
          add(
              "a public key of mixed order " + index,
              mixedKey,
              join(encoding, number(answer(encoding, nonce(attempt), mixedKey))),
              Standing.BAD);
          break;
        }
      }
    }
  }

  private void flippedBits() {
    Bytes good = join(point(), number(answer()));
    for (int bit = 0; bit < 512; bit += 13) {
      bad("bit " + bit + " flipped", flip(good, bit));
    }
  }

  private static Bytes flip(Bytes bytes, int bit) {
    byte[] content = bytes.toArray();
    content[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.of(content);
  }

  private static Bytes reversed(Bytes bytes) {
    byte[] content = bytes.toArray();
    for (int left = 0, right = content.length - 1; left < right; left++, right--) {
      byte kept = content[left];
      content[left] = content[right];
      content[right] = kept;
    }
    return Bytes.of(content);
  }
}
