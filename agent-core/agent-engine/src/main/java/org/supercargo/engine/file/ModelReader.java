package org.supercargo.engine.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.ModelBudget;
import org.supercargo.api.agent.ModelChoice;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.Privacy;

/// Reads which models plan for an agent and what they may cost.
final class ModelReader {
  private static final Set<String> KEYS =
      Set.of("use", "route", "privacy", "quality", "longest-reply", "budget");
  private static final Set<String> BUDGET =
      Set.of("per-run", "per-day", "in-all", "tokens-per-run", "tokens-per-day");

  /// A name, and after a slash the provider's name for a model, which may have slashes itself.
  private static final Pattern CHOICE =
      Pattern.compile("[a-z0-9][a-z0-9-]{0,62}(?:/[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,199})?");

  /// The default is meant by leaving the key out.
  private static final List<Effort> EFFORTS =
      Arrays.stream(Effort.values()).filter(effort -> effort != Effort.DEFAULT).toList();

  private static final int SHORTEST_REPLY = 256;
  private static final int MOST_TOKENS = 999_999_999;

  private ModelReader() {}

  static ModelSpec read(YamlPlace place) {
    if (place.isText()) {
      return ModelSpec.of(named(place));
    }
    Map<String, YamlPlace> fields = place.fields(KEYS);
    List<ModelChoice> choices = choices(place.required(fields, "use"));
    YamlPlace route = fields.get("route");
    YamlPlace privacy = fields.get("privacy");
    YamlPlace quality = fields.get("quality");
    YamlPlace reply = fields.get("longest-reply");
    YamlPlace budget = fields.get("budget");
    return new ModelSpec(
        choices,
        route == null
            ? ModelSpec.Routing.IN_ORDER
            : word(route, List.of(ModelSpec.Routing.values()), "a route"),
        privacy == null
            ? Privacy.PROVIDER
            : word(privacy, List.of(Privacy.values()), "a degree of privacy"),
        quality == null ? 0 : Measures.whole(quality, quality.text(), 0, 100),
        reply == null
            ? 0
            : Measures.whole(reply, reply.text(), SHORTEST_REPLY, ChatOptions.LONGEST),
        budget == null ? ModelBudget.NONE : budget(budget));
  }

  private static List<ModelChoice> choices(YamlPlace place) {
    var choices = new ArrayList<ModelChoice>();
    for (YamlPlace item : place.items()) {
      ModelChoice choice = choice(item);
      if (choices.contains(choice)) {
        throw item.error("the model " + choice + " is named twice", "Keep one of them.");
      }
      choices.add(choice);
    }
    return choices;
  }

  private static ModelChoice choice(YamlPlace item) {
    if (item.isText()) {
      return named(item);
    }
    Map<String, YamlPlace> fields = item.fields(Set.of("model", "effort"));
    ModelChoice choice = named(item.required(fields, "model"));
    YamlPlace effort = fields.get("effort");
    return effort == null ? choice : choice.withEffort(word(effort, EFFORTS, "an effort"));
  }

  private static ModelChoice named(YamlPlace place) {
    String text = place.text();
    if (!CHOICE.matcher(text).matches()) {
      throw place.error(
          "\"" + text + "\" is not the name of a model",
          "Write the backend, such as deepseek, or backend/model, such as deepseek/deepseek-flash.");
    }
    return ModelChoice.parse(text);
  }

  private static <E extends Enum<E>> E word(YamlPlace place, List<E> allowed, String what) {
    Function<E, String> spelling = value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String text = place.text();
    return allowed.stream()
        .filter(value -> spelling.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() ->
            place.error(
                "\"" + text + "\" is not " + what,
                "Use one of "
                    + allowed.stream().map(spelling).collect(Collectors.joining(", "))
                    + "."));
  }

  private static ModelBudget budget(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(BUDGET);
    if (fields.isEmpty()) {
      throw place.error("the budget bounds nothing", "Add \"per-day: 0.50 USD\", or remove it.");
    }
    return new ModelBudget(
        dollars(fields.get("per-run")),
        dollars(fields.get("per-day")),
        dollars(fields.get("in-all")),
        tokens(fields.get("tokens-per-run")),
        tokens(fields.get("tokens-per-day")));
  }

  private static @Nullable Amount dollars(@Nullable YamlPlace place) {
    if (place == null) {
      return null;
    }
    Amount amount = MoneyWords.dollars(place);
    if (!amount.isPositive()) {
      throw place.error(
          "a budget of nothing lets no model be asked",
          "Raise it, or plan with the model offline, which costs nothing.");
    }
    return amount;
  }

  private static OptionalLong tokens(@Nullable YamlPlace place) {
    return place == null
        ? OptionalLong.empty()
        : OptionalLong.of(Measures.whole(place, place.text(), 1, MOST_TOKENS));
  }
}
