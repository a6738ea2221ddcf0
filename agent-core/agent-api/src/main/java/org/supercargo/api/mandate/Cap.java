package org.supercargo.api.mandate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;

/// A condition that bounds how much or how often.
public sealed interface Cap extends Condition {

  /// At most this much at once, if the intent spends this asset; dollars hold for every asset.
  record PerTransaction(Amount cap) implements Cap {
    @Override
    public @Nullable Miss check(Question question) {
      Amount spends = question.intent().spends();
      Amount counted = counted(question, spends, cap);
      if (counted == null) {
        return isUsd(cap) ? question.unvalued(spends.asset()) : null;
      }
      return counted.isMoreThan(cap)
          ? new Miss(
              described(spends, counted) + " is more than " + Wording.text(cap) + " at once",
              "spend at most " + Wording.text(cap) + " per transaction")
          : null;
    }
  }

  /// At most this much within any window of this length, if the intent spends this asset; dollars
  /// hold for every asset.
  ///
  /// @param window null for the whole life of the agent
  record Budget(Amount cap, @Nullable Duration window, BudgetKey.Per per) implements Cap {
    @Override
    public @Nullable Miss check(Question question) {
      Amount spends = question.intent().spends();
      Amount counted = counted(question, spends, cap);
      if (counted == null) {
        return isUsd(cap) ? question.unvalued(spends.asset()) : null;
      }
      Amount left = left(question);
      if (!counted.isMoreThan(left)) {
        return null;
      }
      return new Miss(
          described(spends, counted)
              + " is more than the "
              + Wording.text(left)
              + " left of "
              + Wording.text(cap)
              + span(window, per),
          "spend at most "
              + Wording.text(left)
              + " now"
              + (window == null ? "" : ", or wait until earlier spending leaves the window"));
    }

    private Amount left(Question question) {
      BigInteger before = question.facts().spent(key(question.rule()));
      return new Amount(cap.asset(), cap.baseUnits().subtract(before).max(BigInteger.ZERO));
    }

    BudgetKey key(String rule) {
      return new BudgetKey(rule, cap.asset().id(), window, per);
    }
  }

  /// At most so many intents within any window of this length.
  ///
  /// @param window null for the whole life of the agent
  record Count(int most, @Nullable Duration window, BudgetKey.Per per) implements Cap {
    @Override
    public @Nullable Miss check(Question question) {
      BigInteger before = question.facts().spent(key(question.rule()));
      return before.compareTo(BigInteger.valueOf(most)) < 0
          ? null
          : new Miss(
              before + " were allowed before, and only " + most + span(window, per),
              window == null ? "raise the count" : "wait until an earlier one leaves the window");
    }

    BudgetKey key(String rule) {
      return new BudgetKey(rule, BudgetKey.INTENTS, window, per);
    }
  }

  /// At most this share of what the wallet holds of the asset.
  ///
  /// @param percent above 0, at most 100
  record ShareOfBalance(BigDecimal percent) implements Cap {
    @Override
    public @Nullable Miss check(Question question) {
      Amount spends = question.intent().spends();
      BigInteger balance = question.facts().balance();
      if (balance == null) {
        return new Miss(
            "the balance of " + spends.asset().symbol() + " is not known",
            "use a rule without share-of-balance");
      }
      var most =
          new Amount(
              spends.asset(),
              new BigDecimal(balance)
                  .multiply(percent)
                  .movePointLeft(2)
                  .setScale(0, RoundingMode.DOWN)
                  .toBigIntegerExact());
      return spends.isMoreThan(most)
          ? new Miss(
              spends
                  + " is more than "
                  + percent.toPlainString()
                  + " % of the "
                  + new Amount(spends.asset(), balance)
                  + " in the wallet",
              "spend at most " + most)
          : null;
    }
  }

  private static boolean isUsd(Amount cap) {
    return cap.asset().id().equals(AssetId.USD);
  }

  /// What counts against a cap, or null when it has no value in the cap's unit.
  private static @Nullable Amount counted(Question question, Amount spends, Amount cap) {
    if (isUsd(cap)) {
      return question.usd(spends);
    }
    return spends.asset().id().equals(cap.asset().id()) ? spends : null;
  }

  private static String described(Amount spends, Amount counted) {
    return counted.asset().id().equals(spends.asset().id())
        ? Wording.text(spends)
        : spends + " (" + Wording.text(counted) + ")";
  }

  private static String span(@Nullable Duration window, BudgetKey.Per per) {
    return (window == null ? " in all" : " per " + Wording.text(window))
        + switch (per) {
          case AGENT -> "";
          case PAYEE -> " for each payee";
          case ASSET -> " for each asset";
        };
  }
}
