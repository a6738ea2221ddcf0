package org.supercargo.proof.planner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.Usage;

/// A model that has been taken over: it asks for whatever the attacker wants, in the attacker's
/// words.
final class ObedientModel implements ModelBackend {
  private static final Usage USAGE = new Usage(10, 10, 0, 0, Amount.zero(Asset.USD));

  private final Deque<List<ActionCall>> wishes = new ArrayDeque<>();

  void wish(List<ActionCall> calls) {
    wishes.add(calls);
  }

  @Override
  public String name() {
    return "obedient";
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    List<ActionCall> next = wishes.poll();
    return next == null
        ? new ChatReply.Answer("done", null, USAGE)
        : new ChatReply.Calls("", null, next, USAGE);
  }
}
