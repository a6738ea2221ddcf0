package org.supercargo.testkit.engine;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreView;

/// A store whose journal somebody changed.
final class AlteredStore extends ForwardedStore {
  private final AgentStore store;
  private final UnaryOperator<List<JournalRow>> change;

  AlteredStore(AgentStore store, UnaryOperator<List<JournalRow>> change) {
    super(store);
    this.store = store;
    this.change = change;
  }

  @Override
  public <T> T read(Function<StoreView, T> work) {
    return store.read(view -> work.apply(new View(view, change)));
  }

  private static final class View extends ForwardedView {
    private final UnaryOperator<List<JournalRow>> change;

    View(StoreView view, UnaryOperator<List<JournalRow>> change) {
      super(view);
      this.change = change;
    }

    @Override
    public List<JournalRow> journal(AgentId agent, long after, int limit) {
      return change.apply(super.journal(agent, after, limit));
    }

    @Override
    public List<JournalRow> journalOfTick(AgentId agent, long tick) {
      return change.apply(super.journalOfTick(agent, tick));
    }
  }
}
