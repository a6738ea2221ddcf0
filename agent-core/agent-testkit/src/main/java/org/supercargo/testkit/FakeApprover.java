package org.supercargo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import org.supercargo.api.Bytes;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.SignedApproval;

/// A person who approves or rejects proposals, with a real Ed25519 key that anyone can make again
/// from the name.
public final class FakeApprover {
  private static final int KEY = 32;

  private final String name;
  private final KeyPair keys;

  private FakeApprover(String name, KeyPair keys) {
    this.name = name;
    this.keys = keys;
  }

  /// The approver of this name, always with the same key.
  public static FakeApprover named(String name) {
    byte[] seed = FakeKey.sha256(Bytes.of(("approver " + name).getBytes(UTF_8))).toArray();
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      return new FakeApprover(name, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  public String name() {
    return name;
  }

  /// 32 bytes, as a mandate lists them.
  public Bytes publicKey() {
    // The key is the end of its SubjectPublicKeyInfo (RFC 8410, section 4).
    byte[] encoded = keys.getPublic().getEncoded();
    return Bytes.of(Arrays.copyOfRange(encoded, encoded.length - KEY, encoded.length));
  }

  public SignedApproval approve(IntentId intent, Bytes digest, Instant at) {
    return decide(intent, digest, true, at);
  }

  public SignedApproval reject(IntentId intent, Bytes digest, Instant at) {
    return decide(intent, digest, false, at);
  }

  private SignedApproval decide(IntentId intent, Bytes digest, boolean approves, Instant at) {
    Bytes payload = SignedApproval.payload(intent, digest, name, approves, at);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(payload.toArray());
      return new SignedApproval(intent, digest, name, approves, at, Bytes.of(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the approver cannot sign", e);
    }
  }

  /// Gives the same bytes every time.
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      for (int index = 0; index < bytes.length; index++) {
        bytes[index] = seed[index % seed.length];
      }
    }
  }
}
