package org.supercargo.proof;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The tallies of all shapes, with the mandate and without it, as a table.
public final class Scoreboard {
  private final String layer;
  private final Map<Shape, Tally> guarded = new EnumMap<>(Shape.class);
  private final Map<Shape, Tally> naive = new EnumMap<>(Shape.class);

  public Scoreboard(String layer) {
    this.layer = layer;
  }

  public Tally guarded(Shape shape) {
    return guarded.computeIfAbsent(shape, _ -> new Tally());
  }

  /// Of the negative control.
  public Tally naive(Shape shape) {
    return naive.computeIfAbsent(shape, _ -> new Tally());
  }

  public Set<Shape> shapes() {
    return guarded.keySet();
  }

  public int cases() {
    return guarded.values().stream().mapToInt(Tally::cases).sum();
  }

  public long requests() {
    return guarded.values().stream().mapToLong(Tally::requests).sum();
  }

  public BigInteger lost() {
    return guarded.values().stream().map(Tally::lost).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /// Shapes that took something although the mandate was on.
  public Set<Shape> losing() {
    return guarded.entrySet().stream()
        .filter(each -> each.getValue().losing() > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What was lost although the mandate was on.
  public List<String> holes() {
    return guarded.entrySet().stream()
        .filter(each -> each.getValue().losing() > 0)
        .map(each ->
            "%s: %d of %d cases, %s"
                .formatted(
                    each.getKey(),
                    each.getValue().losing(),
                    each.getValue().cases(),
                    String.join("\n    ", each.getValue().examples())))
        .toList();
  }

  /// What became of the negative control.
  public String control() {
    return naive.entrySet().stream()
        .map(each ->
            "%-24s %d of %d: %s\n"
                .formatted(
                    each.getKey().title(),
                    each.getValue().losing(),
                    each.getValue().cases(),
                    each.getValue().refusals()))
        .collect(Collectors.joining());
  }

  /// Shapes that took nothing even with the mandate off.
  public Set<Shape> harmless() {
    return naive.entrySet().stream()
        .filter(each -> each.getValue().losing() == 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  public String table() {
    var text = new StringBuilder();
    text.append(
        "\n%s: %,d cases, %,d requests, %s base units lost\n"
            .formatted(layer, cases(), requests(), lost()));
    text.append(
        "%-24s %-6s %8s %9s %6s  %9s %9s  %s\n"
            .formatted(
                "shape", "OWASP", "cases", "requests", "lost", "off:cases", "off:lose", "answers"));
    guarded.forEach((shape, tally) -> {
      Tally off = naive(shape);
      text.append(
          "%-24s %-6s %8d %9d %6s  %9d %9d  %s\n"
              .formatted(
                  shape.title(),
                  shape.risk(),
                  tally.cases(),
                  tally.requests(),
                  tally.lost(),
                  off.cases(),
                  off.losing(),
                  tally.refusals()));
    });
    text.append(byRisk());
    return text.toString();
  }

  private String byRisk() {
    Map<Owasp, Tally> risks = new TreeMap<>();
    guarded.forEach(
        (shape, tally) -> risks.computeIfAbsent(shape.risk(), _ -> new Tally()).add(tally));
    return risks.entrySet().stream()
        .map(each ->
            "%-6s %-36s %9d cases %9d requests %6s lost\n"
                .formatted(
                    each.getKey(),
                    each.getKey().risk(),
                    each.getValue().cases(),
                    each.getValue().requests(),
                    each.getValue().lost()))
        .collect(Collectors.joining());
  }
}
