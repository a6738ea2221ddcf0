package org.supercargo.plugin.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a model thought, in the one string that a conversation keeps of it.
///
/// The string is a JSON object with these members, and nothing else is read back:
///
/// - `langchain4j`: the backend and the model it came from. Providers sign thoughts and refuse
///   those of others, so a turn of another model, or of another kind of backend, is given back
///   without its thoughts.
/// - `content`: the provider's own content blocks as they came, if this plugin saw the wire. They
///   replace what LangChain4j makes of the turn: it joins several thoughts into one with one
///   signature, and drops a signed thought without words, and providers refuse both.
/// - `thinking` and `attributes`: LangChain4j's view of them otherwise. Attributes that are texts
///   or lists of texts are kept, which signatures and redacted thoughts are; others are not.
///
/// All texts come back exactly, half surrogate pairs included.
///
/// Source: [extended
/// thinking](https://platform.claude.com/docs/en/build-with-claude/extended-thinking), [thought
/// signatures](https://ai.google.dev/gemini-api/docs/thought-signatures).
record KeptReasoning(
    @Nullable ArrayNode content, @Nullable String thinking, Map<String, Object> attributes) {
  private static final String ORIGIN = "langchain4j";

  static final KeptReasoning NONE = new KeptReasoning(null, null, Map.of());

  static KeptReasoning ofWire(ArrayNode content) {
    return new KeptReasoning(content, null, Map.of());
  }

  static KeptReasoning of(AiMessage message) {
    Map<String, Object> kept = new LinkedHashMap<>();
    message
        .attributes()
        .forEach((name, value) -> {
          if (value instanceof String || isTexts(value)) {
            kept.put(name, value);
          }
        });
    return new KeptReasoning(null, message.thinking(), kept);
  }

  /// Whether LangChain4j joined several signatures, none of which has a line break of its own.
  boolean isJoined() {
    return attributes.entrySet().stream()
        .anyMatch(entry ->
            entry.getKey().endsWith("signature")
                && entry.getValue() instanceof String text
                && text.contains("\n"));
  }

  /// @param origin backend and model
  /// @return null if there is nothing to keep
  @Nullable String write(String origin) {
    if (content == null && thinking == null && attributes.isEmpty()) {
      return null;
    }
    ObjectNode node = Json.object().put(ORIGIN, origin);
    if (content != null) {
      node.set("content", content);
    }
    if (thinking != null) {
      node.put("thinking", thinking);
    }
    if (!attributes.isEmpty()) {
      ObjectNode all = node.putObject("attributes");
      attributes.forEach((name, value) -> put(all, name, value));
    }
    return Json.write(node);
  }

  private static void put(ObjectNode all, String name, Object value) {
    if (value instanceof String text) {
      all.put(name, text);
    } else if (value instanceof List<?> texts) {
      ArrayNode array = all.putArray(name);
      texts.forEach(text -> array.add((String) text));
    }
  }

  /// @param kept as [#write(String)] gave it, or another backend's reasoning
  static KeptReasoning read(@Nullable String kept, String origin) {
    Optional<ObjectNode> node = kept == null ? Optional.empty() : Json.readObject(kept);
    return node.filter(object -> Json.text(object.path(ORIGIN)).equals(origin))
        .map(KeptReasoning::read)
        .orElse(NONE);
  }

  private static KeptReasoning read(ObjectNode node) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    node.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), value(entry.getValue())));
    JsonNode thinking = node.path("thinking");
    return new KeptReasoning(
        node.path("content") instanceof ArrayNode array ? array : null,
        thinking.isTextual() ? thinking.textValue() : null,
        attributes);
  }

  private static Object value(JsonNode node) {
    if (!node.isArray()) {
      return Json.text(node);
    }
    List<String> texts = new ArrayList<>();
    node.forEach(text -> texts.add(Json.text(text)));
    return List.copyOf(texts);
  }

  private static boolean isTexts(Object value) {
    return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
  }
}
