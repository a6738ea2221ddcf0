package org.supercargo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;

/// Runs recorded ticks again from the journal alone: the recorded model replies, action results and
/// facts go in, and every decision must come out as it was recorded.
public final class Replay {
  private final AgentFile file;
  private final Wiring wiring;
  private final DomainJson json = new DomainJson();
  private final Journal journal;

  /// @param wiring its store is read; its model, signer and chains are never called
  public Replay(AgentFile file, Wiring wiring) {
    this.file = file;
    this.wiring = wiring;
    this.journal = new Journal(json, wiring.clock(), wiring.listener());
  }

  /// What came of replaying one tick.
  ///
  /// @param events how many recorded events were walked
  /// @param difference empty when every decision was the same
  public record TickReplay(TickId tick, String goal, int events, String difference) {
    public boolean isIdentical() {
      return difference.isEmpty();
    }
  }

  /// Replays every tick of the agent.
  public List<TickReplay> all() {
    AgentSpec spec = file.spec();
    long last = wiring.store().read(view -> view.lastTick(spec.id()));
    var replays = new ArrayList<TickReplay>();
    for (long number = 1; number <= last; number++) {
      replays.add(one(new TickId(spec.id(), number)));
    }
    return replays;
  }

  private TickReplay one(TickId tick) {
    List<JournalEvent.OfTick> events;
    try {
      events = wiring.store().read(view -> journal.eventsOfTick(view, tick.agent(), tick.number()));
    } catch (SupercargoException e) {
      return new TickReplay(tick, "", 0, e.what());
    }
    if (events.isEmpty() || !(events.getFirst() instanceof JournalEvent.TickStarted started)) {
      return new TickReplay(tick, "", events.size(), "the tick has no beginning");
    }
    if (!started.agentFile().equals(file.digest())) {
      return new TickReplay(
          tick,
          started.goal(),
          events.size(),
          "it was made under another version of the agent file");
    }
    var log = new ReplayTickLog(json, events);
    try {
      AgentRuntime.assemble(
              tick,
              new Goal(started.goal()),
              log,
              file.spec(),
              wiring,
              new Bookkeeper(tick.agent(), wiring.clock()),
              json,
              new MarketFacts(file.spec(), wiring.chains(), Map.of(), List.of()),
              Optional::empty,
              intent -> {
                throw SupercargoException.bug("A replay executed " + intent, null);
              })
          .run(started);
      return new TickReplay(
          tick,
          started.goal(),
          events.size(),
          log.isAtEnd() ? "" : "the record goes on after the tick ended");
    } catch (SupercargoException e) {
      return new TickReplay(tick, started.goal(), events.size(), e.what());
    }
  }
}
