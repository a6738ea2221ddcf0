package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.Attestation;

/// Asks a provider in what a model runs and says how much of the answer was checked here.
///
/// Source: [enclaves](https://docs.venice.ai/guides/features/tee-e2ee-models).
final class Attestations {
  static final int NONCE_BYTES = 32;

  private static final String UNCHECKED =
      "not checked: the signatures of the quote and what was measured";

  private final Dialect dialect;
  private final Http http;
  private final ProviderCalls calls;

  Attestations(Dialect dialect, Http http, ProviderCalls calls) {
    this.dialect = dialect;
    this.http = http;
    this.calls = calls;
  }

  /// A document whose key may be encrypted to.
  record Enclave(Attestation attestation, EnclaveKey key) {}

  /// @throws SupercargoException of category EXTERNAL when the provider attests nothing usable
  Attestation of(String model, Bytes nonce) {
    String text = document(ask(model, nonce));
    return new Attestation(nonce, text, checked(read(text, model, nonce), nonce));
  }

  HttpReply ask(String model, Bytes nonce) {
    if (nonce.size() != NONCE_BYTES) {
      throw new IllegalArgumentException("a nonce has " + NONCE_BYTES + " bytes");
    }
    return http.send(calls.get(dialect.endpoint().attestation(model, nonce.hex())));
  }

  /// @param reply to [#ask]
  /// @throws SupercargoException of category EXTERNAL when the document leaves a doubt about its
  ///   key
  Enclave enclave(HttpReply reply, String model, Bytes nonce) {
    String text = document(reply);
    var evidence = new EnclaveEvidence(read(text, model, nonce), model, nonce);
    evidence
        .objection()
        .ifPresent(objection -> {
          throw refused(objection);
        });
    EnclaveKey key = evidence.key().orElseThrow();
    String checked =
        String.join(
            "; ",
            "the document repeats the nonce",
            "it names the model",
            "its quote names the key 0x" + key.address().hex() + " and the nonce",
            "the enclave is not debugged",
            UNCHECKED);
    return new Enclave(new Attestation(nonce, text, checked), key);
  }

  private String document(HttpReply reply) {
    if (reply.status() != 200) {
      throw refused("answered with status " + reply.status());
    }
    return reply.text();
  }

  private ObjectNode read(String text, String model, Bytes nonce) {
    ObjectNode document = Json.readObject(text).orElseThrow(() -> refused("is not a JSON object"));
    String repeated =
        first(Json.text(document.path("nonce")), Json.text(document.path("request_nonce")));
    if (!repeated.toLowerCase(Locale.ROOT).equals(nonce.hex())) {
      throw refused("does not repeat the nonce");
    }
    String named = Json.text(document.path("model"));
    if (!named.isEmpty() && !named.equals(model)) {
      throw refused("is about another model");
    }
    return document;
  }

  private static String checked(ObjectNode document, Bytes nonce) {
    List<String> checked = new ArrayList<>();
    checked.add("the document repeats the nonce");
    checked.add(
        Json.text(document.path("model")).isEmpty() ? "it names no model" : "it names the model");
    checked.add(quote(Json.text(document.path("intel_quote")), nonce));
    checked.add(UNCHECKED);
    return String.join("; ", checked);
  }

  private static String first(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  private static String quote(String text, Bytes nonce) {
    Optional<TdxQuote> quote = TdxQuote.read(text);
    if (quote.isEmpty()) {
      return "there is no readable quote";
    }
    return quote.get().reportEnd(NONCE_BYTES).equals(nonce)
        ? "the quote's report data ends with the nonce"
        : "the quote's report data does not end with the nonce";
  }

  private SupercargoException refused(String what) {
    return SupercargoException.external(
        "The attestation of " + dialect.name() + " " + what,
        "Use a model whose provider attests it, or accept less privacy.",
        null);
  }
}
