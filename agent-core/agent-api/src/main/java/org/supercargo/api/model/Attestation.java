package org.supercargo.api.model;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.Bytes;

/// A document by which a provider says in what a model runs.
///
/// @param nonce 32 fresh bytes that the document has to repeat
/// @param document as the provider gave it
/// @param checked what was verified here, in words; the rest is the provider's claim
public record Attestation(Bytes nonce, String document, String checked) {
  public Attestation {
    requireNonNull(nonce, "nonce is null");
    requireNonNull(document, "document is null");
    requireNonNull(checked, "checked is null");
  }
}
