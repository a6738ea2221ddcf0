package org.supercargo.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;

/// A model that says what a test wrote down for it, and remembers what it was asked.
public final class ScriptedModel implements ModelBackend {
  private final String name;
  private final Script script;
  private final List<ChatRequest> requests = new ArrayList<>();

  private ScriptedModel(String name, Script script) {
    this.name = name;
    this.script = script;
  }

  /// Gives each reply once, in order, whatever is asked.
  public static ScriptedModel inOrder(ChatReply... replies) {
    List<Function<ChatRequest, ChatReply>> answers = new ArrayList<>();
    for (ChatReply reply : replies) {
      answers.add(_ -> reply);
    }
    return answering(answers);
  }

  /// Asks each function once, in order.
  public static ScriptedModel answering(List<Function<ChatRequest, ChatReply>> answers) {
    List<Function<ChatRequest, ChatReply>> script = List.copyOf(answers);
    return new ScriptedModel(
        "scripted",
        (request, before) -> {
          if (before >= script.size()) {
            throw ranOut(script.size(), request);
          }
          return script.get(before).apply(request);
        });
  }

  /// Gives the reply for the turn the conversation is in: the first reply to a conversation in
  /// which the model has said nothing yet, and so on. The same question always gets the same reply,
  /// so an agent that crashed may ask again.
  public static ScriptedModel byTurn(ChatReply... replies) {
    List<ChatReply> script = List.of(replies);
    return new ScriptedModel(
        "scripted",
        (request, _) -> {
          long turn =
              request.messages().stream().filter(ChatMessage.Assistant.class::isInstance).count();
          if (turn >= script.size()) {
            throw ranOut(script.size(), request);
          }
          return script.get((int) turn);
        });
  }

  private static AssertionError ranOut(int replies, ChatRequest request) {
    return new AssertionError(
        "The model's script has "
            + replies
            + " replies, and one more was asked for; the last message was: "
            + request.messages().getLast());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized ChatReply chat(ChatRequest request) {
    int before = requests.size();
    requests.add(request);
    return script.reply(request, before);
  }

  /// Everything that was asked so far, oldest first.
  public synchronized List<ChatRequest> requests() {
    return List.copyOf(requests);
  }

  @FunctionalInterface
  private interface Script {
    ChatReply reply(ChatRequest request, int before);
  }
}
