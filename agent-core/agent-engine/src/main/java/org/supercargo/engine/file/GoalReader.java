package org.supercargo.engine.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.plan.Expectation;

/// Reads the goals that an agent file names.
record GoalReader(MoneyWords money, AddressBook book) {
  List<GoalSpec> read(YamlPlace place) {
    var goals = new LinkedHashMap<String, GoalSpec>();
    place
        .entries()
        .forEach((name, value) -> {
          PlainName.word(value, name, "a name for a goal");
          value.requireNew(goals.put(name.toLowerCase(Locale.ROOT), goal(name, value)), name);
        });
    if (goals.isEmpty()) {
      throw place.error("there are no goals here", "Name one, or remove the key.");
    }
    return List.copyOf(goals.values());
  }

  private GoalSpec goal(String name, YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(Set.of("goal", "accept", "off-peak"));
    YamlPlace accept = fields.get("accept");
    return new GoalSpec(
        name,
        place.required(fields, "goal").read(Goal::new),
        accept == null ? List.of() : expectations(accept),
        Measures.flag(fields.get("off-peak"), false));
  }

  List<Expectation> expectations(YamlPlace place) {
    var reader = new ExpectationReader(money, book);
    var expectations = new ArrayList<Expectation>();
    for (YamlPlace item : place.items()) {
      Expectation expectation = reader.read(item);
      if (expectations.contains(expectation)) {
        throw item.error(
            "the same is expected twice, and each is met once only",
            "Keep one; expect the sum, or make it two goals.");
      }
      expectations.add(expectation);
    }
    return expectations;
  }
}
