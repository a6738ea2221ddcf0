package org.supercargo.signer.foreign;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;
import org.bouncycastle.util.BigIntegers;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;

/// A private key of the tree that grows from one seed, with the chain code its children need.
///
/// Sources: [BIP-32](https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki) for secp256k1,
/// [SLIP-10](https://github.com/satoshilabs/slips/blob/master/slip-0010.md) for Ed25519, which has
/// hardened children only.
final class ExtendedKey implements AutoCloseable {
  private static final int SIZE = KeyType.SECRET_SIZE;
  private static final int HARDENED = 1 << 31;
  private static final BigInteger ORDER = new SecP256K1Curve().getOrder();

  private final KeyType type;
  private final byte[] secret;
  private final byte[] chainCode;

  /// @param both the secret and the chain code, overwritten before this returns
  private ExtendedKey(KeyType type, byte[] both) {
    this.type = type;
    this.secret = Arrays.copyOf(both, SIZE);
    this.chainCode = Arrays.copyOfRange(both, SIZE, 2 * SIZE);
    Arrays.fill(both, (byte) 0);
  }

  /// @param seed 16 to 64 bytes; the caller overwrites them
  static ExtendedKey master(KeyType type, byte[] seed) {
    String name =
        switch (type) {
          case ED25519 -> "ed25519 seed";
          case SECP256K1 -> "Bitcoin seed";
        };
    byte[] both = mac(name.getBytes(StandardCharsets.US_ASCII), seed);
    requireUsable(type, both);
    return new ExtendedKey(type, both);
  }

  /// The key at the end of a path. Those on the way are overwritten.
  ///
  /// @return 32 private bytes, which the caller overwrites
  /// @throws SupercargoException of category USER if the kind of key has no such children
  static byte[] derive(KeyType type, byte[] seed, DerivationPath path) {
    ExtendedKey key = master(type, seed);
    try {
      for (DerivationPath.Step step : path.steps()) {
        ExtendedKey parent = key;
        key = parent.child(step);
        parent.close();
      }
      return key.secret();
    } finally {
      key.close();
    }
  }

  ExtendedKey child(DerivationPath.Step step) {
    byte[] material = material(step);
    byte[] both = mac(chainCode, material);
    Arrays.fill(material, (byte) 0);
    return switch (type) {
      case ED25519 -> new ExtendedKey(type, both);
      case SECP256K1 -> {
        requireUsable(type, both);
        addSecret(both);
        yield new ExtendedKey(type, both);
      }
    };
  }

  private byte[] material(DerivationPath.Step step) {
    var material = ByteBuffer.allocate(1 + SIZE + Integer.BYTES);
    if (step.hardened()) {
      material.put((byte) 0).put(secret);
      return material.putInt(step.number() | HARDENED).array();
    }
    return switch (type) {
      case ED25519 ->
          throw SupercargoException.user(
              "Ed25519 keys have hardened children only",
              "Write every number of the path with a quote, like m/44'/501'/0'/0'.");
      case SECP256K1 -> material.put(compressedPublicKey()).putInt(step.number()).array();
    };
  }

  /// The coordinate x after the parity of y ([SEC 1](https://www.secg.org/sec1-v2.pdf), section
  /// 2.3.3).
  byte[] compressedPublicKey() {
    try (SigningKey key = type.key(secret)) {
      byte[] coordinates = key.publicKey().toArray();
      byte[] compressed = new byte[1 + SIZE];
      compressed[0] = (byte) (2 + (coordinates[2 * SIZE - 1] & 1));
      System.arraycopy(coordinates, 0, compressed, 1, SIZE);
      return compressed;
    }
  }

  /// Adds this key to the first half, modulo the order. The sum passes through numbers that cannot
  /// be overwritten, as it does wherever BouncyCastle signs.
  private void addSecret(byte[] both) {
    BigInteger sum = new BigInteger(1, both, 0, SIZE).add(new BigInteger(1, secret)).mod(ORDER);
    if (sum.signum() == 0) {
      throw unusable();
    }
    BigIntegers.asUnsignedByteArray(sum, both, 0, SIZE);
  }

  private static void requireUsable(KeyType type, byte[] both) {
    switch (type) {
      case ED25519 -> {
        // Any 32 bytes are a seed.
      }
      case SECP256K1 -> {
        BigInteger number = new BigInteger(1, both, 0, SIZE);
        if (number.signum() == 0 || number.compareTo(ORDER) >= 0) {
          throw unusable();
        }
      }
    }
  }

  /// One seed in 2¹²⁷. BIP-32 leaves such a child out.
  private static SupercargoException unusable() {
    return SupercargoException.user("There is no key at this path", "Choose another path.");
  }

  private static byte[] mac(byte[] key, byte[] content) {
    var mac = new HMac(new SHA512Digest());
    mac.init(new KeyParameter(key));
    mac.update(content, 0, content.length);
    byte[] both = new byte[2 * SIZE];
    mac.doFinal(both, 0);
    return both;
  }

  /// A copy, which the caller overwrites.
  byte[] secret() {
    return secret.clone();
  }

  byte[] chainCode() {
    return chainCode.clone();
  }

  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(chainCode, (byte) 0);
  }
}
