package org.supercargo.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.plan.Plan;
import org.supercargo.api.plan.Planner;
import org.supercargo.engine.action.Admission;
import org.supercargo.engine.action.Invocation;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// One pass over one goal: plan, admit, act, judge, execute, and plan again on what really
/// happened.
///
/// The code is deterministic but for the steps it takes through the [TickLog].
final class Tick {
  private static final int LONGEST_RESULT = 20_000;

  private final TickId id;
  private final AgentSpec spec;
  private final Planner planner;
  private final Admission admission;
  private final TickLog log;
  private final Function<IntentId, ActionResult> executor;
  private final MarketFacts market;
  private final Supplier<Optional<String>> alarms;
  private final Work work;
  private final InstantSource clock;
  private final Progress progress = new Progress();
  private final Set<Object> proposals = new HashSet<>();
  private int effects;
  private Outcome worst = Outcome.DONE;

  /// @param executor drives an admitted intent to its end
  /// @param alarms tells what keeps the agent from proposing anything
  Tick(
      TickId id,
      AgentSpec spec,
      Planner planner,
      Admission admission,
      TickLog log,
      Function<IntentId, ActionResult> executor,
      MarketFacts market,
      Supplier<Optional<String>> alarms,
      Work work,
      InstantSource clock) {
    this.id = id;
    this.spec = spec;
    this.planner = planner;
    this.admission = admission;
    this.log = log;
    this.executor = executor;
    this.market = market;
    this.alarms = alarms;
    this.work = work;
    this.clock = clock;
  }

  JournalEvent.TickEnded run(JournalEvent.TickStarted started) {
    log.decide(started);
    Instant until = clock.instant().plus(spec.limits().wallTime());
    while (true) {
      if (planner.modelCalls() >= spec.limits().modelCalls()) {
        return end(
            Outcome.LIMIT_REACHED,
            "The limit of " + spec.limits().modelCalls() + " model calls is reached.");
      }
      if (admission.isGoingInCircles()) {
        return end(Outcome.LIMIT_REACHED, "The planner keeps asking for the same thing.");
      }
      JournalEvent.TickEnded recorded = log.endingByClock();
      if (recorded != null) {
        return recorded;
      }
      if (log.isLive() && !clock.instant().isBefore(until)) {
        return end(Outcome.LIMIT_REACHED, "The time limit is reached.");
      }
      switch (planner.next()) {
        case Plan.Act act -> {
          if (!progress.made(perform(act.steps()))) {
            return end(
                Outcome.LIMIT_REACHED,
                "Nothing new came of the last " + Progress.MOST_IDLE_STEPS + " steps.");
          }
        }
        case Plan.Done done -> {
          boolean lost = effects == 0 && done.answer().startsWith(Instructions.NOT_UNDERSTOOD);
          return end(lost ? Outcome.NOT_UNDERSTOOD : worst, done.answer());
        }
        case Plan.NotMet unmet -> {
          return end(Outcome.NOT_MET, (unmet.answer() + "\nNot met: " + unmet.objection()).strip());
        }
        case Plan.Stuck stuck -> {
          Outcome outcome =
              ModelCalls.LIMITS.contains(stuck.reason())
                  ? Outcome.LIMIT_REACHED
                  : Outcome.MODEL_FAILED;
          return end(outcome, stuck.reason() + ": " + stuck.detail());
        }
      }
    }
  }

  private JournalEvent.TickEnded end(Outcome outcome, String text) {
    var ended = new JournalEvent.TickEnded(outcome, text);
    log.decide(ended);
    return ended;
  }

  /// Runs the steps of a plan in their order. Reads that follow each other run at the same time.
  ///
  /// @return what came of each
  private List<ActionResult> perform(List<ActionCall> steps) {
    var results = new ArrayList<ActionResult>();
    for (List<Admitted> group : groups(steps)) {
      try (var running = new ParallelReads(log, group.size() > 1)) {
        group.forEach(step -> running.add(() -> outcome(step)));
        for (int index = 0; index < group.size(); index++) {
          Admitted step = group.get(index);
          ActionResult result = perform(step, running.taker(index));
          planner.observe(step.call(), result);
          results.add(result);
        }
      }
    }
    return results;
  }

  /// A call and whether it may run.
  private record Admitted(ActionCall call, Admission.Decision decision) {
    boolean isRead() {
      return decision instanceof Admission.Decision.Admitted admitted
          && admitted.invocation().spec().kind() == ActionSpec.Kind.READ;
    }
  }

  private List<List<Admitted>> groups(List<ActionCall> steps) {
    var groups = new ArrayList<List<Admitted>>();
    boolean open = false;
    for (ActionCall call : steps) {
      var step = new Admitted(call, admission.admit(call));
      if (!open || !step.isRead()) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(step);
      open = step.isRead();
    }
    return groups;
  }

  private ActionResult perform(Admitted step, Supplier<JournalEvent.OfTick> outcome) {
    ActionCall call = step.call();
    return switch (step.decision()) {
      case Admission.Decision.Rejected rejected -> {
        log.decide(new JournalEvent.CallRejected(call, rejected.reason()));
        worsen(Outcome.REFUSED);
        planner.objected(call, rejected.objection());
        yield new ActionResult.Failed(rejected.reason());
      }
      case Admission.Decision.Admitted _ -> concluded(call, log.input(outcome));
    };
  }

  private ActionResult concluded(ActionCall call, JournalEvent.OfTick event) {
    if (event instanceof JournalEvent.IntentProposed proposed) {
      log.require(proposed.call().equals(call), event, call);
      return judge(proposed);
    }
    var returned = log.expect(JournalEvent.ActionReturned.class, event);
    log.require(returned.call().equals(call), event, call);
    ActionResult result = returned.result();
    if (result instanceof ActionResult.Failed) {
      worsen(Outcome.REFUSED);
    }
    return result;
  }

  private JournalEvent.OfTick outcome(Admitted step) {
    return switch (step.decision()) {
      case Admission.Decision.Admitted admitted -> outcome(step.call(), admitted.invocation());
      case Admission.Decision.Rejected rejected ->
          throw SupercargoException.bug("A rejected call ran: " + rejected.reason(), null);
    };
  }

  private JournalEvent.OfTick outcome(ActionCall call, Invocation invocation) {
    try {
      @Nullable Object value = invocation.run();
      if (invocation.spec().kind() == ActionSpec.Kind.EFFECT) {
        if (value instanceof Intent intent) {
          String alarm = alarm();
          return alarm == null
              ? new JournalEvent.IntentProposed(
                  call, new IntentId(id, effects), intent, invocation.origins())
              : new JournalEvent.ActionReturned(call, new ActionResult.Failed(alarm));
        }
        throw SupercargoException.bug("The action " + call.action() + " proposed nothing", null);
      }
      String text = String.valueOf(value);
      return new JournalEvent.ActionReturned(
          call,
          new ActionResult.Data(
              text.length() > LONGEST_RESULT ? text.substring(0, LONGEST_RESULT) : text,
              Provenance.TOOL));
    } catch (SupercargoException e) {
      return new JournalEvent.ActionReturned(
          call, new ActionResult.Failed((e.what() + ". " + e.advice()).strip()));
    }
  }

  private @Nullable String alarm() {
    return alarms
        .get()
        .map(what ->
            "Nothing is done until the owner has looked at an alarm: "
                + what
                + ". Stop here and report it.")
        .orElse(null);
  }

  private ActionResult judge(JournalEvent.IntentProposed proposed) {
    IntentId intentId = proposed.id();
    Intent intent = proposed.intent();
    log.require(intentId.equals(new IntentId(id, effects)), proposed, intentId);
    effects++;
    if (!proposals.add(sameness(intent))) {
      String reason =
          intent.summary()
              + " was proposed already in this run; it runs once. To repeat it, start another run.";
      log.decide(new JournalEvent.CallRejected(proposed.call(), reason));
      worsen(Outcome.REFUSED);
      return new ActionResult.Failed(reason);
    }
    var judged =
        log.expect(JournalEvent.IntentJudged.class, admitted(intentId, intent, proposed.origins()));
    Verdict again = spec.mandate().judge(intent, judged.facts());
    log.require(again.equals(judged.verdict()), judged, again);
    return switch (judged.verdict()) {
      case Verdict.Deny deny -> {
        worsen(Outcome.REFUSED);
        yield new ActionResult.Refused(deny.rule(), intent.summary() + ": " + deny.reason());
      }
      case Verdict.NeedsApproval _, Verdict.Allow _ -> conclude(intentId, intent);
    };
  }

  /// What makes two intents the same wish, however they were worded and whatever the quote of the
  /// moment was.
  private static Object sameness(Intent intent) {
    return switch (intent) {
      case Intent.Transfer transfer -> transfer;
      case Intent.Swap swap -> List.of(swap.sell(), swap.minimum().asset(), swap.venue());
      case Intent.Call call -> call;
      case Intent.Payment payment -> List.of(payment.host(), payment.resource());
      case Intent.Order order -> List.of(order.shop(), order.items(), order.shipTo());
    };
  }

  /// What the world says is read first: no transaction is held over a network.
  private JournalEvent.OfTick admitted(
      IntentId intentId, Intent intent, Map<Field, Provenance> origins) {
    MarketFacts.Observed observed =
        log.isLive() ? market.observe(intent) : new MarketFacts.Observed(null, List.of());
    return log.atomically(transaction -> admit(transaction, intentId, intent, origins, observed));
  }

  /// Judges and, if allowed, stores the intent and takes its budget: one transaction.
  private JournalEvent.IntentJudged admit(
      StoreTransaction transaction,
      IntentId intentId,
      Intent intent,
      Map<Field, Provenance> origins,
      MarketFacts.Observed observed) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Facts facts = new Judging(spec).facts(transaction, intent, observed, origins, Map.of(), now);
    Verdict verdict = spec.mandate().judge(intent, facts);
    switch (verdict) {
      case Verdict.Allow allow -> {
        transaction.insert(
            new StoredIntent(intentId, intent, allow.rule(), origins, IntentState.RESERVED, now));
        reserve(transaction, intentId, allow.reservations(), now);
      }
      case Verdict.NeedsApproval needs -> {
        transaction.insert(
            new StoredIntent(intentId, intent, needs.rule(), origins, IntentState.AWAITING, now));
        reserve(transaction, intentId, needs.reservations(), now);
      }
      case Verdict.Deny _ -> {}
    }
    return new JournalEvent.IntentJudged(intentId, facts, verdict);
  }

  private static void reserve(
      StoreTransaction transaction, IntentId id, List<Reservation> reservations, Instant now) {
    reservations.forEach(reservation -> transaction.reserve(id, reservation, now));
  }

  private ActionResult conclude(IntentId intentId, Intent intent) {
    JournalEvent.OfTick event =
        log.input(() -> new JournalEvent.IntentConcluded(intentId, executor.apply(intentId)));
    ActionResult result = log.expect(JournalEvent.IntentConcluded.class, event).result();
    if (result instanceof ActionResult.Settled) {
      work.settled(intent);
    }
    worsen(
        switch (result) {
          case ActionResult.Settled _, ActionResult.Data _ -> Outcome.DONE;
          case ActionResult.Refused _ -> Outcome.REFUSED;
          case ActionResult.Awaiting _ -> Outcome.AWAITING_APPROVAL;
          case ActionResult.Failed _ -> Outcome.FAILED;
          case ActionResult.Unresolved _ -> Outcome.UNRESOLVED;
        });
    return result;
  }

  private void worsen(Outcome outcome) {
    if (severity(outcome) > severity(worst)) {
      worst = outcome;
    }
  }

  private static int severity(Outcome outcome) {
    return switch (outcome) {
      case DONE -> 0;
      case NOT_UNDERSTOOD, REFUSED -> 1;
      case AWAITING_APPROVAL -> 2;
      case FAILED, NOT_MET -> 3;
      case UNRESOLVED -> 4;
      case MODEL_FAILED, LIMIT_REACHED -> 5;
    };
  }
}
