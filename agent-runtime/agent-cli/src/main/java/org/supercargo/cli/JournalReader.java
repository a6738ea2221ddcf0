package org.supercargo.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.engine.Journal;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.AgentStore;

/// Reads journals without writing to them.
final class JournalReader {
  private JournalReader() {}

  static Journal journal() {
    return new Journal(new DomainJson(), InstantSource.system(), record -> {});
  }

  static List<JournalRecord> records(AgentStore store, AgentId agent) {
    return store.read(view -> journal().records(view, agent));
  }

  /// The goal of every tick by number.
  static Map<Long, String> goals(AgentStore store, AgentId agent) {
    var goals = new TreeMap<Long, String>();
    for (JournalRecord record : records(store, agent)) {
      if (record.event() instanceof JournalEvent.TickStarted started) {
        goals.put(record.tick(), started.goal());
      }
    }
    return goals;
  }
}
