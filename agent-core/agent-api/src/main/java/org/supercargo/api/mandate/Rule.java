package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;

/// A named clause of a mandate.
///
/// @param terms given for [Decision#APPROVE] and for nothing else
public record Rule(
    String name,
    Decision decision,
    @Nullable ApprovalTerms terms,
    Set<Intent.Kind> kinds,
    List<Condition> conditions) {
  /// What a rule says when it applies. Deny outranks approve, approve outranks allow.
  public enum Decision {
    ALLOW,
    APPROVE,
    DENY
  }

  public Rule {
    kinds = Set.copyOf(kinds);
    conditions = List.copyOf(conditions);
    if ((decision == Decision.APPROVE) != (terms != null)) {
      throw new IllegalArgumentException("a rule that asks for approval, and no other, has terms");
    }
  }

  /// The first condition of a rule that does not hold.
  ///
  /// @param distance how far the rule is from applying; smaller is nearer
  record Lack(Condition.Miss miss, int distance) {
    /// A cap or a price: a smaller or better proposal would do.
    private static final int AMOUNT = 0;

    /// Time or origin: the same proposal would do at another time or from another mouth.
    private static final int CIRCUMSTANCE = 1;

    /// Another chain, asset or party. Counted down for each condition that did hold.
    private static final int SUBJECT = 1000;

    static Lack of(Condition condition, Condition.Miss miss, int held) {
      return new Lack(
          miss,
          switch (condition) {
            case Cap _, MarketCondition _ -> AMOUNT;
            case Condition.During _, Condition.KnownFor _, Condition.Origin _, Condition.Above _ ->
                CIRCUMSTANCE;
            case Condition.Subject _ -> SUBJECT - held;
          });
    }
  }

  /// Null when the rule applies to an intent of one of its kinds.
  @Nullable Lack check(Question question) {
    int held = 0;
    for (Condition condition : conditions) {
      Condition.Miss miss = condition.check(question);
      if (miss != null) {
        return Lack.of(condition, miss, held);
      }
      held++;
    }
    return null;
  }

  /// The sums this rule looks at.
  List<BudgetKey> budgets() {
    return budgets(name, conditions);
  }

  static List<BudgetKey> budgets(String rule, List<? extends Condition> conditions) {
    return conditions.stream()
        .<BudgetKey>mapMulti((condition, add) -> {
          if (condition instanceof Cap.Budget budget) {
            add.accept(budget.key(rule));
          } else if (condition instanceof Cap.Count count) {
            add.accept(count.key(rule));
          }
        })
        .toList();
  }

  /// What an intent takes from the sums of some conditions.
  static List<Reservation> reservations(Question question, List<? extends Condition> conditions) {
    Intent intent = question.intent();
    Amount spends = intent.spends();
    var units = new LinkedHashSet<AssetId>();
    budgets(question.rule(), conditions).forEach(key -> units.add(key.unit()));
    return units.stream()
        .<Reservation>mapMulti((unit, add) -> {
          BigInteger taken = taken(question, spends, unit);
          if (taken != null) {
            add.accept(
                new Reservation(
                    question.rule(), unit, taken, intent.counterparty(), spends.asset().id()));
          }
        })
        .toList();
  }

  private static @Nullable BigInteger taken(Question question, Amount spends, AssetId unit) {
    if (unit.equals(BudgetKey.INTENTS)) {
      return BigInteger.ONE;
    }
    if (unit.equals(AssetId.USD)) {
      Amount value = question.usd(spends);
      return value == null ? null : value.baseUnits();
    }
    return unit.equals(spends.asset().id()) ? spends.baseUnits() : null;
  }

  boolean names(Address contract) {
    return conditions.stream()
        .anyMatch(condition ->
            condition instanceof Condition.Contracts contracts
                && contracts.addresses().contains(contract));
  }
}
