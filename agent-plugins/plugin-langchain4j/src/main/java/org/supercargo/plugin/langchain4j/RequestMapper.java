package org.supercargo.plugin.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import java.util.List;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelCard;

/// A conversation in LangChain4j's words.
final class RequestMapper {
  private final ModelCard card;

  RequestMapper(ModelCard card) {
    this.card = card;
  }

  /// @param longestReply tokens when the request does not say; 0 to leave it to the model
  /// @throws IllegalArgumentException when LangChain4j does not accept a message
  dev.langchain4j.model.chat.request.ChatRequest map(ChatRequest request, int longestReply) {
    var mapped =
        dev.langchain4j.model.chat.request.ChatRequest.builder()
            .messages(request.messages().stream().map(this::message).toList());
    if (!card.model().isEmpty()) {
      mapped.modelName(card.model());
    }
    if (!request.actions().isEmpty()) {
      mapped.toolSpecifications(request.actions().stream().map(ActionTool::of).toList());
    }
    int wanted =
        request.options().longestReply() == 0 ? longestReply : request.options().longestReply();
    if (wanted > 0) {
      mapped.maxOutputTokens(Math.min(wanted, card.longestReply()));
    }
    // Gemini refuses a JSON format next to tools; the reply is checked in any case.
    if (request.options().json()
        && request.actions().isEmpty()
        && card.abilities().contains(Ability.JSON)) {
      mapped.responseFormat(ResponseFormat.JSON);
    }
    return mapped.build();
  }

  private dev.langchain4j.data.message.ChatMessage message(ChatMessage message) {
    return switch (message) {
      case ChatMessage.Instructions(String text) -> SystemMessage.from(text);
      case ChatMessage.Owner(String text) -> UserMessage.from(text);
      case ChatMessage.Notice(String text) -> UserMessage.from(text);
      case ChatMessage.Assistant assistant -> assistant(assistant);
      case ChatMessage.Result(String callId, String action, String text) ->
          ToolExecutionResultMessage.from(callId, action, text);
    };
  }

  private AiMessage assistant(ChatMessage.Assistant turn) {
    KeptReasoning kept = KeptReasoning.read(turn.reasoning(), card.reference());
    var message =
        AiMessage.builder()
            .text(turn.text().isEmpty() && !turn.calls().isEmpty() ? null : turn.text())
            .toolExecutionRequests(calls(turn.calls()))
            .attributes(kept.attributes());
    if (kept.thinking() != null) {
      message.thinking(kept.thinking());
    }
    return message.build();
  }

  private static List<ToolExecutionRequest> calls(List<ActionCall> calls) {
    return calls.stream()
        .map(call ->
            ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.action())
                .arguments(call.arguments())
                .build())
        .toList();
  }
}
