package org.supercargo.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.Usage;

/// A planner that asks for what the goal names, in any order, and now and then for the same again.
final class SimulatedModel implements ModelBackend {
  private final Captain captain;
  private final World world;

  SimulatedModel(World world, Captain captain) {
    this.world = world;
    this.captain = captain;
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    long replies =
        request.messages().stream().filter(ChatMessage.Assistant.class::isInstance).count();
    String goal = ((ChatMessage.Owner) request.messages().get(1)).text();
    List<Wish> wishes = captain.wishes(goal);
    if (replies > 1 || (replies == 1 && world.chance.below(8) > 0)) {
      return new ChatReply.Answer("That is all.", null, Usage.NONE);
    }
    List<ActionCall> calls = new ArrayList<>();
    if (replies == 0) {
      for (Wish wish : wishes) {
        calls.add(world.chance.below(calls.size() + 1), call(wish));
      }
    } else {
      calls.add(call(wishes.get(world.chance.below(wishes.size()))));
    }
    return new ChatReply.Calls("", null, calls, Usage.NONE);
  }

  private ActionCall call(Wish wish) {
    return wish.call("w" + wish.number, wish.sells ? world.minimum(wish.amount) : "");
  }
}
