package org.supercargo.signer.key;

import org.bouncycastle.math.ec.ECPoint;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// A key that lives elsewhere, which is believed nothing: a signature leaves only after it verified
/// under the public key that the owner linked.
final class RemoteKey implements SigningKey {
  private static final int HASH_SIZE = 32;

  private final String subject;
  private final RemoteSigner remote;
  private final KeyType type;
  private final Bytes publicKey;
  private final Patience patience;
  private volatile boolean closed;

  /// @param subject the key's name in complaints
  /// @param remote closed with this key
  RemoteKey(String subject, RemoteSigner remote, KeyType type, Bytes publicKey, Patience patience) {
    this.subject = subject;
    this.remote = remote;
    this.type = type;
    this.publicKey = publicKey;
    this.patience = patience;
  }

  @Override
  public KeyType type() {
    return type;
  }

  @Override
  public Bytes publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(Bytes payload) {
    if (closed) {
      throw new IllegalStateException("the key is closed");
    }
    return switch (type) {
      case ED25519 -> ed25519(payload);
      case SECP256K1 -> secp256k1(payload);
    };
  }

  private Bytes ed25519(Bytes message) {
    Bytes signature = ask(message);
    if (!Ed25519Signature.verifies(publicKey, message, signature)) {
      throw wrong();
    }
    return signature;
  }

  private Bytes secp256k1(Bytes hash) {
    if (hash.size() != HASH_SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + hash.size());
    }
    Bytes answer = ask(hash);
    ECPoint signer = Secp256k1.publicPoint(publicKey);
    try {
      EcdsaSignature signature = EcdsaSignature.parse(answer).lower();
      int parity = signature.parity(hash, signer).orElseThrow(this::wrong);
      return signature.encode(parity);
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
  }

  private Bytes ask(Bytes payload) {
    return patience.ask(subject, deadline -> remote.sign(payload, deadline));
  }

  private SupercargoException wrong() {
    return SupercargoException.external(
        subject + ": the answer is not a signature of this key over this payload",
        "Nothing was signed. Find out who answers in place of the key before it is used again.",
        null);
  }

  @Override
  public void close() {
    closed = true;
    remote.close();
  }

  @Override
  public String toString() {
    return subject + " of " + publicKey;
  }
}
