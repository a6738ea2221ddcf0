package org.supercargo.signer;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.supercargo.api.agent.AgentId;
import org.supercargo.signer.log.ResumeRecord;
import org.supercargo.signer.log.SigningLog;
import org.supercargo.signer.log.StopRecord;

/// Looks for stops, and writes down when one is seen first and when it is seen no more.
record Stops(StopSwitch files, SigningLog log, InstantSource clock) {

  /// The stop under which an agent's signatures fall now.
  Optional<Stop> of(AgentId agent) {
    return look(Optional.empty()).or(() -> look(Optional.of(agent)));
  }

  /// All that are in force.
  List<Stop> all(Collection<AgentId> agents) {
    return Stream.concat(Stream.of(Optional.<AgentId>empty()), agents.stream().map(Optional::of))
        .map(this::look)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Stop> look(Optional<AgentId> agent) {
    Optional<StopRecord> noted = log.stop(agent);
    if (noted.isEmpty() && !files.isEngaged(agent)) {
      return Optional.empty();
    }
    Optional<Stop> stop = files.state(agent);
    if (stop.isEmpty()) {
      log.append(new ResumeRecord(clock.instant(), agent.orElse(null)));
    } else if (noted.filter(each -> isSame(each, stop.get())).isEmpty()) {
      Stop seen = stop.get();
      log.append(
          new StopRecord(clock.instant(), seen.agent(), seen.by(), seen.at(), seen.reason()));
    }
    return stop;
  }

  private static boolean isSame(StopRecord noted, Stop stop) {
    return noted.by().equals(stop.by())
        && noted.since().equals(stop.at())
        && noted.reason().equals(stop.reason());
  }
}
