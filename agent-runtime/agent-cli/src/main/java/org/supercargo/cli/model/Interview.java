package org.supercargo.cli.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.Usage;

/// Puts one question to one model.
///
/// @param clock tells how long the reply took
public record Interview(PracticeGround ground, InstantSource clock) {
  private static final String INSTRUCTIONS =
      """
      You work for an owner. If a task can be done with the actions on offer, call them, with
      exactly what the owner said. If something an action needs was not said, do not guess and do
      not call it: ask the owner for it in one sentence. Otherwise answer in words, as briefly as
      the owner wants it.\
      """;

  /// One call and what it took.
  public record Exchange(Turn turn, Usage used, Duration latency) {}

  Exchange ask(ModelBackend backend, String model, Effort effort, Question question) {
    var request =
        new ChatRequest(
            model, messages(question), question.actions(), ChatOptions.DEFAULT.withEffort(effort));
    long began = clock.millis();
    ChatReply reply = backend.chat(request);
    var latency = Duration.ofMillis(Math.max(0, clock.millis() - began));
    return new Exchange(Turn.of(ground, question, reply), reply.used(), latency);
  }

  private static List<ChatMessage> messages(Question question) {
    return List.of(
        new ChatMessage.Instructions(INSTRUCTIONS), new ChatMessage.Owner(question.ask()));
  }

  /// Bytes of the request, roughly.
  static long promptBytes(Question question) {
    return (long) INSTRUCTIONS.getBytes(StandardCharsets.UTF_8).length
        + question.ask().getBytes(StandardCharsets.UTF_8).length
        + question.actions().toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
