package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// Whether a document that repeats the nonce makes its key one to encrypt to: the key is the one
/// that a quote of an enclave without debugging names, next to the nonce.
///
/// The quote's own signatures and what was measured are not checked here; for those it is the
/// provider's word.
///
/// Source: [attestation](https://docs.venice.ai/guides/features/tee-e2ee-models), and for where in
/// the report data key and nonce stand the provider's own
/// [client](https://github.com/veniceai/venice-cli) (the key's address in the first 20 bytes) and
/// [another](https://github.com/elkimek/venice-e2ee) (the nonce or its SHA-256 in the last 32).
record EnclaveEvidence(ObjectNode document, String model, Bytes nonce) {
  private static final int ADDRESS_BYTES = 20;

  /// What the provider says it checked; each may be missing, and none may have failed.
  private static final List<String> PROVIDER_CHECKS =
      List.of("/tdx/valid", "/nvidia/valid", "/signingAddressBinding/bound", "/nonceBinding/bound");

  /// @return why nothing may be encrypted to the document's key; empty if it may
  Optional<String> objection() {
    if (!document.path("verified").isBoolean() || !document.path("verified").booleanValue()) {
      return Optional.of("does not say that the provider verified it");
    }
    if (!Json.text(document.path("model")).equals(model)) {
      return Optional.of("does not name the model");
    }
    String algorithm = Json.text(document.path("signing_algo"));
    if (!algorithm.isEmpty() && !algorithm.equals("ecdsa")) {
      return Optional.of("has a key of another kind than secp256k1");
    }
    JsonNode checks = document.path("server_verification");
    for (String check : PROVIDER_CHECKS) {
      if (checks.at(check).isBoolean() && !checks.at(check).booleanValue()) {
        return Optional.of("says that the provider's check " + check.substring(1) + " failed");
      }
    }
    Optional<EnclaveKey> key = key();
    return key.isEmpty()
        ? Optional.of("has no key, or one that is not on secp256k1")
        : objection(key.get());
  }

  private Optional<String> objection(EnclaveKey key) {
    String address = Json.text(document.path("signing_address")).toLowerCase(Locale.ROOT);
    if (!address.isEmpty() && !address.equals("0x" + key.address().hex())) {
      return Optional.of("has a key that does not belong to its address");
    }
    Optional<TdxQuote> quote = TdxQuote.read(Json.text(document.path("intel_quote")));
    if (quote.isEmpty()) {
      return Optional.of("has no readable quote");
    }
    if (quote.get().debug()) {
      return Optional.of("is of an enclave that lets its host look inside (debug)");
    }
    if (!quote.get().reportStart(ADDRESS_BYTES).equals(key.address())) {
      return Optional.of("has a key that its quote does not name");
    }
    Bytes end = quote.get().reportEnd(nonce.size());
    return end.equals(nonce) || end.equals(sha256(nonce))
        ? Optional.empty()
        : Optional.of("has a quote without the nonce");
  }

  Optional<EnclaveKey> key() {
    String key = Json.text(document.path("signing_key"));
    return EnclaveKey.read(key.isEmpty() ? Json.text(document.path("signing_public_key")) : key);
  }

  private static Bytes sha256(Bytes content) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(content.toArray()));
    } catch (GeneralSecurityException impossible) {
      throw SupercargoException.bug("This Java has no SHA-256", impossible);
    }
  }
}
