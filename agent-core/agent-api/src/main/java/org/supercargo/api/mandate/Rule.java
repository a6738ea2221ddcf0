package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;

/// A named clause of a mandate.
public record Rule(
    String name, Decision decision, Set<Intent.Kind> kinds, List<Condition> conditions) {
  /// What a rule says when it applies. Deny outranks approve, approve outranks allow.
  public enum Decision {
    ALLOW,
    APPROVE,
    DENY
  }

  public Rule {
    kinds = Set.copyOf(kinds);
    conditions = List.copyOf(conditions);
  }

  /// Null when the rule applies to the intent, otherwise the first condition that does not hold.
  Condition.@Nullable Miss check(Intent intent, Facts facts, Valuations valuations) {
    if (!kinds.contains(intent.kind())) {
      return new Condition.Miss(
          "it is a " + intent.kind().name().toLowerCase(java.util.Locale.ROOT),
          "use a rule for this kind of intent");
    }
    for (Condition condition : conditions) {
      Condition.Miss miss = condition.check(name, intent, facts, valuations);
      if (miss != null) {
        return miss;
      }
    }
    return null;
  }

  /// The rolling sums this rule looks at.
  List<BudgetKey> budgets() {
    var keys = new ArrayList<BudgetKey>();
    for (Condition condition : conditions) {
      if (condition instanceof Condition.Rolling rolling) {
        keys.add(new BudgetKey(name, rolling.cap().asset().id(), rolling.window()));
      } else if (condition instanceof Condition.UsdRolling rolling) {
        keys.add(new BudgetKey(name, AssetId.USD, rolling.window()));
      }
    }
    return keys;
  }

  /// What an intent takes from this rule's rolling sums.
  List<Reservation> reservations(Intent intent, Valuations valuations) {
    Map<AssetId, BigInteger> units = new LinkedHashMap<>();
    Amount spends = intent.spends();
    for (BudgetKey key : budgets()) {
      if (key.unit().equals(spends.asset().id())) {
        units.put(key.unit(), spends.baseUnits());
      } else if (key.unit().equals(AssetId.USD)) {
        Amount value = valuations.usd(spends);
        if (value != null) {
          units.put(key.unit(), value.baseUnits());
        }
      }
    }
    return units.entrySet().stream()
        .map(unit -> new Reservation(name, unit.getKey(), unit.getValue()))
        .toList();
  }

  boolean names(Address contract) {
    return conditions.stream()
        .anyMatch(condition ->
            condition instanceof Condition.Contracts contracts
                && contracts.addresses().contains(contract));
  }
}
