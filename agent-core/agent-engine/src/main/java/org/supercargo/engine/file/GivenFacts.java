package org.supercargo.engine.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Price;

/// Facts of a judgement as somebody states them, besides what was spent.
///
/// @param prices dollars for one whole unit
/// @param priceAge how old these prices are
/// @param balances base units in the wallet
/// @param payeeKnownFor how long the payee has stood in the address book; null when it does not
/// @param origins where parts of the proposal came from
/// @param approvedBefore how long before `now` each approver approved
record GivenFacts(
    Instant now,
    Map<AssetId, BigDecimal> prices,
    Duration priceAge,
    Map<AssetId, BigInteger> balances,
    @Nullable Duration payeeKnownFor,
    Map<Field, Provenance> origins,
    Map<String, Duration> approvedBefore) {

  Facts with(Intent intent, Map<BudgetKey, BigInteger> spent) {
    List<Price> known =
        prices.entrySet().stream()
            .map(entry -> new Price(entry.getKey(), entry.getValue(), now.minus(priceAge), "given"))
            .toList();
    var approvals = new LinkedHashMap<String, Instant>();
    approvedBefore.forEach((name, before) -> approvals.put(name, now.minus(before)));
    return new Facts(
        now,
        spent,
        payeeKnownFor == null ? null : now.minus(payeeKnownFor),
        balances.get(intent.spends().asset().id()),
        known,
        origins(intent),
        approvals);
  }

  /// Whoever says where a payee's address came from says so for the field too.
  private Map<Field, Provenance> origins(Intent intent) {
    Payee payee =
        switch (intent) {
          case Intent.Transfer transfer -> transfer.payee();
          case Intent.Payment payment -> payment.payee();
          case Intent.Order order -> order.shipTo();
          case Intent.Swap _, Intent.Call _ -> null;
        };
    var all = new LinkedHashMap<Field, Provenance>();
    if (payee != null) {
      all.put(Field.PAYEE, payee.provenance());
    }
    all.putAll(origins);
    return all;
  }
}
