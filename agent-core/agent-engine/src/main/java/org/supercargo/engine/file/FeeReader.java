package org.supercargo.engine.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.FeeLimit;

/// Reads the `fees` part of a mandate.
record FeeReader(MoneyWords money) {
  private static final Set<String> KEYS = Set.of("per-transaction", "tip", "rolling");
  private static final String EXAMPLE =
      "Write \"{ per-transaction: 0.01 SOL, rolling: 0.2 SOL per 24h }\" with the chain's coin.";

  Map<ChainId, FeeLimit> read(YamlPlace place) {
    var fees = new LinkedHashMap<ChainId, FeeLimit>();
    place
        .entries()
        .forEach((name, value) -> {
          ChainId chain = MoneyWords.chain(value, name);
          value.requireNew(fees.put(chain, limit(value, chain)), name);
        });
    return fees;
  }

  private FeeLimit limit(YamlPlace place, ChainId chain) {
    if (!place.isMapping()) {
      throw place.error("the fees of a chain need per-transaction and rolling", EXAMPLE);
    }
    Map<String, YamlPlace> fields = place.fields(KEYS);
    YamlPlace rolling = fields.get("rolling");
    if (rolling == null) {
      throw place.error(
          "the fees have no rolling limit; without one, many tiny payments could spend all of a"
              + " wallet on fees",
          EXAMPLE);
    }
    YamlPlace once = place.required(fields, "per-transaction");
    YamlPlace tip = fields.get("tip");
    Amount perTransaction = money.coin(once, once.text(), chain);
    Amount most = tip == null ? perTransaction : money.coin(tip, tip.text(), chain);
    if (tip != null && most.isMoreThan(perTransaction)) {
      throw tip.error(
          "the tip is part of what one transaction may cost, and " + most + " is more than that",
          "Lower the tip, or raise per-transaction.");
    }
    Matcher window = CapReader.ROLLING.matcher(rolling.text());
    if (!window.matches() || window.group(3) != null) {
      throw rolling.error("\"" + rolling.text() + "\" is not a rolling limit of fees", EXAMPLE);
    }
    return rolling.read(text ->
        new FeeLimit(
            perTransaction,
            most,
            money.coin(rolling, window.group(1), chain),
            Measures.window(rolling, window.group(2))));
  }
}
