package org.supercargo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.agent.Planning;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.plan.Plan;
import org.supercargo.api.plan.Planner;
import org.supercargo.api.plan.SubGoal;
import org.supercargo.engine.json.DomainJson;

/// Plans by asking language models. What they say is reviewed before it counts as done: the whole
/// goal against what its owner stated and what really settled, a part of it by a model; only what
/// was found wanting is done again.
final class ModelPlanner implements Planner {
  private final Goal goal;
  private final Planning planning;
  private final Acceptance acceptance;
  private final ModelCalls models;
  private final TickLog log;
  private final Work work;
  private final Recollection memory;
  private final Conversation conversation;
  private final ActionOffer actions;
  private final PartReview review;
  private final List<String> happened = new ArrayList<>();
  private @Nullable Division division;
  private boolean begun;
  private int reruns;

  ModelPlanner(
      AgentSpec spec,
      Goal goal,
      List<ActionSpec> actions,
      ModelCalls models,
      TickLog log,
      Work work,
      Recollection memory,
      DomainJson json) {
    this.goal = goal;
    this.planning = spec.planning();
    this.acceptance =
        new Acceptance(
            spec.goals().stream()
                .filter(named -> named.goal().equals(goal))
                .findFirst()
                .map(GoalSpec::accept)
                .orElse(List.of()));
    this.models = models;
    this.log = log;
    this.work = work;
    this.memory = memory;
    this.conversation = new Conversation(json);
    this.actions = new ActionOffer(actions, own(planning), goal.text(), planning.mostActions());
    this.review = new PartReview(models, json, goal);
    conversation.add(new ChatMessage.Instructions(Instructions.of(spec)));
  }

  private static List<ActionSpec> own(Planning planning) {
    var own = new ArrayList<ActionSpec>();
    if (planning.divides()) {
      own.add(OwnActions.divideGoal());
    }
    if (planning.remembers()) {
      own.add(OwnActions.remember());
    }
    return own;
  }

  @Override
  public int modelCalls() {
    return models.calls();
  }

  @Override
  public Plan next() {
    begin();
    while (true) {
      switch (models.ask(conversation, actions.offered(), false)) {
        case ModelCalls.Answer.None none -> {
          return new Plan.Stuck(none.cause(), none.detail());
        }
        case ModelCalls.Answer.Usable(ChatReply.Answer answer) -> {
          conversation.add(new ChatMessage.Assistant(answer.text(), answer.reasoning(), List.of()));
          Optional<Plan> plan = reviewed(answer.text());
          if (plan.isPresent()) {
            return plan.get();
          }
        }
        case ModelCalls.Answer.Usable(ChatReply.Calls wanted) -> {
          conversation.add(
              new ChatMessage.Assistant(wanted.text(), wanted.reasoning(), wanted.calls()));
          wanted.calls().stream().filter(this::isOwn).forEach(this::carryOut);
          List<ActionCall> steps = wanted.calls().stream().filter(call -> !isOwn(call)).toList();
          if (!steps.isEmpty()) {
            return new Plan.Act(steps);
          }
        }
        case ModelCalls.Answer.Usable _ ->
            throw SupercargoException.bug("An unusable reply was used", null);
      }
    }
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    String notes = planning.remembers() ? memory.recall(goal.text()) : "";
    if (!notes.isEmpty()) {
      conversation.add(new ChatMessage.Notice(notes));
    }
    conversation.add(new ChatMessage.Owner(goal.text()));
  }

  /// Checks work that the model says is done.
  ///
  /// @return empty when there is more to do
  private Optional<Plan> reviewed(String answer) {
    Division parts = division;
    if (parts != null && !parts.isOver()) {
      reviewPart(parts, answer);
      return Optional.empty();
    }
    Optional<String> objection =
        acceptance.isStated() ? acceptance.objection(work.settled(), answer) : Optional.empty();
    if (acceptance.isStated()) {
      log.decide(new JournalEvent.WorkReviewed("", "facts", objection.orElse("")));
    }
    if (objection.isPresent() && again(objection.get())) {
      return Optional.empty();
    }
    String missing = objection.orElse(parts == null ? "" : String.join("; ", parts.unmet()));
    return Optional.of(
        missing.isEmpty() ? new Plan.Done(answer) : new Plan.NotMet(answer, missing));
  }

  private void reviewPart(Division parts, String answer) {
    SubGoal part = parts.current();
    String objection = review.objection(part, happened, answer);
    log.decide(new JournalEvent.WorkReviewed(part.name(), "model", objection));
    if (!objection.isEmpty() && again(objection)) {
      return;
    }
    parts.finish(objection);
    reruns = 0;
    happened.clear();
    conversation.add(new ChatMessage.Notice(parts.instruction()));
  }

  /// Has what was found wanting done again, if that was not done too often.
  private boolean again(String objection) {
    if (reruns >= planning.reruns()) {
      return false;
    }
    reruns++;
    models.escalate("review: " + objection);
    conversation.add(
        new ChatMessage.Notice(
            "A check of what really happened found: "
                + objection
                + ". Do only what is still missing; what has settled stays done and is never repeated."
                + " If it cannot be done, say so."));
    return true;
  }

  private boolean isOwn(ActionCall call) {
    return OwnActions.ALL.contains(call.action()) && actions.has(call.action());
  }

  private void carryOut(ActionCall call) {
    String result =
        switch (call.action()) {
          case OwnActions.REMEMBER -> memory.write(OwnActions.argument(call.arguments(), "note"));
          case OwnActions.FIND_ACTIONS ->
              actions.find(OwnActions.argument(call.arguments(), "words"));
          default -> divide(OwnActions.argument(call.arguments(), "parts"));
        };
    conversation.add(new ChatMessage.Result(call.id(), call.action(), result));
  }

  private String divide(String text) {
    if (division != null || !happened.isEmpty()) {
      return "A goal is divided once, before anything else is done.";
    }
    List<SubGoal> parts;
    try {
      parts = Division.read(text);
    } catch (SupercargoException e) {
      return "Not divided: " + e.what() + ". " + e.advice();
    }
    log.decide(new JournalEvent.GoalDivided(parts));
    var divided = new Division(parts);
    division = divided;
    return divided.instruction();
  }

  @Override
  public void observe(ActionCall step, ActionResult result) {
    String told = told(result);
    happened.add(step.action() + " " + step.arguments() + ": " + told);
    conversation.add(new ChatMessage.Result(step.id(), step.action(), told));
  }

  private static String told(ActionResult result) {
    return switch (result) {
      case ActionResult.Data data -> data.text();
      case ActionResult.Settled settled -> "Settled: " + settled.text();
      case ActionResult.Refused refused ->
          "Refused by \"" + refused.rule() + "\": " + refused.text();
      case ActionResult.Failed failed -> "Failed: " + failed.text();
      case ActionResult.Awaiting awaiting ->
          "Waits for people, and goes on without you: " + awaiting.text();
      case ActionResult.Unresolved unresolved -> "Not known yet: " + unresolved.text();
    };
  }

  @Override
  public void objected(ActionCall step, Objection objection) {
    switch (objection) {
      case UNKNOWN_ACTION, MALFORMED -> models.escalate(objection + " " + step.action());
      case MEANINGLESS -> {}
      case REPEAT -> {
        models.escalate("repeats " + step.action());
        int removed = conversation.removeRepeats(step);
        if (removed > 0) {
          log.decide(
              new JournalEvent.RepeatsRemoved(removed, "the same " + step.action() + " again"));
        }
      }
    }
  }
}
