package org.supercargo.api.model;

import java.util.List;
import java.util.Optional;
import org.supercargo.api.Bytes;

/// A language model, or something that answers like one.
///
/// It never throws for what a provider or a network does: that is a [ChatReply.Failed]. It never
/// retries: the engine owns the one retry layer.
public interface ModelBackend {
  /// The name agent files use, such as `deepseek`.
  String name();

  /// Blocks until the reply is whole or the backend's deadline has passed. An interrupt ends the
  /// call early, as [ChatReply.Failure#CANCELLED], and stays set.
  ChatReply chat(ChatRequest request);

  /// The models it offers, its default first; at least one.
  default List<ModelCard> cards() {
    return List.of(ModelCard.free(name(), ""));
  }

  /// Asks the provider to attest in what a model runs.
  ///
  /// @param nonce 32 fresh bytes
  /// @return empty when the provider attests nothing for this model
  default Optional<Attestation> attest(String model, Bytes nonce) {
    return Optional.empty();
  }
}
