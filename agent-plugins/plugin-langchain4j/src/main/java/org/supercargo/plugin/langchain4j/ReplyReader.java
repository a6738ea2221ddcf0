package org.supercargo.plugin.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.CallMarkup;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.Usage;

/// Decides whether a reply may be acted on.
///
/// @param origin backend and model, kept with the thoughts
/// @param json whether the words have to be one JSON object
/// @param ownIds what the ids of calls begin with if the provider gives none; empty if it does
record ReplyReader(String origin, boolean json, String ownIds) {
  /// @param arguments of each call with every digit, if the wire was seen; else LangChain4j's
  ChatReply read(
      AiMessage message, Stop stop, List<String> arguments, KeptReasoning kept, Usage usage) {
    String text = message.text() == null ? "" : message.text();
    List<ToolExecutionRequest> calls = message.toolExecutionRequests();
    return switch (stop) {
      case CUT -> unusable(Defect.TRUNCATED, "cut off at a limit of length: " + text, usage);
      case FILTERED -> unusable(Defect.REFUSED, "declined: " + text, usage);
      case MALFORMED ->
          unusable(Defect.MALFORMED_CALL, "the provider could not read the call: " + text, usage);
      case UNKNOWN -> unfinished(text, calls, usage);
      case WHOLE -> whole(text, calls, arguments, kept, usage);
    };
  }

  private static ChatReply unfinished(String text, List<ToolExecutionRequest> calls, Usage usage) {
    return CallMarkup.isIn(text)
        ? unusable(Defect.LEAKED_MARKUP, text, usage)
        : unusable(
            text.isBlank() && calls.isEmpty() ? Defect.EMPTY : Defect.TRUNCATED,
            "not known to be whole: " + text,
            usage);
  }

  private ChatReply whole(
      String text,
      List<ToolExecutionRequest> calls,
      List<String> arguments,
      KeptReasoning kept,
      Usage usage) {
    if (CallMarkup.isIn(text)) {
      return unusable(Defect.LEAKED_MARKUP, text, usage);
    }
    if (!calls.isEmpty()) {
      return calls(text, calls, arguments, kept, usage);
    }
    if (text.isBlank()) {
      return unusable(Defect.EMPTY, "neither words nor calls", usage);
    }
    if (json && Json.readObject(text).isEmpty()) {
      return unusable(Defect.MALFORMED_JSON, "the words are not one JSON object: " + text, usage);
    }
    // Thoughts of several signatures joined into one are refused; those of an answer can be left.
    KeptReasoning given = kept.isJoined() ? KeptReasoning.NONE : kept;
    return new ChatReply.Answer(text, given.write(origin), usage);
  }

  private ChatReply calls(
      String text,
      List<ToolExecutionRequest> requests,
      List<String> arguments,
      KeptReasoning kept,
      Usage usage) {
    List<ActionCall> calls = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ToolExecutionRequest request : requests) {
      int index = calls.size();
      String id = id(request.id(), index);
      String name = request.name() == null ? "" : request.name();
      String given = index < arguments.size() ? arguments.get(index) : orEmpty(request.arguments());
      if (CallMarkup.isIn(name) || CallMarkup.isIn(given)) {
        return unusable(Defect.LEAKED_MARKUP, given, usage);
      }
      if (id.isBlank() || !ids.add(id) || name.isBlank()) {
        return unusable(Defect.MALFORMED_CALL, "a call without its own id or name: " + name, usage);
      }
      if (Json.readObject(given).isEmpty()) {
        return unusable(
            Defect.MALFORMED_CALL,
            "the arguments of " + name + " are not a JSON object: " + given,
            usage);
      }
      calls.add(new ActionCall(id, name, given));
    }
    return kept.isJoined()
        ? unusable(Defect.REASONING_LOST, "several signed thoughts were joined into one", usage)
        : new ChatReply.Calls(text, kept.write(origin), calls, usage);
  }

  private String id(@Nullable String given, int index) {
    return given == null || given.isBlank() ? ownIds.isEmpty() ? "" : ownIds + index : given;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static ChatReply unusable(Defect defect, String detail, Usage usage) {
    return new ChatReply.Unusable(defect, detail, usage);
  }
}
