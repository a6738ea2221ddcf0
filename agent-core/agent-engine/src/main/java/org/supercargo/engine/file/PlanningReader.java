package org.supercargo.engine.file;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.Planning;

/// Reads how an agent plans.
final class PlanningReader {
  private static final Set<String> KEYS = Set.of("divide", "reruns", "memory", "most-actions");

  private PlanningReader() {}

  static Planning read(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(KEYS);
    if (fields.isEmpty()) {
      throw place.error("nothing is said about planning", "Add \"memory: true\", or remove it.");
    }
    return new Planning(
        Measures.flag(fields.get("divide"), Planning.DEFAULT.divides()),
        number(fields.get("reruns"), 0, 5, Planning.DEFAULT.reruns()),
        Measures.flag(fields.get("memory"), Planning.DEFAULT.remembers()),
        number(fields.get("most-actions"), 4, 128, Planning.DEFAULT.mostActions()));
  }

  private static int number(@Nullable YamlPlace place, int least, int most, int otherwise) {
    return place == null ? otherwise : Measures.whole(place, place.text(), least, most);
  }
}
