package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.Attestation;

/// Asks a provider in what a model runs and says how much of the answer was checked here.
///
/// Sources: [enclaves](https://docs.venice.ai/guides/features/tee-e2ee-models), [Intel TDX quoting
/// library API](https://download.01.org/intel-sgx/latest/dcap-latest/linux/docs/) for where report
/// data stands in a quote of version 4.
final class Attestations {
  static final int NONCE_BYTES = 32;

  private static final int QUOTE_HEADER = 48;
  private static final int REPORT_DATA = QUOTE_HEADER + 520;
  private static final int REPORT_DATA_END = REPORT_DATA + 64;

  private final Dialect dialect;
  private final Http http;
  private final ProviderCalls calls;

  Attestations(Dialect dialect, Http http, ProviderCalls calls) {
    this.dialect = dialect;
    this.http = http;
    this.calls = calls;
  }

  /// @throws SupercargoException of category EXTERNAL when the provider attests nothing usable
  Attestation of(String model, Bytes nonce) {
    if (nonce.size() != NONCE_BYTES) {
      throw new IllegalArgumentException("a nonce has " + NONCE_BYTES + " bytes");
    }
    HttpReply reply = http.send(calls.get(dialect.endpoint().attestation(model, nonce.hex())));
    if (reply.status() != 200) {
      throw refused("answered with status " + reply.status());
    }
    ObjectNode document =
        Json.readObject(reply.text()).orElseThrow(() -> refused("is not a JSON object"));
    return new Attestation(nonce, reply.text(), checked(document, model, nonce));
  }

  private String checked(ObjectNode document, String model, Bytes nonce) {
    String repeated =
        first(Json.text(document.path("nonce")), Json.text(document.path("request_nonce")));
    if (!repeated.toLowerCase(Locale.ROOT).equals(nonce.hex())) {
      throw refused("does not repeat the nonce");
    }
    String named = Json.text(document.path("model"));
    if (!named.isEmpty() && !named.equals(model)) {
      throw refused("is about another model");
    }
    List<String> checked = new ArrayList<>();
    checked.add("the document repeats the nonce");
    checked.add(named.isEmpty() ? "it names no model" : "it names the model");
    checked.add(quote(Json.text(document.path("intel_quote")), nonce));
    checked.add("not checked: the signatures of the quote and what was measured");
    return String.join("; ", checked);
  }

  private static String first(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  private static String quote(String hex, Bytes nonce) {
    byte @Nullable [] quote = bytes(hex);
    if (quote == null || quote.length < REPORT_DATA_END) {
      return "there is no readable quote";
    }
    byte[] data = Arrays.copyOfRange(quote, REPORT_DATA_END - NONCE_BYTES, REPORT_DATA_END);
    return Bytes.of(data).equals(nonce)
        ? "the quote's report data ends with the nonce"
        : "the quote's report data does not end with the nonce";
  }

  private static byte @Nullable [] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex);
    } catch (IllegalArgumentException notHex) {
      return null;
    }
  }

  private SupercargoException refused(String what) {
    return SupercargoException.external(
        "The attestation of " + dialect.name() + " " + what,
        "Use a model whose provider attests it, or accept less privacy.",
        null);
  }
}
