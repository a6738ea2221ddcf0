package org.supercargo.plugin.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.Usage;

/// A reply of which the wire is known as well as LangChain4j's view. Where they differ the wire
/// counts.
record WireReply(WireForm form, ReplyReader reader, UsageReader usage, StatusReader statuses) {
  ChatReply read(ChatResponse response, Exchange exchange) {
    Optional<HttpReply> arrived = exchange.reply();
    Optional<ObjectNode> body = arrived.flatMap(reply -> Json.readObject(reply.text()));
    if (body.isEmpty()) {
      return failed("the reply is not JSON: " + arrived.map(HttpReply::text).orElse(""));
    }
    AiMessage message = response.aiMessage();
    Usage used = usage.read(response.metadata().tokenUsage(), arrived.get().body().size());
    var kept = form.thoughts(body.get()).map(KeptReasoning::ofWire).orElse(KeptReasoning.NONE);
    return reader.read(message, form.stop(body.get()), form.arguments(body.get()), kept, used);
  }

  /// What LangChain4j could not read, or a call that did not come about.
  ChatReply read(Throwable thrown, Exchange exchange) {
    Optional<SupercargoException> failure = exchange.failure();
    if (failure.isPresent()) {
      return broken(failure.get());
    }
    Optional<HttpReply> arrived = exchange.reply();
    if (arrived.isEmpty()) {
      return ThrownReader.read(thrown);
    }
    HttpReply reply = arrived.get();
    return reply.status() == 200 ? unread(reply) : statuses.read(reply);
  }

  private static ChatReply broken(SupercargoException failure) {
    return failure instanceof HttpFailure http
        ? StatusReader.read(http)
        : new ChatReply.Failed(Failure.UNREACHABLE, failure.what() + ". " + failure.advice(), null);
  }

  private ChatReply unread(HttpReply reply) {
    String text = reply.text();
    Optional<ObjectNode> body = Json.readObject(text);
    if (text.isBlank()) {
      return unusable(Defect.EMPTY, "the reply has no body", Usage.NONE);
    }
    if (body.isEmpty()) {
      return failed("the reply is not JSON: " + text);
    }
    JsonNode error = body.get().path("error");
    if (error.isObject() || error.isTextual()) {
      return StatusReader.read(error.path("code").asInt(500), text, null);
    }
    Usage used = usage.read(null, reply.body().size());
    return switch (form.stop(body.get())) {
      case FILTERED -> unusable(Defect.REFUSED, "declined", used);
      case CUT -> unusable(Defect.TRUNCATED, "cut off at a limit of length", used);
      case MALFORMED -> unusable(Defect.MALFORMED_CALL, "the call could not be read", used);
      case UNKNOWN ->
          form.content(body.get()).isEmpty()
              ? unusable(Defect.EMPTY, "neither words nor calls", used)
              : unusable(Defect.TRUNCATED, "not known to be whole", used);
      case WHOLE ->
          form.content(body.get()).isEmpty()
              ? unusable(Defect.EMPTY, "neither words nor calls", used)
              : failed("LangChain4j could not read the reply: " + text);
    };
  }

  private static ChatReply unusable(Defect defect, String detail, Usage used) {
    return new ChatReply.Unusable(defect, detail, used);
  }

  private static ChatReply failed(String detail) {
    return new ChatReply.Failed(Failure.SERVER_ERROR, detail, null);
  }
}
