package org.supercargo.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.StoreTransaction;

/// The spine of a tick: every step is one event. While recorded events last they are used instead
/// of doing the step again; after that, steps are done and recorded.
///
/// Resuming after a crash and replaying offline are therefore the same code as running.
abstract class TickLog {
  private final DomainJson json;
  private final List<JournalEvent.OfTick> recorded;
  private int next;

  TickLog(DomainJson json, List<JournalEvent.OfTick> recorded) {
    this.json = json;
    this.recorded = List.copyOf(recorded);
  }

  /// What makes the tick a standing order's. Its record alone does: a goal may say anything.
  Optional<JournalEvent.OrderChecked> order() {
    return recorded.size() > 1 && recorded.get(1) instanceof JournalEvent.OrderChecked checked
        ? Optional.of(checked)
        : Optional.empty();
  }

  /// Whether every recorded event was read.
  boolean isAtEnd() {
    return next >= recorded.size();
  }

  /// Whether the next step will be done rather than read.
  boolean isLive() {
    return isAtEnd();
  }

  /// A step whose outcome comes from outside: done once, then remembered.
  JournalEvent.OfTick input(Supplier<JournalEvent.OfTick> step) {
    return isAtEnd() ? record(step) : take();
  }

  /// A step that also writes to the store, in the same transaction as its event.
  JournalEvent.OfTick atomically(Function<StoreTransaction, JournalEvent.OfTick> step) {
    return isAtEnd() ? recordWith(step) : take();
  }

  /// A step that follows from what is recorded: computed every time, and compared.
  void decide(JournalEvent.OfTick computed) {
    if (isAtEnd()) {
      record(() -> computed);
      return;
    }
    int event = next + 1;
    JournalEvent.OfTick before = take();
    if (!before.equals(computed)) {
      throw new DivergenceException(event, json.write(before), json.write(computed));
    }
  }

  /// Takes `event` as the given type, or reports that the code expected another.
  <E extends JournalEvent.OfTick> E expect(Class<E> type, JournalEvent.OfTick event) {
    if (!type.isInstance(event)) {
      throw new DivergenceException(next, json.write(event), "a " + type.getSimpleName());
    }
    return type.cast(event);
  }

  /// Refuses to go on when a value computed from a recorded event differs from it.
  void require(boolean same, JournalEvent.OfTick event, Object computed) {
    if (!same) {
      throw new DivergenceException(next, json.write(event), json.write(computed));
    }
  }

  /// That the event taken last and the code disagree, in words.
  DivergenceException divergence(String difference) {
    return new DivergenceException(next, difference);
  }

  /// The recorded end of the tick, if a limit ended it here. Time is the one limit a replay cannot
  /// compute; that the others would have ended it elsewhere shows as a difference later.
  JournalEvent.@Nullable TickEnded endingByClock() {
    if (!isAtEnd()
        && recorded.get(next) instanceof JournalEvent.TickEnded ended
        && ended.outcome() == JournalEvent.Outcome.LIMIT_REACHED) {
      next++;
      return ended;
    }
    return null;
  }

  private JournalEvent.OfTick take() {
    return recorded.get(next++);
  }

  abstract JournalEvent.OfTick record(Supplier<JournalEvent.OfTick> step);

  abstract JournalEvent.OfTick recordWith(Function<StoreTransaction, JournalEvent.OfTick> step);
}
