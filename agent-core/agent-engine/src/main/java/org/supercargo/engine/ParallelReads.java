package org.supercargo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.journal.JournalEvent;

/// Runs reads that do not wait for each other at the same time, and hands out what came of them in
/// their order, so that the record is the same whichever was faster.
final class ParallelReads implements AutoCloseable {
  private final TickLog log;
  private final boolean parallel;
  private final List<FutureTask<JournalEvent.OfTick>> reads = new ArrayList<>();
  private boolean started;

  /// @param parallel false to run each where it is taken
  ParallelReads(TickLog log, boolean parallel) {
    this.log = log;
    this.parallel = parallel;
  }

  void add(Supplier<JournalEvent.OfTick> read) {
    reads.add(new FutureTask<>(read::get));
  }

  /// Gives the outcome of one, once. Nothing runs before the first is taken; what is on record is
  /// never taken.
  Supplier<JournalEvent.OfTick> taker(int index) {
    return () -> {
      if (!parallel) {
        reads.get(index).run();
      } else if (!started && log.isLive()) {
        started = true;
        for (FutureTask<JournalEvent.OfTick> read : reads.subList(index, reads.size())) {
          Thread.ofVirtual().name("read").start(read);
        }
      }
      return outcome(reads.get(index));
    };
  }

  private static JournalEvent.OfTick outcome(FutureTask<JournalEvent.OfTick> read) {
    try {
      return read.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SupercargoException.transientFailure(
          "The run was interrupted while it read", "Run the agent again; it goes on.", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw SupercargoException.bug("A read failed without a reason", e);
      }
    }
  }

  @Override
  public void close() {
    reads.forEach(read -> read.cancel(true));
  }
}
