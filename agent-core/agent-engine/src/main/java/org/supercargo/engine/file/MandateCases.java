package org.supercargo.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Verdict;

/// A table of cases that a mandate must decide as its owner expects.
///
/// Cases are told in order: what one is allowed to spend counts in the windows of those after it.
public record MandateCases(List<MandateCase> rows) {
  private static final Set<String> ROOT =
      Stream.concat(Stream.of("week", "zone", "cases"), CaseReader.FACTS.stream())
          .collect(Collectors.toUnmodifiableSet());

  public MandateCases {
    rows = List.copyOf(rows);
  }

  /// @param name what complaints call the file
  /// @param agent whose mandate it is
  /// @param now the time of cases in a table that says no week
  /// @throws org.supercargo.api.SupercargoException of category USER with line and what to do
  public static MandateCases parse(
      String name, byte[] content, AgentFile agent, AddressReader addresses, Instant now) {
    YamlPlace root = YamlPlace.root(name, new String(content, UTF_8), "List cases in it.");
    Map<String, YamlPlace> fields = root.fields(ROOT);
    YamlPlace week = fields.get("week");
    YamlPlace zone = fields.get("zone");
    ZoneId where = zone == null ? ZoneOffset.UTC : Hours.zone(zone, zone.text());
    var clock = new CaseClock(week == null ? null : CaseClock.monday(week), where, now);
    var reader = new CaseReader(agent.spec(), addresses, fields);
    return new MandateCases(
        root.required(fields, "cases").items().stream()
            .map(item -> reader.read(item, clock))
            .toList());
  }

  /// Judges the cases in order, each on what those before it took.
  public List<CaseResult> run(Mandate mandate) {
    var book = new SpendingBook(mandate);
    var results = new ArrayList<CaseResult>();
    for (MandateCase row : rows) {
      Verdict verdict = null;
      for (int time = 0; time < row.times(); time++) {
        verdict = judge(mandate, row, book);
      }
      results.add(new CaseResult(row, verdict, isApproved(mandate, verdict)));
    }
    return results;
  }

  private static @Nullable Verdict judge(Mandate mandate, MandateCase row, SpendingBook book) {
    Intent intent = row.intent();
    if (intent == null) {
      return null;
    }
    Verdict verdict =
        mandate.judge(intent, row.facts(intent, book.sums(intent, row.at(), row.spentBefore())));
    book.take(verdict, row.at());
    return verdict;
  }

  private static boolean isApproved(Mandate mandate, @Nullable Verdict verdict) {
    return verdict instanceof Verdict.Allow allow
        && mandate.rules().stream()
            .anyMatch(rule -> rule.name().equals(allow.rule()) && rule.terms() != null);
  }
}
