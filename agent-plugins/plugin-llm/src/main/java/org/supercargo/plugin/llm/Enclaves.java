package org.supercargo.plugin.llm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatReply;

/// The keys of enclaves that were attested a short while ago. A key serves the calls that follow
/// its document, so that the document kept with a decision is the one the call relied on; a failed
/// call or a quarter of an hour makes it forgotten.
final class Enclaves {
  static final Duration KEPT = Duration.ofMinutes(15);

  private final Attestations attestations;
  private final FailureReader failures;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /// @param random gives the nonces of attestations that nobody asked for
  Enclaves(
      Attestations attestations,
      FailureReader failures,
      InstantSource clock,
      RandomGenerator random) {
    this.attestations = attestations;
    this.failures = failures;
    this.clock = clock;
    this.random = random;
  }

  private record Known(EnclaveKey key, Instant since) {}

  /// What came of looking for a key.
  sealed interface Found {
    record Key(EnclaveKey key) implements Found {}

    /// There is none, and nothing of the conversation was sent.
    record None(ChatReply.Failed failed) implements Found {}
  }

  /// Attests and remembers the key.
  ///
  /// @throws SupercargoException of category EXTERNAL when the document leaves a doubt
  /// @throws HttpFailure when there is no whole answer
  Attestation attest(String model, Bytes nonce) {
    known.remove(model);
    return remember(model, attestations.ask(model, nonce), nonce).attestation();
  }

  /// The key to encrypt to, attested now unless it is known.
  Found key(String model) {
    Known before = known.get(model);
    if (before != null && clock.instant().isBefore(before.since().plus(KEPT))) {
      return new Found.Key(before.key());
    }
    byte[] drawn = new byte[Attestations.NONCE_BYTES];
    random.nextBytes(drawn);
    Bytes nonce = Bytes.of(drawn);
    try {
      HttpReply reply = attestations.ask(model, nonce);
      return reply.status() >= 400 && reply.status() < 500
          ? new Found.None(failures.read(reply))
          : new Found.Key(remember(model, reply, nonce).key());
    } catch (HttpFailure failure) {
      return none(
          failure.kind() == HttpFailure.Kind.CANCELLED
              ? ChatReply.Failure.CANCELLED
              : ChatReply.Failure.UNREACHABLE,
          failure.what());
    } catch (SupercargoException doubtful) {
      return none(ChatReply.Failure.UNREACHABLE, doubtful.what());
    }
  }

  /// After a call that failed: the enclave may have begun anew, with another key.
  void forget(String model) {
    known.remove(model);
  }

  private Attestations.Enclave remember(String model, HttpReply reply, Bytes nonce) {
    Attestations.Enclave enclave = attestations.enclave(reply, model, nonce);
    known.put(model, new Known(enclave.key(), clock.instant()));
    return enclave;
  }

  private static Found none(ChatReply.Failure failure, String why) {
    return new Found.None(
        new ChatReply.Failed(failure, "no attested enclave, so nothing was sent: " + why, null));
  }
}
