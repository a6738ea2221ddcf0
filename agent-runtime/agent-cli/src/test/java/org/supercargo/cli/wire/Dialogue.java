package org.supercargo.cli.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatRequest;

/// A conversation as it is read off a wire. Calls are numbered anew in the order in which they were
/// asked for, as the offline model numbers them: a wire's own ids are that wire's matter.
final class Dialogue {
  private final List<ChatMessage> messages = new ArrayList<>();
  private final List<String> users = new ArrayList<>();
  private final Map<String, ActionCall> calls = new HashMap<>();
  private boolean begun;

  void system(String text) {
    messages.add(new ChatMessage.Instructions(text));
  }

  /// What stands last before the model's first turn is the owner's goal; everything else that comes
  /// as a user's message is the runtime's.
  void user(String text) {
    if (begun) {
      messages.add(new ChatMessage.Notice(text));
    } else {
      users.add(text);
    }
  }

  /// A call of the model's.
  record Call(String id, String name, String arguments) {}

  void assistant(String text, List<Call> asked) {
    begin();
    var numbered = new ArrayList<ActionCall>();
    for (Call call : asked) {
      var known = new ActionCall("call-" + (calls.size() + 1), call.name(), call.arguments());
      Refusal.unless(calls.put(call.id(), known) == null, "the id " + call.id() + " is used twice");
      numbered.add(known);
    }
    messages.add(new ChatMessage.Assistant(text, null, numbered));
  }

  void result(String id, String text) {
    ActionCall call = Objects.requireNonNull(calls.get(id), "checked by the wire");
    messages.add(new ChatMessage.Result(call.id(), call.action(), text));
  }

  private void begin() {
    if (!begun) {
      begun = true;
      for (int index = 0; index < users.size(); index++) {
        String text = users.get(index);
        messages.add(
            index == users.size() - 1 ? new ChatMessage.Owner(text) : new ChatMessage.Notice(text));
      }
    }
  }

  ChatRequest request(List<ActionSpec> actions) {
    begin();
    return new ChatRequest("", messages, actions);
  }
}
