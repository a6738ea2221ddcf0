package org.supercargo.testkit.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What happened to whom, told only when somebody listens.
final class Story {
  /// @param agent empty for what happens to all
  private record Line(Instant at, String agent, String text) {}

  private final boolean told;
  private final WorldClock clock;
  private final List<Line> lines = new ArrayList<>();

  Story(boolean told, WorldClock clock) {
    this.told = told;
    this.clock = clock;
  }

  void tell(String agent, Supplier<String> text) {
    if (told) {
      lines.add(new Line(clock.instant(), agent, text.get()));
    }
  }

  /// What concerns one agent, oldest first.
  List<String> of(String agent) {
    return lines.stream()
        .filter(line -> line.agent().isEmpty() || line.agent().equals(agent))
        .map(line -> line.at().toString().substring(11) + "  " + line.text())
        .toList();
  }
}
