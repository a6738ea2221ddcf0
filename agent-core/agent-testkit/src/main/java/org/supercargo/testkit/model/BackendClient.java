package org.supercargo.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;

/// A [ModelBackend] with the plainest loop around it.
public final class BackendClient implements ModelClient {
  private final Function<Scene, ModelBackend> backends;

  /// @param backends makes the backend for a scene
  public BackendClient(Function<Scene, ModelBackend> backends) {
    this.backends = backends;
  }

  @Override
  public Observed run(Scene scene, Actions actions) {
    ModelBackend backend = backends.apply(scene);
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(new ChatMessage.Instructions(ModelTask.INSTRUCTIONS));
    messages.add(new ChatMessage.Owner(ModelTask.QUESTION));
    long cached = 0;
    for (int round = 0; round < ModelTask.MOST_ROUNDS; round++) {
      ChatReply reply =
          backend.chat(new ChatRequest("", messages, ModelTask.actions(), scene.options()));
      cached += reply.used().cached();
      switch (reply) {
        case ChatReply.Answer answer -> {
          return Observed.answered(answer.text(), cached);
        }
        case ChatReply.Unusable(var defect, String detail, var usage) -> {
          return Observed.reported(defect, detail);
        }
        case ChatReply.Failed(var failure, String detail, var wait) -> {
          return Observed.reported(failure, detail);
        }
        case ChatReply.Calls calls -> {
          messages.add(new ChatMessage.Assistant(calls.text(), calls.reasoning(), calls.calls()));
          calls
              .calls()
              .forEach(call ->
                  messages.add(
                      new ChatMessage.Result(
                          call.id(), call.action(), actions.run(call.action(), call.arguments()))));
        }
      }
    }
    return Observed.threw(new IllegalStateException("no answer after all rounds"));
  }
}
