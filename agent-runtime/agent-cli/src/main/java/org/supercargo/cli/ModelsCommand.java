package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PriceList;
import org.supercargo.cli.model.ModelSource;
import org.supercargo.engine.model.Measurement;
import org.supercargo.http.OkHttpTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "models",
    description = "Which models can plan, what they cost, and how well they do.",
    subcommands = {ModelsCommand.Listing.class, ModelsTryCommand.class, ModelsCompareCommand.class})
final class ModelsCommand {

  @Command(
      name = "list",
      description = {
        "Every model with its prices now in dollars for a million tokens, what it can, who can read",
        "what it is asked, and what earlier comparisons measured."
      })
  static final class Listing implements Callable<Integer> {
    @Mixin CommonOptions options = new CommonOptions();

    @Option(names = "--live", description = "Ask providers that list their models with prices.")
    boolean live;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      Models models = Models.of(options);
      Map<String, Measurement> measured = new HashMap<>();
      models.measurements().read().forEach(each -> measured.put(each.model(), each));
      Instant now = InstantSource.system().instant();
      var rows = new ArrayList<List<String>>();
      for (ModelSource source : sources(models)) {
        for (ModelCard card : source.cards()) {
          @Nullable Measurement found = measured.get(card.reference());
          rows.add(row(screen, source, card, found, now));
          screen.json(document(screen, source, card, found, now));
        }
      }
      screen.table(
          List.of(
              "model",
              "cached",
              "input",
              "output",
              "",
              "context",
              "abilities",
              "privacy",
              "quality",
              "latency",
              "key"),
          rows,
          List.of(1, 2, 3, 5, 8, 9));
      screen.line(screen.dim("  dollars for a million tokens; × marks hours that cost a multiple"));
      return ExitCode.DONE.status;
    }

    private List<ModelSource> sources(Models models) {
      if (!live) {
        return models.sources();
      }
      var hosts = new HashSet<String>();
      models.sources().forEach(source -> hosts.addAll(source.hosts()));
      try (var http = new OkHttpTransport(hosts)) {
        return models.sources().stream().map(source -> Models.live(source, http)).toList();
      }
    }

    private static List<String> row(
        Screen screen,
        ModelSource source,
        ModelCard card,
        @Nullable Measurement found,
        Instant now) {
      int factor = card.prices().peakHours().factorAt(now);
      PriceList.Price price = price(card);
      return List.of(
          card.reference(),
          dollars(price.cached(), factor),
          dollars(price.input(), factor),
          dollars(price.output(), factor),
          factor > 1 ? screen.yellow("×" + factor) : "",
          context(card.contextTokens()),
          abilities(card),
          word(card.privacy()),
          found == null ? screen.dim("-") : found.quality() + "%",
          found == null ? screen.dim("-") : found.medianLatency().toMillis() + " ms",
          key(screen, source));
    }

    private static PriceList.Price price(ModelCard card) {
      return Objects.requireNonNull(
          card.prices().prices().get(card.model()), "a card's price list has its model");
    }

    private static String key(Screen screen, ModelSource source) {
      if (source.keyName().isEmpty()) {
        return screen.dim("not needed");
      }
      return Models.hasKey(source)
          ? screen.green("present")
          : screen.yellow("missing: " + source.keyName());
    }

    private static ObjectNode document(
        Screen screen,
        ModelSource source,
        ModelCard card,
        @Nullable Measurement found,
        Instant now) {
      int factor = card.prices().peakHours().factorAt(now);
      PriceList.Price price = price(card);
      ObjectNode document =
          screen
              .object()
              .put("type", "model")
              .put("model", card.reference())
              .put("cached", dollars(price.cached(), factor))
              .put("input", dollars(price.input(), factor))
              .put("output", dollars(price.output(), factor))
              .put("factor", factor)
              .put("pricesFrom", card.prices().source())
              .put("pricesDated", card.prices().dated().toString())
              .put("contextTokens", card.contextTokens())
              .put("longestReply", card.longestReply())
              .put("privacy", word(card.privacy()))
              .put("keyName", source.keyName())
              .put("keyPresent", Models.hasKey(source));
      ArrayNode abilities = document.putArray("abilities");
      card.abilities().stream().sorted().map(Listing::word).forEach(abilities::add);
      if (found != null) {
        document
            .putObject("measured")
            .put("successes", found.successes())
            .put("runs", found.runs())
            .put("medianLatencyMs", found.medianLatency().toMillis())
            .put("dated", found.dated().toString());
      }
      return document;
    }

    private static String dollars(BigDecimal price, int factor) {
      BigDecimal now = price.multiply(BigDecimal.valueOf(factor));
      return now.signum() == 0 ? "0" : now.stripTrailingZeros().toPlainString();
    }

    private static String context(int tokens) {
      return tokens % 1_000_000 == 0 ? tokens / 1_000_000 + "M" : tokens / 1_000 + "k";
    }

    private static String abilities(ModelCard card) {
      return card.abilities().stream().sorted().map(Listing::word).collect(Collectors.joining(" "));
    }

    static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
