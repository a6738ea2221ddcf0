package org.supercargo.engine.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;

/// Asks what an agent has reserved or spent, as far as it counts against one sum.
///
/// @param since null for everything; otherwise reservations made at or after it
/// @param counterparty null for all, otherwise of this one only
/// @param asset null for all, otherwise intents that spend this one only
public record BudgetQuestion(
    AgentId agent,
    String rule,
    AssetId unit,
    @Nullable Instant since,
    @Nullable String counterparty,
    @Nullable AssetId asset) {

  /// The sum that `intent` belongs to.
  public static BudgetQuestion of(AgentId agent, BudgetKey key, Intent intent, Instant now) {
    return new BudgetQuestion(
        agent,
        key.rule(),
        key.unit(),
        key.window() == null ? null : now.minus(key.window()),
        key.per() == BudgetKey.Per.PAYEE ? intent.counterparty() : null,
        key.per() == BudgetKey.Per.ASSET ? intent.spends().asset().id() : null);
  }
}
