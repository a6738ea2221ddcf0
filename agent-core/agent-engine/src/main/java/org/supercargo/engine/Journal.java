package org.supercargo.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// Writes and reads an agent's hash-chained record.
public final class Journal {
  /// The hash before the first record.
  static final String GENESIS = "0".repeat(64);

  private static final int PAGE = 500;

  private final DomainJson json;
  private final InstantSource clock;
  private final Consumer<JournalRecord> listener;

  /// @param listener sees every record as it is written, before its transaction commits
  public Journal(DomainJson json, InstantSource clock, Consumer<JournalRecord> listener) {
    this.json = json;
    this.clock = clock;
    this.listener = listener;
  }

  /// Appends an event in the caller's transaction.
  ///
  /// @param tick 0 outside a tick
  void append(StoreTransaction transaction, AgentId agent, long tick, JournalEvent event) {
    Optional<JournalRow> last = transaction.lastJournalRow(agent);
    long sequence = last.map(JournalRow::sequence).orElse(0L) + 1;
    // Milliseconds, which every store keeps exactly: what is hashed must be what is read back.
    Instant at = Instant.ofEpochMilli(clock.millis());
    String type = event.getClass().getSimpleName();
    String payload = json.write(event);
    String previous = last.map(JournalRow::hash).orElse(GENESIS);
    var row =
        new JournalRow(
            agent,
            sequence,
            tick,
            at,
            type,
            payload,
            hash(previous, agent, sequence, tick, at, type, payload));
    transaction.append(row);
    listener.accept(new JournalRecord(agent, sequence, tick, at, event, row.hash()));
  }

  /// All records of an agent, oldest first.
  public List<JournalRecord> records(StoreView view, AgentId agent) {
    var records = new ArrayList<JournalRecord>();
    for (List<JournalRow> page = view.journal(agent, 0, PAGE); !page.isEmpty(); ) {
      page.forEach(row -> records.add(record(row)));
      page = view.journal(agent, page.getLast().sequence(), PAGE);
    }
    return records;
  }

  /// The events of an agent's newest records, oldest first.
  List<JournalEvent> recent(StoreView view, AgentId agent, int most) {
    long last = view.lastJournalRow(agent).map(JournalRow::sequence).orElse(0L);
    return view.journal(agent, Math.max(0, last - most), most).stream()
        .map(row -> record(row).event())
        .toList();
  }

  /// The events of one tick's own code, in order.
  List<JournalEvent.OfTick> eventsOfTick(StoreView view, AgentId agent, long tick) {
    return view.journalOfTick(agent, tick).stream()
        .map(row -> record(row).event())
        .filter(JournalEvent.OfTick.class::isInstance)
        .map(JournalEvent.OfTick.class::cast)
        .toList();
  }

  /// What happened to the transactions of one tick, in order.
  List<JournalEvent.OfExecution> executionEvents(StoreView view, AgentId agent, long tick) {
    return view.journalOfTick(agent, tick).stream()
        .map(row -> record(row).event())
        .filter(JournalEvent.OfExecution.class::isInstance)
        .map(JournalEvent.OfExecution.class::cast)
        .toList();
  }

  private JournalRecord record(JournalRow row) {
    return new JournalRecord(
        row.agent(),
        row.sequence(),
        row.tick(),
        row.at(),
        json.read(row.payload(), JournalEvent.class),
        row.hash());
  }

  /// Where a journal does not hang together.
  ///
  /// @param sequence of the first record that was changed, removed or inserted
  public record Break(long sequence, String reason) {}

  /// What a verification found.
  ///
  /// @param records how many were read
  /// @param head hash of the last record that hangs together; compare it with a copy kept elsewhere
  ///   to notice a journal that was cut short or rewritten as a whole
  public record Verification(long records, String head, Optional<Break> broken) {}

  /// Recomputes every hash.
  public Verification verify(StoreView view, AgentId agent) {
    String previous = GENESIS;
    long expected = 1;
    for (List<JournalRow> page = view.journal(agent, 0, PAGE); !page.isEmpty(); ) {
      for (JournalRow row : page) {
        if (row.sequence() != expected) {
          return new Verification(
              expected - 1,
              previous,
              Optional.of(new Break(expected, "record " + expected + " is missing")));
        }
        String hash =
            hash(previous, agent, expected, row.tick(), row.at(), row.type(), row.payload());
        if (!hash.equals(row.hash())) {
          return new Verification(
              expected - 1,
              previous,
              Optional.of(
                  new Break(
                      expected, "record " + expected + " does not have the hash of its content")));
        }
        previous = hash;
        expected++;
      }
      page = view.journal(agent, expected - 1, PAGE);
    }
    return new Verification(expected - 1, previous, Optional.empty());
  }

  private static String hash(
      String previous,
      AgentId agent,
      long sequence,
      long tick,
      Instant at,
      String type,
      String payload) {
    return new Digest()
        .add(previous)
        .add(agent.value())
        .add(Long.toString(sequence))
        .add(Long.toString(tick))
        .add(at.toString())
        .add(type)
        .add(payload)
        .hex();
  }
}
