package org.supercargo.plugin.x402;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.HttpReply;

/// One way in which a host would be paid. All of it is the host's word.
///
/// Source: `PaymentRequired` and `PaymentRequirements` of [x402, version
/// 2](https://github.com/x402-foundation/x402/blob/main/specs/x402-specification-v2.md).
///
/// @param network such as `eip155:8453`
/// @param amount base units of `asset`
/// @param document the requirement as the host wrote it
/// @param resource what is paid for, as the host wrote it; null if it did not
record Requirement(
    String scheme,
    String network,
    BigInteger amount,
    String asset,
    String payTo,
    ObjectNode document,
    @Nullable ObjectNode resource) {
  static final String REQUIRED = "payment-required";

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,78}");
  private static final int VERSION = 2;
  private static final int MOST = 64;

  /// Reads what a reply with status 402 asks for; its header counts before its body.
  ///
  /// @param host that was asked; a resource elsewhere is refused
  /// @return those that are whole, the others left out
  /// @throws SupercargoException of category EXTERNAL when it asks for nothing of this version
  static List<Requirement> read(HttpReply reply, String host) {
    ObjectNode required =
        reply
            .header(REQUIRED)
            .flatMap(Json::readHeader)
            .or(() -> Json.read(reply.text()))
            .filter(each -> each.path("x402Version").asInt(0) == VERSION)
            .orElseThrow(() ->
                SupercargoException.external(
                    host + " wants to be paid and does not say how in x402, version 2",
                    "It may speak another version; nothing was paid.",
                    null));
    ObjectNode resource = required.get("resource") instanceof ObjectNode object ? object : null;
    if (resource != null) {
      requireOf(host, resource.path("url").asText(""));
    }
    var found = new ArrayList<Requirement>();
    for (JsonNode each : required.path("accepts")) {
      if (each instanceof ObjectNode document && found.size() < MOST) {
        one(document, resource).ifPresent(found::add);
      }
    }
    return found;
  }

  private static void requireOf(String host, String url) {
    String named;
    try {
      named = String.valueOf(URI.create(url).getHost());
    } catch (IllegalArgumentException malformed) {
      named = "no address";
    }
    if (!url.isEmpty() && !named.equalsIgnoreCase(host)) {
      throw SupercargoException.external(
          host + " wants to be paid for something at " + named,
          "Refused: a host is paid for what is its own.",
          null);
    }
  }

  private static Optional<Requirement> one(ObjectNode document, @Nullable ObjectNode resource) {
    String amount = document.path("amount").asText("");
    String payTo = document.path("payTo").asText("");
    String network = document.path("network").asText("");
    return WHOLE.matcher(amount).matches() && !payTo.isEmpty()
        ? Optional.of(
            new Requirement(
                document.path("scheme").asText(""),
                network,
                new BigInteger(amount),
                document.path("asset").asText(""),
                payTo,
                document,
                resource))
        : Optional.empty();
  }

  /// What the host wants to see again with the payment.
  ///
  /// @param paid base units, which stand in for the least that the host asked for
  String terms(BigInteger paid) {
    ObjectNode terms = Json.object();
    terms.set("accepted", document.deepCopy().put("amount", paid.toString()));
    if (resource != null) {
      terms.set("resource", resource);
    }
    return Json.write(terms);
  }
}
