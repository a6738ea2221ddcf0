package org.supercargo.http.cassette;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;

/// A provider's own adapter over a cassette, at the time of the recording: the same requests, the
/// same reading, the same costs.
///
/// Unlike a provider's failures, a request that was not recorded is thrown: it is a mistake of
/// whoever replays, and no reply that an agent may carry on with.
public final class RecordedModel implements ModelBackend {
  private final ReplayingHttp replay;
  private final ModelBackend adapter;

  /// @param adapter makes the provider's adapter with the cassette's transport and clock
  public RecordedModel(
      ReplayingHttp replay, BiFunction<Http, InstantSource, ModelBackend> adapter) {
    this.replay = replay;
    this.adapter = adapter.apply(replay, replay.clock());
  }

  @Override
  public String name() {
    return adapter.name();
  }

  @Override
  public List<ModelCard> cards() {
    return adapter.cards();
  }

  /// @throws CassetteMismatch when this is not what was asked in the recorded session
  @Override
  public ChatReply chat(ChatRequest request) {
    replay.advance();
    ChatReply reply = adapter.chat(request);
    replay
        .mismatch()
        .ifPresent(mismatch -> {
          throw mismatch;
        });
    return reply;
  }

  /// Nonces are fresh, so that an attestation cannot be replayed.
  ///
  /// @throws CassetteMismatch for a model with attestations
  @Override
  public Optional<Attestation> attest(String model, Bytes nonce) {
    return adapter.attest(model, nonce);
  }

  @Override
  public String toString() {
    return "RecordedModel[" + name() + ", " + replay.cassette().file() + "]";
  }
}
