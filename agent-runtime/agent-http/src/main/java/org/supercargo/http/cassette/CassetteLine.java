package org.supercargo.http.cassette;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.http.cassette.RecordedExchange.Ending;

/// The lines of a cassette: one of its format, then one for each exchange, as JSON.
///
/// A body stands as `text` where it is UTF-8 and as `base64` where it is not, with the SHA-256 of
/// its bytes; one that arrived in pieces has their sizes besides.
final class CassetteLine {
  static final int FORMAT = 1;

  private static final String FORMAT_FIELD = "supercargo-cassette";
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CassetteLine() {}

  /// Why a line cannot be used.
  static final class Damage extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean isCutOff;

    private Damage(String message, boolean isCutOff) {
      super(message);
      this.isCutOff = isCutOff;
    }

    /// Whether it may be the beginning of a whole line.
    boolean isCutOff() {
      return isCutOff;
    }

    String what() {
      return String.valueOf(getMessage());
    }
  }

  static String header(Instant made) {
    return JSON.createObjectNode()
        .put(FORMAT_FIELD, FORMAT)
        .put("made", made.toString())
        .toString();
  }

  /// @return the format's number
  static int format(String line) throws Damage {
    JsonNode format = read(line).path(FORMAT_FIELD);
    if (!format.isInt()) {
      throw new Damage("it does not begin with \"" + FORMAT_FIELD + "\"", false);
    }
    return format.intValue();
  }

  /// @param number from 1
  static String write(int number, RecordedExchange exchange) {
    ObjectNode line = JSON.createObjectNode();
    line.put("exchange", number)
        .put("began", exchange.began().toString())
        .put("ended", exchange.ended().toString())
        .put("method", exchange.method())
        .put("uri", exchange.uri());
    headers(line, exchange.headers());
    line.set("body", body(exchange.body(), null));
    switch (exchange.ending()) {
      case Ending.Replied(HttpReply reply, @Nullable List<Integer> pieces) -> {
        ObjectNode node = line.putObject("reply").put("status", reply.status());
        headers(node, reply.headers());
        node.set("body", body(reply.body(), pieces));
      }
      case Ending.Broke broke ->
          line.putObject("failure")
              .put("kind", broke.kind().name())
              .put("what", broke.what())
              .put("advice", broke.advice())
              .set("arrived", body(broke.arrived(), broke.pieces()));
    }
    return line.toString();
  }

  private static void headers(ObjectNode node, Map<String, String> headers) {
    ObjectNode all = node.putObject("headers");
    new TreeMap<>(headers).forEach(all::put);
  }

  private static ObjectNode body(Bytes body, @Nullable List<Integer> pieces) {
    ObjectNode node = JSON.createObjectNode();
    @Nullable String text = text(body);
    if (text != null) {
      node.put("text", text);
    } else {
      node.put("base64", body.base64());
    }
    node.put("sha256", sha256(body));
    if (pieces != null) {
      ArrayNode sizes = node.putArray("pieces");
      pieces.forEach(size -> sizes.add((int) size));
    }
    return node;
  }

  private static @Nullable String text(Bytes body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.toArray())).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }

  private static String sha256(Bytes body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("A JDK has SHA-256", e);
    }
  }

  /// @param number the one it must have
  static RecordedExchange read(int number, String line) throws Damage {
    JsonNode node = read(line);
    if (number != node.path("exchange").asInt()) {
      throw new Damage(
          "exchange " + number + " should stand here, not " + node.path("exchange"), false);
    }
    return new RecordedExchange(
        instant(node, "began"),
        instant(node, "ended"),
        string(node, "method"),
        string(node, "uri"),
        headers(node),
        body(node.path("body")),
        node.has("failure") ? broke(node.path("failure")) : replied(node.path("reply")));
  }

  private static Ending replied(JsonNode node) throws Damage {
    if (!node.path("status").isInt()) {
      throw new Damage("there is neither a reply with a status nor a failure", false);
    }
    Bytes body = body(node.path("body"));
    boolean whole = !node.path("body").has("pieces");
    return new Ending.Replied(
        new HttpReply(node.path("status").intValue(), headers(node), body),
        whole ? null : pieces(node.path("body"), body));
  }

  private static Ending broke(JsonNode node) throws Damage {
    Bytes arrived = body(node.path("arrived"));
    HttpFailure.Kind kind;
    try {
      kind = HttpFailure.Kind.valueOf(string(node, "kind"));
    } catch (IllegalArgumentException e) {
      throw new Damage("there is no failure of the kind " + node.path("kind"), false);
    }
    return new Ending.Broke(
        kind,
        string(node, "what"),
        string(node, "advice"),
        arrived,
        pieces(node.path("arrived"), arrived));
  }

  private static Bytes body(JsonNode node) throws Damage {
    Bytes body;
    try {
      body =
          node.has("base64")
              ? Bytes.fromBase64(string(node, "base64"))
              : Bytes.of(string(node, "text").getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Damage("a body is no base64", false);
    }
    String found = sha256(body);
    if (!found.equals(string(node, "sha256"))) {
      throw new Damage(
          "a body was changed after it was recorded; its sha256 is now " + found, false);
    }
    return body;
  }

  private static List<Integer> pieces(JsonNode node, Bytes body) throws Damage {
    var sizes = new ArrayList<Integer>();
    long sum = 0;
    for (JsonNode size : node.path("pieces")) {
      if (!size.isInt() || size.intValue() < 0) {
        throw new Damage("the size of a piece is " + size, false);
      }
      sizes.add(size.intValue());
      sum += size.intValue();
    }
    if (sum != body.size()) {
      throw new Damage(
          "the pieces have " + sum + " bytes together, the body has " + body.size(), false);
    }
    return sizes;
  }

  private static Map<String, String> headers(JsonNode node) throws Damage {
    var headers = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> header : node.path("headers").properties()) {
      headers.put(header.getKey(), string(node.path("headers"), header.getKey()));
    }
    return headers;
  }

  private static Instant instant(JsonNode node, String field) throws Damage {
    try {
      return Instant.parse(string(node, field));
    } catch (DateTimeException e) {
      throw new Damage("\"" + field + "\" is no moment such as 2026-11-24T12:00:00Z", false);
    }
  }

  private static String string(JsonNode node, String field) throws Damage {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new Damage("the text \"" + field + "\" is missing", false);
    }
    return value.textValue();
  }

  private static JsonNode read(String line) throws Damage {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isObject()) {
        return node;
      }
      throw new Damage("it is no JSON object", false);
    } catch (JsonProcessingException e) {
      throw new Damage("it is no JSON: " + e.getOriginalMessage(), true);
    }
  }
}
