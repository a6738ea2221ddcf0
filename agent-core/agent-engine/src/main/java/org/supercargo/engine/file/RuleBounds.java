package org.supercargo.engine.file;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.MarketCondition;

/// What a rule that lets something through must bound. Nothing is ever meant to be without limit.
record RuleBounds(YamlPlace place, List<Condition> conditions) {
  void require(Intent.Kind kind) {
    switch (kind) {
      case TRANSFER -> {
        requireAssets();
        requirePayees("transfers");
      }
      case SWAP -> {
        requireAssets();
        requireExchange();
      }
      case CALL -> {
        requireAssets();
        if (!has(Condition.Contracts.class) || !has(Condition.Functions.class)) {
          throw place.error(
              "the rule allows calls and does not name contracts and functions",
              "Add both; a contract can have functions that give everything away.");
        }
        requireEvm();
      }
      case PAYMENT -> {
        requireAssets();
        if (!has(Condition.Hosts.class)) {
          throw place.error(
              "the rule allows payments and names no hosts",
              "Add \"hosts: [api.example.com]\"; no list never means everyone.");
        }
      }
      case ORDER -> {
        requirePayees("orders");
        if (!has(Condition.Shops.class) || !has(Condition.Products.class)) {
          throw place.error(
              "the rule allows orders and does not name shops and products",
              "Add \"shops: [...]\" and \"products: { name: most }\".");
        }
        if (!capped(AssetId.USD)) {
          throw place.error(
              "the rule sets no cap in dollars", "Add \"per-transaction: $50\" or a rolling cap.");
        }
      }
    }
  }

  private boolean has(Class<? extends Condition> type) {
    return conditions.stream().anyMatch(type::isInstance);
  }

  private void requirePayees(String kinds) {
    if (!has(Condition.Pays.class)) {
      throw place.error(
          "the rule allows " + kinds + " and names no payees",
          "Add \"payees: [...]\"; no list never means everyone.");
    }
  }

  private void requireExchange() {
    if (!has(Condition.Contracts.class) || !has(Condition.Buys.class)) {
      throw place.error(
          "the rule allows swaps and does not name buys and contracts",
          "Add both, so that a swap cannot give value away.");
    }
    if (!has(MarketCondition.MaximumLoss.class) && !has(MarketCondition.MaximumSlippage.class)) {
      throw place.error(
          "the rule allows swaps and sets neither maximum-loss nor maximum-slippage",
          "Add one, so that a swap cannot give value away.");
    }
  }

  private void requireEvm() {
    conditions.stream()
        .filter(Condition.OnChain.class::isInstance)
        .flatMap(condition -> ((Condition.OnChain) condition).chains().stream())
        .filter(chain -> !chain.namespace().equals("eip155"))
        .findFirst()
        .ifPresent(chain -> {
          throw place.error(
              "contracts are not called on " + chain.name(), "Name an EVM chain, such as base.");
        });
  }

  private void requireAssets() {
    Set<AssetId> spends =
        conditions.stream()
            .filter(Condition.Spends.class::isInstance)
            .map(condition -> ((Condition.Spends) condition).assets())
            .findFirst()
            .orElse(Set.of());
    if (spends.isEmpty()) {
      throw place.error("the rule names no assets", "Add \"assets: [USDC]\".");
    }
    for (AssetId asset : spends) {
      if (!capped(asset) && !capped(AssetId.USD)) {
        throw place.error(
            "the rule sets no cap for " + asset,
            "Add it to per-transaction, rolling or lifetime, or set a dollar cap.");
      }
    }
    for (Condition condition : conditions) {
      Amount cap = amount(condition);
      if (cap != null
          && !cap.asset().id().equals(AssetId.USD)
          && !spends.contains(cap.asset().id())) {
        throw place.error(
            "the rule bounds " + cap.asset().symbol() + " and does not spend it",
            "Add it to the assets, or remove the amount.");
      }
    }
  }

  private boolean capped(AssetId asset) {
    return conditions.stream()
        .map(RuleBounds::cap)
        .anyMatch(cap -> cap != null && cap.asset().id().equals(asset));
  }

  private static @Nullable Amount cap(Condition condition) {
    return switch (condition) {
      case Cap.PerTransaction once -> once.cap();
      case Cap.Budget budget -> budget.cap();
      default -> null;
    };
  }

  private static @Nullable Amount amount(Condition condition) {
    return condition instanceof Condition.Above above ? above.threshold() : cap(condition);
  }
}
