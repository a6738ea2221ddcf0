package org.supercargo.engine;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Field;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.StoreView;

/// Gathers the facts of a judgement within one transaction.
record Judging(AgentSpec spec) {

  /// @param approvals verified approvals of this very intent
  Facts facts(
      StoreView view,
      Intent intent,
      MarketFacts.Observed observed,
      Map<Field, Provenance> origins,
      Map<String, Instant> approvals,
      Instant now) {
    var spent = new HashMap<BudgetKey, BigInteger>();
    for (BudgetKey key : spec.mandate().budgets()) {
      spent.put(key, view.reserved(BudgetQuestion.of(spec.id(), key, intent, now)));
    }
    return new Facts(
        now,
        spent,
        payeeSince(view, intent),
        observed.balance(),
        observed.prices(),
        origins,
        approvals);
  }

  private @Nullable Instant payeeSince(StoreView view, Intent intent) {
    return intent.accounts().stream()
        .map(account -> view.payeeSince(spec.id(), account).orElse(null))
        .filter(since -> since != null)
        .findFirst()
        .orElse(null);
  }

  /// Every account in the owner's address book.
  static java.util.Set<Address> payees(AgentSpec spec) {
    var payees = new java.util.HashSet<Address>();
    spec.addressBook().entries().values().forEach(payees::addAll);
    return payees;
  }
}
