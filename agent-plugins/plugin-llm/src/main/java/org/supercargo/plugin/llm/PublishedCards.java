package org.supercargo.plugin.llm;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;

/// Models as their providers described and priced them in November 2026.
final class PublishedCards {
  private static final int MILLION = 1_000_000;
  private static final int LONGEST_DEEPSEEK = 384_000;

  private PublishedCards() {}

  /// Source: [models and prices](https://api-docs.deepseek.com/quick_start/pricing).
  static List<ModelCard> deepSeek() {
    PriceList prices = deepSeekPrices();
    Set<Ability> seeing =
        EnumSet.of(Ability.ACTIONS, Ability.JSON, Ability.THINKING, Ability.VISION);
    Set<Ability> blind = EnumSet.of(Ability.ACTIONS, Ability.JSON, Ability.THINKING);
    return List.of(
        deepSeek("deepseek-flash", prices, seeing),
        deepSeek("deepseek-v4-flash", prices, seeing),
        deepSeek("deepseek-v4-flash-vision-exp", prices, seeing),
        deepSeek("deepseek-v4-pro", prices, blind));
  }

  private static ModelCard deepSeek(String model, PriceList prices, Set<Ability> abilities) {
    return new ModelCard(
        "deepseek", model, prices, MILLION, LONGEST_DEEPSEEK, abilities, Privacy.PROVIDER);
  }

  private static PriceList deepSeekPrices() {
    var flash = PriceList.Price.of("0.003", "0.15", "0.60");
    return new PriceList(
        "https://api-docs.deepseek.com/quick_start/pricing",
        LocalDate.of(2026, 11, 23),
        Map.of(
            "deepseek-flash", flash,
            "deepseek-v4-flash", flash,
            "deepseek-v4-flash-vision-exp", flash,
            // The list price. While its requests are served by the flash model, the bill is lower.
            "deepseek-v4-pro", PriceList.Price.of("0.022", "0.66", "1.98")),
        new PeakHours(
            ZoneId.of("Asia/Shanghai"),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            List.of(window(9, 12), window(14, 18)),
            Set.of(),
            2));
  }

  private static PeakHours.Window window(int start, int end) {
    return new PeakHours.Window(LocalTime.of(start, 0), LocalTime.of(end, 0));
  }

  /// A few models to begin with; [ModelCatalogue] reads them all. Context and reply are rather
  /// understated. Source: [models](https://docs.venice.ai/overview/models).
  static List<ModelCard> venice() {
    return List.of(
        venice("deepseek-v4-flash-0731", "0.035", "0.175", "0.35", Privacy.PRIVATE),
        venice("deepseek-v4-flash", "0.028", "0.138", "0.275", Privacy.ANONYMISED),
        venice("e2ee-deepseek-v4-flash", "0.038", "0.182", "0.373", Privacy.ENCRYPTED));
  }

  private static ModelCard venice(
      String model, String cached, String input, String output, Privacy privacy) {
    Set<Ability> abilities = EnumSet.of(Ability.ACTIONS, Ability.THINKING);
    if (privacy == Privacy.ENCRYPTED) {
      abilities.add(Ability.ATTESTATION);
    }
    var prices =
        new PriceList(
            "https://docs.venice.ai/overview/pricing",
            LocalDate.of(2026, 11, 23),
            Map.of(model, PriceList.Price.of(cached, input, output)),
            PeakHours.NEVER);
    return new ModelCard("venice", model, prices, 128_000, 32_000, abilities, privacy);
  }
}
