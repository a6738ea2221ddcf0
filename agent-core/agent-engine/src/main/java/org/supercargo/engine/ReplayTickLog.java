package org.supercargo.engine;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.StoreTransaction;

/// A tick that is only read: where the record ends, the replay ends.
final class ReplayTickLog extends TickLog {
  /// The record ends before the tick does.
  static final class EndOfRecord extends SupercargoException {
    private static final long serialVersionUID = 1L;

    EndOfRecord() {
      super(
          Category.EXTERNAL,
          "The record ends before the tick does",
          "The tick was interrupted; run the agent to let it finish.",
          null);
    }
  }

  ReplayTickLog(DomainJson json, List<JournalEvent.OfTick> recorded) {
    super(json, recorded);
  }

  /// Never: where the record ends, nothing may be asked, waited for or done.
  @Override
  boolean isLive() {
    return false;
  }

  @Override
  JournalEvent.OfTick record(Supplier<JournalEvent.OfTick> step) {
    throw new EndOfRecord();
  }

  @Override
  JournalEvent.OfTick recordWith(Function<StoreTransaction, JournalEvent.OfTick> step) {
    throw new EndOfRecord();
  }
}
