package org.supercargo.plugin.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.supercargo.api.model.ModelCard;

/// What this plugin reads and mends on the wire of the models it builds, because LangChain4j loses
/// it: the true reason a model stopped, the exact digits of arguments, and signed thoughts.
///
/// Source: [Messages](https://platform.claude.com/docs/en/api/messages),
/// [generateContent](https://ai.google.dev/api/generate-content).
enum WireForm {
  ANTHROPIC("x-api-key", "messages", "assistant", "content") {
    @Override
    Stop stop(ObjectNode reply) {
      return switch (Json.text(reply.path("stop_reason"))) {
        case "end_turn", "tool_use", "stop_sequence" -> Stop.WHOLE;
        case "max_tokens", "model_context_window_exceeded" -> Stop.CUT;
        case "refusal" -> Stop.FILTERED;
        default -> Stop.UNKNOWN;
      };
    }

    @Override
    JsonNode content(ObjectNode reply) {
      return reply.path("content");
    }

    @Override
    JsonNode call(JsonNode block) {
      return Json.text(block.path("type")).equals("tool_use") ? block : block.path("");
    }

    @Override
    String argumentsField() {
      return "input";
    }

    @Override
    boolean isThought(JsonNode block) {
      return Json.text(block.path("type")).endsWith("thinking");
    }

    @Override
    boolean callsHaveIds() {
      return true;
    }

    @Override
    List<ModelCard> offered(List<ModelCard> published) {
      return WrittenPrices.offered(published);
    }

    @Override
    long dearestBytes(long sent) {
      return sent + WrittenPrices.extra(sent);
    }
  },

  GEMINI("x-goog-api-key", "contents", "model", "parts") {
    // LangChain4j replaces the reason of every reply with a call by "it wants a tool", a reply cut
    // off at its limit included.
    @Override
    Stop stop(ObjectNode reply) {
      JsonNode feedback = reply.path("promptFeedback").path("blockReason");
      String reason = Json.text(reply.path("candidates").path(0).path("finishReason"));
      return switch (reason) {
        case "STOP" -> Stop.WHOLE;
        case "MAX_TOKENS" -> Stop.CUT;
        case "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "IMAGE_SAFETY" ->
            Stop.FILTERED;
        case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS" ->
            Stop.MALFORMED;
        default -> feedback.isTextual() ? Stop.FILTERED : Stop.UNKNOWN;
      };
    }

    @Override
    JsonNode content(ObjectNode reply) {
      return reply.path("candidates").path(0).path("content").path("parts");
    }

    @Override
    JsonNode call(JsonNode block) {
      return block.path("functionCall");
    }

    @Override
    String argumentsField() {
      return "args";
    }

    @Override
    boolean isThought(JsonNode block) {
      return block.path("thought").asBoolean() || block.has("thoughtSignature");
    }

    @Override
    boolean callsHaveIds() {
      return false;
    }

    @Override
    void mendIds(JsonNode message) {
      for (JsonNode part : message.path("parts")) {
        for (String kind : List.of("functionCall", "functionResponse")) {
          if (part.path(kind) instanceof ObjectNode node
              && Json.text(node.path("id")).startsWith(OWN_ID)) {
            node.remove("id");
          }
        }
      }
    }
  };

  /// Begins the ids that are given here to calls that came without.
  static final String OWN_ID = "call-";

  private final String keyHeader;
  private final String messages;
  private final String modelRole;
  private final String blocks;

  WireForm(String keyHeader, String messages, String modelRole, String blocks) {
    this.keyHeader = keyHeader;
    this.messages = messages;
    this.modelRole = modelRole;
    this.blocks = blocks;
  }

  abstract Stop stop(ObjectNode reply);

  /// The blocks of a reply; missing if it has none.
  abstract JsonNode content(ObjectNode reply);

  /// The call in a block; missing if it is none.
  abstract JsonNode call(JsonNode block);

  abstract String argumentsField();

  abstract boolean isThought(JsonNode block);

  /// Whether the provider gives every call an id.
  abstract boolean callsHaveIds();

  /// The cards with all that a call can cost.
  List<ModelCard> offered(List<ModelCard> published) {
    return published;
  }

  /// The size whose estimate is not below what a request of `sent` bytes may cost.
  long dearestBytes(long sent) {
    return sent;
  }

  /// Takes ids away that the provider did not give.
  void mendIds(JsonNode message) {}

  /// The header that carries the key, in lower case.
  String keyHeader() {
    return keyHeader;
  }

  boolean isKey(String header) {
    return header.toLowerCase(Locale.ROOT).equals(keyHeader);
  }

  /// The arguments of each call of a reply, with every digit.
  List<String> arguments(ObjectNode reply) {
    List<String> all = new ArrayList<>();
    for (JsonNode block : content(reply)) {
      if (call(block).isObject()) {
        JsonNode arguments = call(block).path(argumentsField());
        all.add(arguments.isMissingNode() ? "{}" : Json.write(arguments));
      }
    }
    return all;
  }

  /// The blocks of a reply if there are thoughts in them.
  Optional<ArrayNode> thoughts(ObjectNode reply) {
    if (content(reply) instanceof ArrayNode array) {
      for (JsonNode block : array) {
        if (isThought(block)) {
          return Optional.of(array);
        }
      }
    }
    return Optional.empty();
  }

  /// Puts the blocks back as they came into the model's turns of a request.
  ///
  /// @param turns for each turn of the model, in order, its blocks if they were kept
  void restore(ObjectNode request, List<Optional<ArrayNode>> turns) {
    int turn = 0;
    for (JsonNode message : request.path(messages)) {
      if (Json.text(message.path("role")).equals(modelRole) && turn < turns.size()) {
        Optional<ArrayNode> kept = turns.get(turn++);
        // A turn that was changed since is not the one that was signed.
        if (kept.isPresent() && names(kept.get()).equals(names(message.path(blocks)))) {
          ((ObjectNode) message).set(blocks, kept.get().deepCopy());
        }
      }
      mendIds(message);
    }
  }

  private List<String> names(JsonNode content) {
    List<String> names = new ArrayList<>();
    content.forEach(block -> {
      if (call(block).isObject()) {
        names.add(Json.text(call(block).path("name")));
      }
    });
    return names;
  }
}
