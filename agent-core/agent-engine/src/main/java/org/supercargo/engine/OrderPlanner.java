package org.supercargo.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.StandingOrder;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.plan.Plan;
import org.supercargo.api.plan.Planner;

/// Plans what the owner wrote down as a standing order: its one call, and nothing more. Asks no
/// model.
final class OrderPlanner implements Planner {
  /// What the record of an order's tick says in place of a model.
  static final String NO_MODEL = "none";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StandingOrder order;
  private final Goal goal;
  private final TickLog log;
  private boolean began;
  private @Nullable ActionResult result;

  /// @param goal what is recorded as the tick's; has to be the order's own words
  OrderPlanner(AgentSpec spec, JournalEvent.OrderChecked checked, Goal goal, TickLog log) {
    this.order =
        spec.orders().stream()
            .filter(each -> each.name().equals(checked.order()))
            .findFirst()
            .orElseThrow(() ->
                SupercargoException.external(
                    "The record has an order \""
                        + checked.order()
                        + "\", and the agent file has none of that name",
                    "Look at the journal; it may have been changed.",
                    null));
    this.goal = goal;
    this.log = log;
  }

  /// An order in the owner's words. Its arguments are among them, so that what is read of them has
  /// the owner's provenance; commas keep the words of two arguments apart.
  static Goal words(StandingOrder order) {
    return new Goal(
        "standing order " + order.name() + ": " + order.action().action() + arguments(order));
  }

  private static String arguments(StandingOrder order) {
    String text = order.action().arguments();
    try {
      JsonNode arguments = JSON.readTree(text);
      return arguments.properties().stream()
          .map(each -> ", " + each.getKey() + ": " + words(each.getValue()))
          .collect(Collectors.joining());
    } catch (JsonProcessingException e) {
      // What it may mean is for the admission to say.
      return ", " + text;
    }
  }

  private static String words(JsonNode argument) {
    return argument.isTextual() ? argument.asText() : argument.toString();
  }

  @Override
  public Plan next() {
    if (!began) {
      began = true;
      check();
      return new Plan.Act(List.of(order.action()));
    }
    return new Plan.Done("Standing order " + order.name() + ": " + outcome());
  }

  /// Takes the event that made this the order's tick. It was stored with the tick's beginning.
  private void check() {
    JournalEvent.OfTick event =
        log.input(() -> {
          throw SupercargoException.bug("Order " + order.name() + " was not checked", null);
        });
    var checked = log.expect(JournalEvent.OrderChecked.class, event);
    log.require(
        checked.due(),
        event,
        new JournalEvent.OrderChecked(order.name(), checked.price(), true, checked.reason()));
    if (!goal.equals(words(order))) {
      throw log.divergence(
          "the goal is \"" + goal.text() + "\", the order's is \"" + words(order).text() + "\"");
    }
  }

  @Override
  public void observe(ActionCall step, ActionResult result) {
    this.result = result;
  }

  private String outcome() {
    return switch (result) {
      case null -> "nothing came of it";
      case ActionResult.Data data -> data.text();
      case ActionResult.Settled settled -> settled.text();
      case ActionResult.Refused refused ->
          "refused by \"" + refused.rule() + "\": " + refused.text();
      case ActionResult.Failed failed -> failed.text();
      case ActionResult.Awaiting awaiting -> "waits for people: " + awaiting.text();
      case ActionResult.Unresolved unresolved -> "not known yet: " + unresolved.text();
    };
  }
}
