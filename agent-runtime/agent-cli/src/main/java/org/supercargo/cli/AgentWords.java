package org.supercargo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.agent.ModelBudget;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.Planning;
import org.supercargo.api.agent.StandingOrder;
import org.supercargo.api.agent.StandingOrder.Trigger;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.model.Privacy;
import org.supercargo.api.plan.Expectation;

/// What an agent does and how it plans, in plain words.
record AgentWords(AgentSpec spec) {
  /// @param line takes a word for the kind of line, and the line
  void tell(BiConsumer<String, String> line) {
    planning().forEach(each -> line.accept("planning", each));
    spec.goals().forEach(goal -> line.accept("goal", goal(goal)));
    spec.orders().forEach(order -> line.accept("order", order(order)));
  }

  private List<String> planning() {
    var lines = new ArrayList<String>();
    ModelSpec model = spec.model();
    if (!model.budget().equals(ModelBudget.NONE)) {
      lines.add("models may use at most " + budget(model.budget()));
    }
    if (model.privacy() != Privacy.PROVIDER) {
      lines.add("models need privacy " + model.privacy().name().toLowerCase(Locale.ROOT));
    }
    Planning planning = spec.planning();
    if (planning.divides()) {
      lines.add("it may divide a goal into reviewed parts");
    }
    if (planning.remembers()) {
      lines.add("it keeps notes from run to run");
    }
    return lines;
  }

  private static String budget(ModelBudget budget) {
    var parts = new ArrayList<String>();
    add(parts, budget.perRun(), "a run");
    add(parts, budget.perDay(), "a day");
    add(parts, budget.inAll(), "in all");
    budget.tokensPerRun().ifPresent(tokens -> parts.add(tokens + " tokens a run"));
    budget.tokensPerDay().ifPresent(tokens -> parts.add(tokens + " tokens a day"));
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, @Nullable Amount amount, String per) {
    if (amount != null) {
      parts.add(amount + " " + per);
    }
  }

  private static String goal(GoalSpec goal) {
    var words = new StringBuilder(goal.name()).append(": ").append(goal.goal().text());
    if (!goal.accept().isEmpty()) {
      words
          .append("; has to hold: ")
          .append(String.join(", ", goal.accept().stream().map(AgentWords::expectation).toList()));
    }
    return words.append(goal.offPeak() ? "; waits for the end of peak hours" : "").toString();
  }

  private static String expectation(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Paid paid -> paid.amount() + " paid to " + paid.payee().text();
      case Expectation.Swapped swapped -> swapped.sold() + " sold for " + swapped.bought();
      case Expectation.Answered answered -> "the answer says \"" + answered.words() + "\"";
      case Expectation.NothingElse _ -> "nothing else";
    };
  }

  private static String order(StandingOrder order) {
    String when =
        switch (order.trigger()) {
          case Trigger.Every every -> "every " + every.every() + " from " + every.first();
          case Trigger.AtPrice price ->
              "while one "
                  + price.asset().symbol()
                  + " is "
                  + (price.above() ? "at or above " : "at or below ")
                  + price.limit().toPlainString()
                  + " "
                  + price.unit().symbol();
          case Trigger.PrepaidBelow prepaid ->
              "while less than " + prepaid.below() + " is left at " + prepaid.host();
        };
    return order.name()
        + ": "
        + order.action().action()
        + " "
        + order.action().arguments()
        + ", "
        + when
        + ", "
        + order.most()
        + " times at most"
        + (order.until() == null ? "" : ", until " + order.until());
  }
}
