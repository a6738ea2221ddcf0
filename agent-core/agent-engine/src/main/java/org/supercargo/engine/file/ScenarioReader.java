package org.supercargo.engine.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.api.plan.Expectation;

/// Reads the keys of a scenario.
///
/// @param file beside which its agent file is looked for
record ScenarioReader(Path file, AddressReader addresses) {
  private static final Set<String> ROOT = Set.of("scenario", "agent", "goal", "world", "expect");
  private static final Set<String> WORLD = Set.of("holds", "remembers");
  private static final Set<String> EXPECT = Set.of("outcome", "effects", "calls-at-most");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern HOLDING = Pattern.compile("(.+?)\\s+on\\s+(\\S+)");

  ScenarioFile read(YamlPlace root) {
    Map<String, YamlPlace> fields = root.fields(ROOT);
    String name = name(root.required(fields, "scenario"));
    YamlPlace agentPlace = root.required(fields, "agent");
    Path path = agentPlace.read(this::beside);
    AgentFile agent = agentPlace.read(text -> AgentFile.read(path, addresses));
    AgentSpec spec = agent.spec();
    YamlPlace goal = root.required(fields, "goal");
    @Nullable GoalSpec named = spec.goal(goal.text()).orElse(null);
    @Nullable YamlPlace world = fields.get("world");
    Map<String, YamlPlace> given = world == null ? Map.of() : world.fields(WORLD);
    YamlPlace expect = root.required(fields, "expect");
    Map<String, YamlPlace> expected = expect.fields(EXPECT);
    return new ScenarioFile(
        name,
        path,
        agent,
        named == null ? goal.read(Goal::new) : named.goal(),
        holds(given.get("holds"), spec),
        remembers(given.get("remembers"), spec),
        outcomes(expect.required(expected, "outcome")),
        effects(expect, expected.get("effects"), spec, named),
        calls(expected.get("calls-at-most"), spec.limits()));
  }

  private static String name(YamlPlace place) {
    if (!NAME.matcher(place.text()).matches()) {
      throw place.error(
          "\"" + place.text() + "\" cannot name a scenario",
          "Use lower-case letters, digits, dashes.");
    }
    return place.text();
  }

  private Path beside(String text) {
    try {
      return file.toAbsolutePath().resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw SupercargoException.user(
          "\"" + text + "\" is not a path", "Name an agent file, such as ../treasurer.yaml.");
    }
  }

  private static List<Amount> holds(@Nullable YamlPlace place, AgentSpec spec) {
    var holds = new ArrayList<Amount>();
    for (YamlPlace item : place == null ? List.<YamlPlace>of() : place.items()) {
      Amount amount = holding(item, spec);
      if (holds.stream().anyMatch(each -> each.asset().equals(amount.asset()))) {
        throw item.error(
            amount.asset().symbol() + " on " + amount.asset().chain().name() + " is given twice",
            "Write the sum.");
      }
      holds.add(amount);
    }
    return holds;
  }

  private static Amount holding(YamlPlace item, AgentSpec spec) {
    Matcher words = HOLDING.matcher(item.text());
    if (!words.matches()) {
      throw item.error(
          "\"" + item.text() + "\" is nothing an agent can hold", "Write \"30 USDC on solana\".");
    }
    ChainId chain = MoneyWords.chain(item, words.group(2));
    if (!spec.wallets().containsKey(chain)) {
      throw item.error(
          "the agent has no wallet on " + chain.name(), "Name a chain of its wallets.");
    }
    Amount amount =
        new MoneyWords(spec.assets()).amounts(item, words.group(1), Set.of(chain)).getFirst();
    if (!amount.asset().chain().equals(chain) || !amount.isPositive()) {
      throw item.error(
          "\"" + words.group(1) + "\" cannot lie in a wallet",
          "Name more than zero of an asset of " + chain.name() + ".");
    }
    return amount;
  }

  /// A note that is never recalled would make the scenario easier than it reads.
  private static List<String> remembers(@Nullable YamlPlace place, AgentSpec spec) {
    if (place == null) {
      return List.of();
    }
    if (!spec.planning().remembers()) {
      throw place.error(
          "the agent keeps no notes, so it would never see these",
          "Add \"planning: { memory: true }\" to its file, or name another agent.");
    }
    return place.items().stream()
        .map(item ->
            item.read(text -> new MemoryNote(text, Provenance.TOOL, 0, Instant.EPOCH).text()))
        .toList();
  }

  private static Set<Outcome> outcomes(YamlPlace place) {
    var outcomes = EnumSet.noneOf(Outcome.class);
    for (YamlPlace item : place.items()) {
      Outcome outcome =
          Arrays.stream(Outcome.values())
              .filter(each -> word(each).equals(item.text()))
              .findFirst()
              .orElseThrow(() ->
                  item.error(
                      "\"" + item.text() + "\" is not how a run ends",
                      "Use "
                          + Arrays.stream(Outcome.values())
                              .map(ScenarioReader::word)
                              .collect(Collectors.joining(", "))
                          + "."));
      if (!outcomes.add(outcome)) {
        throw item.error("\"" + item.text() + "\" is given twice", "Keep one of them.");
      }
    }
    return outcomes;
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<Expectation> effects(
      YamlPlace expect, @Nullable YamlPlace place, AgentSpec spec, @Nullable GoalSpec named) {
    if (place != null) {
      return new GoalReader(new MoneyWords(spec.assets()), spec.addressBook()).expectations(place);
    }
    if (named == null || named.accept().isEmpty()) {
      throw expect.error(
          "it is not said what may settle", "Add effects; \"nothing-else\" alone means nothing.");
    }
    return named.accept();
  }

  private static int calls(@Nullable YamlPlace place, TickLimits limits) {
    return place == null
        ? limits.modelCalls()
        : Measures.whole(place, place.text(), 1, limits.modelCalls());
  }
}
