package org.supercargo.cli.model;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Payee;

/// Actions to practise with. They have the parameters of real ones and do nothing: each says what
/// it was asked for.
public final class PracticeActions implements Plugin {
  @Override
  public String name() {
    return "practice";
  }

  @Action("Add two whole numbers")
  public String add(
      @Param("the first number") long first, @Param("the second number") long second) {
    return exactly(() -> Math.addExact(first, second));
  }

  @Action("Multiply two whole numbers")
  public String multiply(
      @Param("the first number") long first, @Param("the second number") long second) {
    return exactly(() -> Math.multiplyExact(first, second));
  }

  @Action("Divide a whole number by another one, with the remainder")
  public String divide(
      @Param("the number to divide") long number, @Param("the divisor, not zero") long divisor) {
    if (divisor == 0) {
      throw SupercargoException.user("Nothing is divided by zero", "Use another divisor.");
    }
    return "quotient " + number / divisor + ", remainder " + Math.floorMod(number, divisor);
  }

  @Action("Pay an exact amount of one asset to a known name")
  public String pay(
      @Param("how much of which asset") Amount amount,
      @Param("who receives it") Payee payee,
      @Param("the chain to pay on") ChainId chain) {
    return "practice: " + amount + " to " + payee.name() + " on " + chain.name();
  }

  @Action("Exchange an exact amount of one asset for another one")
  public String exchange(
      @Param("how much of which asset is given") Amount amount,
      @Param("the asset to receive") Asset into,
      @Param("the chain to exchange on") ChainId chain) {
    return "practice: " + amount + " into " + into.symbol() + " on " + chain.name();
  }

  @Action("Exact balances of the agent's own wallets")
  public String balances(
      @Param(value = "only this chain", required = false) @Nullable ChainId chain) {
    return "practice: balances on " + (chain == null ? "all chains" : chain.name());
  }

  @Action("Remind the owner of something after some time")
  public String remind(
      @Param("one word for what it is about") String about,
      @Param("after how long") Duration after) {
    return "practice: " + about + " in " + after;
  }

  /// How much a report covers.
  public enum Period {
    DAY,
    WEEK,
    MONTH
  }

  @Action("Make a report of what was spent")
  public String report(@Param("what it covers") Period period) {
    return "practice: report of one " + period.name().toLowerCase(Locale.ROOT);
  }

  private static String exactly(java.util.function.LongSupplier sum) {
    try {
      return Long.toString(sum.getAsLong());
    } catch (ArithmeticException e) {
      throw SupercargoException.user("The result is too large", "Use smaller numbers.");
    }
  }
}
