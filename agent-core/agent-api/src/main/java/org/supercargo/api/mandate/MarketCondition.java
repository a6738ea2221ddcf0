package org.supercargo.api.mandate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.intent.Intent;

/// A condition over what an exchange is worth.
public sealed interface MarketCondition extends Condition {

  /// What is received is worth at least what is sold, less this share, by the mandate's valuations,
  /// or by fresh prices where it has none.
  ///
  /// @param percent 0 to 100
  record MaximumLoss(BigDecimal percent) implements MarketCondition {
    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Swap swap)) {
        return new Miss("it is no swap", "use a rule without maximum-loss");
      }
      BigDecimal sold = question.rate(swap.sell().asset().id());
      BigDecimal bought = question.rate(swap.minimum().asset().id());
      if (sold == null) {
        return question.unvalued(swap.sell().asset());
      }
      if (bought == null) {
        return question.unvalued(swap.minimum().asset());
      }
      return shortfall(swap, sold, bought, percent, "is valued at", "renew the valuations");
    }
  }

  /// The same by prices of a source that does not execute the exchange, and by nothing else.
  ///
  /// @param percent 0 to 100
  record MaximumSlippage(BigDecimal percent) implements MarketCondition {
    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Swap swap)) {
        return new Miss("it is no swap", "use a rule without maximum-slippage");
      }
      BigDecimal sold = question.quote(swap.sell().asset().id());
      BigDecimal bought = question.quote(swap.minimum().asset().id());
      if (sold == null) {
        return question.unpriced(swap.sell().asset());
      }
      if (bought == null) {
        return question.unpriced(swap.minimum().asset());
      }
      return shortfall(
          swap, sold, bought, percent, "is quoted at", "wait for the market to agree with itself");
    }
  }

  /// Compares exact values: rounding what comes in up, however little, would let a loss pass.
  private static Condition.@Nullable Miss shortfall(
      Intent.Swap swap,
      BigDecimal soldRate,
      BigDecimal boughtRate,
      BigDecimal percent,
      String verb,
      String otherwise) {
    BigDecimal sold = Question.worth(swap.sell(), soldRate);
    BigDecimal bought = Question.worth(swap.minimum(), boughtRate);
    BigDecimal floor = sold.multiply(BigDecimal.valueOf(100).subtract(percent)).movePointLeft(2);
    if (bought.compareTo(floor) >= 0) {
      return null;
    }
    return new Condition.Miss(
        swap.sell()
            + " "
            + verb
            + " "
            + Wording.text(Question.usd(sold, RoundingMode.UP))
            + ", but the swap may return as little as "
            + Wording.text(Question.usd(bought, RoundingMode.DOWN)),
        "ask for a minimum worth at least "
            + Wording.text(Question.usd(floor, RoundingMode.UP))
            + ", or "
            + otherwise);
  }
}
