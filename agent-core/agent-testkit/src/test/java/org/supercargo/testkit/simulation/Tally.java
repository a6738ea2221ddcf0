package org.supercargo.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What happened how often.
final class Tally {
  /// What is counted besides faults.
  enum Count {
    WORLDS,
    WISHES,
    TICKS,
    INTENTS,
    SETTLED,
    FAILED,
    REFUSED,
    DENIED,
    APPROVED,
    VETOED,
    SIGNATURES,
    DEATHS,
    PROCESSES,
    TAKEOVERS,
    RECOVERED,
    WRITES
  }

  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private long fingerprint;

  void add(Count count, long more) {
    counts.merge(count, more, Long::sum);
  }

  void add(Count count) {
    add(count, 1);
  }

  void add(Chance chance) {
    for (Fault fault : Fault.values()) {
      faults.merge(fault, (long) chance.count(fault), Long::sum);
    }
  }

  void add(Tally other) {
    other.counts.forEach(this::add);
    other.faults.forEach((fault, more) -> faults.merge(fault, more, Long::sum));
    mix(other.fingerprint);
  }

  /// Takes something into the fingerprint, so that two runs of one seed can be compared.
  void mix(long value) {
    fingerprint = fingerprint * 0x9E3779B97F4A7C15L + value;
  }

  long fingerprint() {
    return fingerprint;
  }

  long get(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  long get(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
            .map(entry ->
                entry.getKey().name().toLowerCase(java.util.Locale.ROOT) + " " + entry.getValue())
            .collect(Collectors.joining(", "))
        + "\nfaults: "
        + faults.entrySet().stream()
            .map(entry ->
                entry.getKey().name().toLowerCase(java.util.Locale.ROOT) + " " + entry.getValue())
            .collect(Collectors.joining(", "))
        + "\nfingerprint: "
        + Long.toHexString(fingerprint);
  }
}
