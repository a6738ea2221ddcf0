package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import org.supercargo.api.Bytes;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;

/// Someone with a key of their own.
record Person(String name, SigningKey key) {
  static Person named(String name) {
    return new Person(
        name, KeyType.ED25519.key(Arrays.copyOf(("the seed of " + name).getBytes(UTF_8), 32)));
  }

  Bytes publicKey() {
    return key.publicKey();
  }

  Bytes sign(Bytes payload) {
    return key.sign(payload);
  }

  SignedApproval approves(IntentId intent, Bytes digest, Instant at) {
    return decides(intent, digest, true, at);
  }

  SignedApproval rejects(IntentId intent, Bytes digest, Instant at) {
    return decides(intent, digest, false, at);
  }

  private SignedApproval decides(IntentId intent, Bytes digest, boolean approves, Instant at) {
    Bytes payload = SignedApproval.payload(intent, digest, name, approves, at);
    return new SignedApproval(intent, digest, name, approves, at, sign(payload));
  }
}
