package org.supercargo.plugin.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.supercargo.api.model.ChatReply;

/// A reply of which only LangChain4j's view is known.
final class BroughtReply {
  private BroughtReply() {}

  static ChatReply read(ChatResponse response, ReplyReader reader, UsageReader usage) {
    AiMessage message = response.aiMessage();
    var used = usage.read(response.metadata().tokenUsage(), size(message));
    Stop stop = Stop.of(response.metadata().finishReason());
    return reader.read(message, stop, List.of(), KeptReasoning.of(message), used);
  }

  private static long size(AiMessage message) {
    var words = new StringBuilder();
    words.append(message.text() == null ? "" : message.text());
    words.append(message.thinking() == null ? "" : message.thinking());
    message
        .toolExecutionRequests()
        .forEach(call -> words.append(call.name()).append(call.arguments()));
    return words.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
