package org.supercargo.signer.key;

import java.security.SecureRandom;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// The kinds of keys chains use, each with the CAIP-2 namespace of its chains.
public enum KeyType {
  /// Solana. The private key is the 32-byte seed of [RFC
  /// 8032](https://www.rfc-editor.org/rfc/rfc8032#section-5.1.5).
  ED25519("solana") {
    @Override
    public SigningKey key(byte[] secret) {
      return new Ed25519Key(secret);
    }

    @Override
    byte[] generate(SecureRandom random) {
      byte[] seed = new byte[SECRET_SIZE];
      random.nextBytes(seed);
      return seed;
    }

    @Override
    boolean isPublicKey(Bytes publicKey) {
      return Ed25519Signature.isPublicKey(publicKey);
    }
  },
  /// EVM chains. The private key is a number from 1 to the curve's order less one, as 32 bytes,
  /// most significant first ([SEC 2](https://www.secg.org/sec2-v2.pdf), section 2.4.1).
  SECP256K1("eip155") {
    @Override
    public SigningKey key(byte[] secret) {
      return new Secp256k1Key(secret);
    }

    @Override
    byte[] generate(SecureRandom random) {
      byte[] number = new byte[SECRET_SIZE];
      do {
        random.nextBytes(number);
      } while (!Secp256k1Key.isValid(number));
      return number;
    }

    @Override
    boolean isPublicKey(Bytes publicKey) {
      try {
        return !Secp256k1.publicPoint(publicKey).isInfinity();
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  };

  /// Bytes of a private key of either kind.
  public static final int SECRET_SIZE = 32;

  private final String namespace;

  KeyType(String namespace) {
    this.namespace = namespace;
  }

  /// The CAIP-2 namespace of the chains that use such keys.
  public String namespace() {
    return namespace;
  }

  /// A key from its private bytes, which are copied; the caller overwrites its own.
  ///
  /// @throws SupercargoException of category USER if they are no such key
  public abstract SigningKey key(byte[] secret);

  abstract byte[] generate(SecureRandom random);

  /// Whether some private key has this public half.
  abstract boolean isPublicKey(Bytes publicKey);

  /// @throws SupercargoException of category USER for a namespace without keys here
  public static KeyType of(String namespace) {
    for (KeyType type : values()) {
      if (type.namespace.equals(namespace)) {
        return type;
      }
    }
    throw SupercargoException.user(
        "There are no keys for chains of the namespace \"" + namespace + "\"",
        "Use a chain of the namespace solana or eip155.");
  }
}
