package org.supercargo.engine;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.ModelBudget;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.model.ModelCard;
import org.supercargo.engine.store.StoreView;

/// Holds an agent's model calls to its budget: no call is made unless the most it can cost is left,
/// and its reply is bounded so that this is so.
final class ModelMeter {
  /// A shorter reply is of no use.
  private static final int SHORTEST_REPLY = 256;

  private static final Duration DAY = Duration.ofHours(24);

  /// A call may run into a provider's peak hours.
  private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

  private static final long MILLION = 1_000_000;

  private final AgentId agent;
  private final ModelSpec spec;
  private BigInteger runCost = BigInteger.ZERO;
  private long runTokens;

  ModelMeter(AgentId agent, ModelSpec spec) {
    this.agent = agent;
    this.spec = spec;
  }

  /// What a call may be.
  ///
  /// @param longestReply 0 for the backend's own limit
  record Bound(int longestReply, Amount cost, long tokens) {}

  /// What is left, and of which limit the least.
  ///
  /// @param money in base units of USD; null if nothing bounds it
  record Left(@Nullable BigInteger money, OptionalLong tokens, String limits) {}

  /// Counts a call of this run.
  void count(Amount cost, long tokens) {
    runCost = runCost.add(cost.baseUnits());
    runTokens += tokens;
  }

  Left left(StoreView view, Instant now) {
    ModelBudget budget = spec.budget();
    BigInteger money = null;
    var limits = new StringBuilder();
    if (budget.perRun() != null) {
      money = least(money, budget.perRun().baseUnits().subtract(runCost));
      limits.append(budget.perRun()).append(" per run, ");
    }
    if (budget.perDay() != null) {
      BigInteger spent = view.spent(agent, Bookkeeper.MODEL_COST, AssetId.USD, now.minus(DAY));
      money = least(money, budget.perDay().baseUnits().subtract(spent));
      limits.append(budget.perDay()).append(" per day, ");
    }
    if (budget.inAll() != null) {
      BigInteger spent = view.spent(agent, Bookkeeper.MODEL_COST, AssetId.USD, Instant.MIN);
      money = least(money, budget.inAll().baseUnits().subtract(spent));
      limits.append(budget.inAll()).append(" in all, ");
    }
    OptionalLong tokens = OptionalLong.empty();
    if (budget.tokensPerRun().isPresent()) {
      tokens = least(tokens, budget.tokensPerRun().getAsLong() - runTokens);
      limits.append(budget.tokensPerRun().getAsLong()).append(" tokens per run, ");
    }
    if (budget.tokensPerDay().isPresent()) {
      long spent =
          view.spent(agent, Bookkeeper.MODEL_TOKENS, AssetId.MODEL_TOKENS, now.minus(DAY))
              .longValueExact();
      tokens = least(tokens, budget.tokensPerDay().getAsLong() - spent);
      limits.append(budget.tokensPerDay().getAsLong()).append(" tokens per day, ");
    }
    String all = limits.isEmpty() ? "" : limits.substring(0, limits.length() - 2);
    return new Left(money, tokens, all);
  }

  /// @param promptBytes no tokenizer makes more tokens than bytes
  /// @return empty if the call could go beyond what is left
  Optional<Bound> bound(ModelCard card, long promptBytes, Left left, Instant now) {
    boolean bounded = left.money() != null || left.tokens().isPresent();
    long reply =
        spec.longestReply() > 0
            ? Math.min(spec.longestReply(), card.longestReply())
            : card.longestReply();
    if (left.money() != null) {
      reply = Math.min(reply, affordable(card, promptBytes, left.money(), now));
    }
    if (left.tokens().isPresent()) {
      reply = Math.min(reply, left.tokens().getAsLong() - promptBytes);
    }
    if (bounded && reply < Math.min(SHORTEST_REPLY, card.longestReply())) {
      return Optional.empty();
    }
    int longest = bounded || spec.longestReply() > 0 ? (int) reply : 0;
    return Optional.of(
        new Bound(longest, dearest(card, promptBytes, reply, now), promptBytes + reply));
  }

  private static long affordable(ModelCard card, long promptBytes, BigInteger left, Instant now) {
    BigInteger forReply = left.subtract(dearest(card, promptBytes, 0, now).baseUnits());
    if (forReply.signum() < 0) {
      return -1;
    }
    BigInteger perMillion = dearest(card, 0, MILLION, now).baseUnits();
    return perMillion.signum() == 0
        ? card.longestReply()
        : forReply
            .multiply(BigInteger.valueOf(MILLION))
            .divide(perMillion)
            .min(BigInteger.valueOf(Integer.MAX_VALUE))
            .longValueExact();
  }

  private static Amount dearest(ModelCard card, long input, long output, Instant now) {
    Amount cost = card.prices().atMost(card.model(), input, output, now, now.plus(LONGEST_CALL));
    return new Amount(Asset.USD, cost.baseUnits());
  }

  private static BigInteger least(@Nullable BigInteger one, BigInteger other) {
    return one == null ? other : one.min(other);
  }

  private static OptionalLong least(OptionalLong one, long other) {
    return OptionalLong.of(one.isEmpty() ? other : Math.min(one.getAsLong(), other));
  }
}
