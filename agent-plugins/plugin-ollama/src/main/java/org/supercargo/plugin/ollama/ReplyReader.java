package org.supercargo.plugin.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.CallMarkup;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.Usage;

/// Decides whether a reply may be acted on.
///
/// @param json whether the words have to be one JSON object
/// @param messages how many the request had; calls have no ids, so theirs say where they stand in
///   the conversation
record ReplyReader(ModelCard card, boolean json, int messages, Instant now) {
  private static final long MOST = 1_000_000_000_000L;

  ChatReply read(Gathered reply) {
    if (reply.error().isPresent()) {
      return FailureReader.inReply(reply.error().get(), card.model());
    }
    if (reply.unreadable().isPresent()) {
      return failed(Failure.SERVER_ERROR, "the reply is not JSON: " + reply.unreadable().get());
    }
    Optional<ObjectNode> last = reply.last();
    Usage used = last.map(this::usage).orElse(Usage.NONE);
    if (last.isEmpty()) {
      return nothing(reply)
          ? unusable(Defect.EMPTY, "neither words nor calls, nor an end", used)
          : unusable(Defect.TRUNCATED, "ended before it was done: " + reply.content(), used);
    }
    // A prompt as long as the context was cut to fit, and what was cut were the instructions or
    // the oldest messages. Below that length the counts prove nothing.
    if (used.input() >= card.contextTokens()) {
      return failed(
          Failure.CONTEXT_OVERFLOW,
          "the prompt fills all " + card.contextTokens() + " tokens of num_ctx");
    }
    return switch (Json.text(last.get().path("done_reason"))) {
      case "stop" -> whole(reply, used);
      case "length" ->
          unusable(Defect.TRUNCATED, "cut off at a limit of length: " + reply.content(), used);
      default ->
          nothing(reply)
              ? unusable(Defect.EMPTY, "neither words nor calls", used)
              : unusable(Defect.TRUNCATED, "not known to be whole: " + reply.content(), used);
    };
  }

  private static boolean nothing(Gathered reply) {
    return reply.content().isBlank() && reply.calls().isEmpty();
  }

  private ChatReply whole(Gathered reply, Usage used) {
    String text = reply.content();
    if (CallMarkup.isIn(text)) {
      return unusable(Defect.LEAKED_MARKUP, text, used);
    }
    if (nothing(reply)) {
      return unusable(Defect.EMPTY, "neither words nor calls", used);
    }
    if (!reply.calls().isEmpty()) {
      return calls(reply, used);
    }
    return json && Json.readObject(text).isEmpty()
        ? unusable(Defect.MALFORMED_JSON, "the words are not one JSON object: " + text, used)
        : new ChatReply.Answer(text, reply.thinking(), used);
  }

  private ChatReply calls(Gathered reply, Usage used) {
    List<ActionCall> calls = new ArrayList<>();
    for (JsonNode node : reply.calls()) {
      String name = Json.text(node.path("function").path("name"));
      JsonNode given = node.path("function").path("arguments");
      String written = given.isTextual() ? given.textValue() : Json.write(given);
      if (CallMarkup.isIn(name) || CallMarkup.isIn(written)) {
        return unusable(Defect.LEAKED_MARKUP, written, used);
      }
      Optional<ObjectNode> arguments = Json.readObject(written);
      if (name.isBlank() || arguments.isEmpty()) {
        return unusable(
            Defect.MALFORMED_CALL,
            "the call of \"" + name + "\" has no JSON object of arguments: " + written,
            used);
      }
      calls.add(
          new ActionCall(
              "call-" + messages + "-" + calls.size(), name, Json.canonical(arguments.get())));
    }
    return new ChatReply.Calls(reply.content(), reply.thinking(), calls, used);
  }

  private Usage usage(ObjectNode last) {
    long input = count(last.path("prompt_eval_count"));
    long output = count(last.path("eval_count"));
    return new Usage(
        input, 0, output, 0, card.prices().cost(card.model(), input, 0, output, now, now));
  }

  private static long count(JsonNode node) {
    return node.canConvertToLong() ? Math.clamp(node.asLong(), 0, MOST) : 0;
  }

  private static ChatReply unusable(Defect defect, String detail, Usage used) {
    return new ChatReply.Unusable(defect, detail, used);
  }

  private static ChatReply failed(Failure failure, String detail) {
    return new ChatReply.Failed(failure, detail, null);
  }
}
