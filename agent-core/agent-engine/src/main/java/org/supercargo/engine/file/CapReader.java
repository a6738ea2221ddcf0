package org.supercargo.engine.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.BudgetKey.Per;
import org.supercargo.api.mandate.Cap;

/// Reads what bounds how much and how often: of one rule, or of all together.
///
/// @param chains where the symbols of amounts are looked up; empty for everywhere
record CapReader(MoneyWords money, Set<ChainId> chains) {
  /// The keys it reads.
  static final List<String> KEYS =
      List.of("per-transaction", "rolling", "lifetime", "count", "share-of-balance");

  /// Amount, window, and what it is kept apart by.
  static final Pattern ROLLING = Pattern.compile("(.+?)\\s+per\\s+(\\d\\S*)(?:\\s+per\\s+(\\S+))?");

  private static final Pattern LIFETIME = Pattern.compile("(.+?)(?:\\s+per\\s+(\\S+))?");
  private static final Pattern COUNT =
      Pattern.compile("(\\S+)(?:\\s+per\\s+(\\d\\S*))?(?:\\s+per\\s+([^\\s\\d]\\S*))?");
  private static final int MOST_INTENTS = 1_000_000;

  List<Cap> read(Map<String, YamlPlace> fields) {
    var caps = new ArrayList<Cap>();
    each(
        fields.get("per-transaction"),
        item ->
            amounts(item, item.text(), null).forEach(cap -> caps.add(new Cap.PerTransaction(cap))));
    each(fields.get("rolling"), item -> caps.addAll(rolling(item)));
    each(fields.get("lifetime"), item -> caps.addAll(lifetime(item)));
    each(fields.get("count"), item -> caps.add(count(item)));
    YamlPlace share = fields.get("share-of-balance");
    if (share != null) {
      caps.add(new Cap.ShareOfBalance(Measures.percent(share, false)));
    }
    return caps;
  }

  private static void each(@Nullable YamlPlace place, Consumer<YamlPlace> reader) {
    if (place != null) {
      place.items().forEach(reader);
    }
  }

  private List<Cap> rolling(YamlPlace item) {
    Matcher matcher = ROLLING.matcher(item.text());
    if (!matcher.matches()) {
      throw item.error(
          "\"" + item.text() + "\" is not a rolling cap",
          "Write \"40 USDC per 24h\" or \"40 USDC per 24h per payee\".");
    }
    return budgets(
        item, matcher.group(1), Measures.window(item, matcher.group(2)), matcher.group(3));
  }

  private List<Cap> lifetime(YamlPlace item) {
    Matcher matcher = LIFETIME.matcher(item.text());
    if (!matcher.matches() || digit(matcher.group(2))) {
      throw item.error(
          "\"" + item.text() + "\" is not a cap for life",
          "Write \"500 USDC\" or \"500 USDC per payee\"; a window belongs under rolling.");
    }
    return budgets(item, matcher.group(1), null, matcher.group(2));
  }

  private static boolean digit(@Nullable String word) {
    return word != null && Character.isDigit(word.charAt(0));
  }

  private List<Cap> budgets(
      YamlPlace item, String amount, @Nullable Duration window, @Nullable String word) {
    Per per = per(item, word);
    return amounts(item, amount, per).stream()
        .<Cap>map(cap -> new Cap.Budget(cap, window, per))
        .toList();
  }

  private Cap count(YamlPlace item) {
    Matcher matcher = COUNT.matcher(item.text());
    if (!matcher.matches()) {
      throw item.error(
          "\"" + item.text() + "\" is not a count",
          "Write \"10 per 24h\", \"3 per 24h per payee\", or \"100\" for life.");
    }
    return new Cap.Count(
        Measures.whole(item, matcher.group(1), 1, MOST_INTENTS),
        matcher.group(2) == null ? null : Measures.window(item, matcher.group(2)),
        per(item, matcher.group(3)));
  }

  private static Per per(YamlPlace item, @Nullable String word) {
    return switch (word) {
      case null -> Per.AGENT;
      case "payee" -> Per.PAYEE;
      case "asset" -> Per.ASSET;
      default ->
          throw item.error(
              "\"per " + word + "\" is not known", "Use a window such as 24h, payee, or asset.");
    };
  }

  private List<Amount> amounts(YamlPlace item, String text, @Nullable Per per) {
    List<Amount> amounts = money.amounts(item, text, chains);
    if (per == Per.ASSET && !amounts.getFirst().asset().id().equals(AssetId.USD)) {
      throw item.error(
          "an amount of " + amounts.getFirst().asset().symbol() + " is of one asset already",
          "Leave \"per asset\" out, or name dollars.");
    }
    return amounts;
  }
}
