package org.supercargo.plugin.solana;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.solana.MalformedTransactionException;
import org.supercargo.solana.PublicKey;

/// A part of a node's reply that has to have a certain form. Every reader throws a
/// [SupercargoException] of category EXTERNAL that says where the reply is wrong.
record JsonValue(String path, JsonNode node) {
  private static final BigInteger HIGHEST_U64 =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  JsonValue get(String name) {
    JsonNode child = node.get(name);
    if (child == null) {
      throw wrong("has no \"" + name + "\"");
    }
    return new JsonValue(path + "." + name, child);
  }

  /// Empty when the member is missing or null.
  Optional<JsonValue> find(String name) {
    JsonNode child = node.get(name);
    return child == null || child.isNull()
        ? Optional.empty()
        : Optional.of(new JsonValue(path + "." + name, child));
  }

  List<JsonValue> list() {
    if (!node.isArray()) {
      throw wrong("is not a list");
    }
    var values = new ArrayList<JsonValue>();
    for (JsonNode element : node) {
      values.add(new JsonValue(path + "[" + values.size() + "]", element));
    }
    return values;
  }

  boolean isNull() {
    return node.isNull();
  }

  BigInteger u64() {
    if (!node.isIntegralNumber()) {
      throw wrong("is not a whole number");
    }
    return inRange(node.bigIntegerValue());
  }

  /// A whole number written as text.
  BigInteger u64Text() {
    String text = text();
    if (!text.matches("[0-9]{1,20}")) {
      throw wrong("is not a whole number in quotes");
    }
    return inRange(new BigInteger(text));
  }

  private BigInteger inRange(BigInteger value) {
    if (value.signum() < 0 || value.compareTo(HIGHEST_U64) > 0) {
      throw wrong("is not an unsigned number of 64 bits");
    }
    return value;
  }

  /// A slot, height or index.
  long number() {
    BigInteger value = u64();
    if (value.bitLength() > 63) {
      throw wrong("is beyond any slot or height");
    }
    return value.longValueExact();
  }

  String text() {
    if (!node.isTextual()) {
      throw wrong("is not text");
    }
    return node.textValue();
  }

  PublicKey key() {
    try {
      return PublicKey.parse(text());
    } catch (MalformedTransactionException reason) {
      throw wrong("is not an address: " + reason.what());
    }
  }

  /// Binary data in the form `[text, "base64"]`.
  Bytes base64() {
    List<JsonValue> pair = list();
    if (pair.size() != 2 || !pair.get(1).text().equals("base64")) {
      throw wrong("is not base64 data");
    }
    try {
      return Bytes.fromBase64(pair.getFirst().text());
    } catch (IllegalArgumentException _) {
      throw wrong("is not base64 data");
    }
  }

  SupercargoException wrong(String what) {
    return SupercargoException.external(
        "The Solana node's reply is not understood: " + path + " " + what,
        "Use another node.",
        null);
  }
}
