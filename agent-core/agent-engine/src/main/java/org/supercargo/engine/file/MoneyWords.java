package org.supercargo.engine.file;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// Reads symbols and amounts against the assets an agent knows.
record MoneyWords(List<Asset> assets) {
  private static final Pattern LEADING_ZERO = Pattern.compile("0\\d.*");
  private static final Pattern DOLLARS = Pattern.compile("\\$(\\S+)|(\\S+)\\s+USD");

  /// Every asset a symbol means on some chains, or on any when none are named.
  List<Asset> named(YamlPlace place, String symbol, Set<ChainId> chains) {
    List<Asset> named =
        assets.stream()
            .filter(asset -> asset.symbol().equalsIgnoreCase(symbol))
            .filter(asset -> chains.isEmpty() || chains.contains(asset.chain()))
            .toList();
    if (named.isEmpty()) {
      String known =
          assets.stream().map(Asset::symbol).distinct().collect(Collectors.joining(", "));
      throw place.error(
          "the asset \"" + symbol + "\" is not known" + on(chains),
          "Known: " + known + "; declare others under assets.");
    }
    return named;
  }

  /// The one asset of a chain that a symbol means.
  Asset named(YamlPlace place, ChainId chain) {
    return named(place, place.text(), Set.of(chain)).getFirst();
  }

  private static String on(Set<ChainId> chains) {
    return chains.isEmpty()
        ? ""
        : " on " + chains.stream().map(ChainId::name).sorted().collect(Collectors.joining(", "));
  }

  /// `10 USDC`, for each of the chains that has it, or `$25`.
  List<Amount> amounts(YamlPlace place, String text, Set<ChainId> chains) {
    if (text.startsWith("$")) {
      return List.of(amount(place, text.substring(1), Asset.USD));
    }
    String[] words = text.split("\\s+", -1);
    if (words.length != 2) {
      throw place.error("\"" + text + "\" is not an amount", "Write \"10 USDC\" or \"$25\".");
    }
    return named(place, words[1], chains).stream()
        .map(asset -> amount(place, words[0], asset))
        .toList();
  }

  /// An amount above zero of an asset of one chain.
  Amount positive(YamlPlace place, ChainId chain) {
    Amount amount = amounts(place, place.text(), Set.of(chain)).getFirst();
    if (!amount.asset().chain().equals(chain)) {
      throw place.error(
          "dollars move on no chain", "Name an asset of " + chain.name() + ", such as 10 USDC.");
    }
    if (!amount.isPositive()) {
      throw place.error("the amount is zero", "Write one above zero.");
    }
    return amount;
  }

  /// `0.02 USD` or `$0.02`. No asset is looked up, so a token that calls itself USD is not meant.
  static Amount dollars(YamlPlace place) {
    Matcher matcher = DOLLARS.matcher(place.text());
    if (!matcher.matches()) {
      throw place.error(
          "\"" + place.text() + "\" is not an amount of dollars",
          "Write \"0.02 USD\" or \"$0.02\".");
    }
    String number = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return amount(place, number, Asset.USD);
  }

  /// An amount of the chain's own coin.
  Amount coin(YamlPlace place, String text, ChainId chain) {
    Amount amount = amounts(place, text, Set.of(chain)).getFirst();
    if (!amount.asset().id().equals(AssetId.nativeOf(chain))) {
      throw place.error(
          "fees on " + chain.name() + " are not paid in " + amount.asset().symbol(),
          "Name the chain's own coin.");
    }
    return amount;
  }

  static Amount amount(YamlPlace place, String number, Asset asset) {
    if (LEADING_ZERO.matcher(number).matches()) {
      throw place.error(
          "\"" + number + "\" begins with a zero",
          "Write it without zeros in front; some read them as octal.");
    }
    try {
      return Amount.parse(number, asset);
    } catch (org.supercargo.api.SupercargoException e) {
      throw place.error(e);
    }
  }

  static ChainId chain(YamlPlace place) {
    return chain(place, place.text());
  }

  static ChainId chain(YamlPlace place, String name) {
    return ChainId.find(name)
        .orElseThrow(
            () -> place.error("\"" + name + "\" is not a chain known here", "Use solana or base."));
  }
}
