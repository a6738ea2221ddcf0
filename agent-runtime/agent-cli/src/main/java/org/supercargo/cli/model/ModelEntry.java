package org.supercargo.cli.model;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;
import org.supercargo.cli.yaml.YamlEntry;
import org.supercargo.plugin.llm.BackendSettings;

/// One model of a backend in `models.yaml`.
final class ModelEntry {
  private static final Set<String> MODEL =
      Set.of("name", "prices", "context", "longest-reply", "privacy", "abilities");
  private static final Set<String> PRICES = Set.of("cached", "input", "output", "source", "dated");
  private static final Pattern PRICE = Pattern.compile("\\d{1,6}(?:\\.\\d{1,9})?");
  private static final int MOST_TOKENS = 100_000_000;

  private ModelEntry() {}

  /// A name alone, or a mapping.
  static BackendSettings.Model read(YamlEntry place) {
    if (place.isText()) {
      return BackendSettings.Model.named(place.text());
    }
    Map<String, YamlEntry> fields = place.fields(MODEL);
    String name = place.required(fields, "name").text();
    @Nullable YamlEntry prices = fields.get("prices");
    @Nullable YamlEntry context = fields.get("context");
    @Nullable YamlEntry longest = fields.get("longest-reply");
    @Nullable YamlEntry abilities = fields.get("abilities");
    @Nullable YamlEntry privacy = fields.get("privacy");
    return new BackendSettings.Model(
        name,
        prices == null ? null : prices(name, prices),
        context == null ? null : context.whole(1, MOST_TOKENS),
        longest == null ? null : longest.whole(1, MOST_TOKENS),
        abilities == null ? null : abilities(abilities),
        privacy == null ? null : choice(privacy, Privacy.class));
  }

  private static PriceList prices(String model, YamlEntry place) {
    Map<String, YamlEntry> fields = place.fields(PRICES);
    BigDecimal input = price(place.required(fields, "input"));
    BigDecimal output = price(place.required(fields, "output"));
    @Nullable YamlEntry cached = fields.get("cached");
    return new PriceList(
        place.required(fields, "source").text(),
        date(place.required(fields, "dated")),
        Map.of(model, new PriceList.Price(cached == null ? input : price(cached), input, output)),
        PeakHours.NEVER);
  }

  private static BigDecimal price(YamlEntry place) {
    String text = place.text();
    if (!PRICE.matcher(text).matches()) {
      throw place.error(
          "\"" + text + "\" is not a price in dollars per million tokens",
          "Write a plain decimal such as 0.15; 0 if it is free.");
    }
    return new BigDecimal(text);
  }

  private static LocalDate date(YamlEntry place) {
    try {
      return LocalDate.parse(place.text());
    } catch (DateTimeException e) {
      throw place.error("\"" + place.text() + "\" is not a date", "Write one such as 2026-11-20.");
    }
  }

  private static Set<Ability> abilities(YamlEntry place) {
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    place.items().forEach(item -> abilities.add(choice(item, Ability.class)));
    return abilities;
  }

  private static <E extends Enum<E>> E choice(YamlEntry place, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> word(each).equals(place.text()))
        .findFirst()
        .orElseThrow(() ->
            place.error(
                "\"" + place.text() + "\" is not known here",
                "Use one of "
                    + Arrays.stream(type.getEnumConstants())
                        .map(ModelEntry::word)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  /// How files write a constant: `own-machine`.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
