package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.ETH;
import static org.supercargo.api.mandate.Given.NOW;
import static org.supercargo.api.mandate.Given.QUOTE_AGE;
import static org.supercargo.api.mandate.Given.USDC_ON_BASE;
import static org.supercargo.api.mandate.Given.allowing;
import static org.supercargo.api.mandate.Given.limited;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.nothingSpent;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.price;
import static org.supercargo.api.mandate.Given.prices;
import static org.supercargo.api.mandate.Given.swap;
import static org.supercargo.api.mandate.Given.swaps;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.intent.Intent;

/// What an exchange may lose, by the owner's values and by the market's.
final class MarketConditionTest {
  private static final Price USDC_NOW = price(USDC_ON_BASE, "1", NOW);
  private static final Condition TWO_PERCENT =
      new MarketCondition.MaximumSlippage(new BigDecimal("2"));

  private static Condition loss(String percent) {
    return new MarketCondition.MaximumLoss(new BigDecimal(percent));
  }

  private static Verdict judge(Mandate mandate, Intent intent, Price... prices) {
    return mandate.judge(intent, prices(nothingSpent(mandate), prices));
  }

  private static void passes(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Allow.class);
  }

  private static void fails(Verdict verdict, String reason, String remedy) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> {
              assertThat(deny.reason()).contains(reason);
              assertThat(deny.remedies()).singleElement().asString().contains(remedy);
            });
  }

  @Test
  void a_swap_may_lose_the_share_exactly_and_not_one_base_unit_more() {
    // 100 dollars less 3 percent is 97 dollars, which is 0.0388 ether.
    Mandate mandate = mandate(swaps("trade", loss("3")));
    passes(judge(mandate, swap("100", "0.0388")));
    fails(
        judge(mandate, swap("100", "0.038799999999999999")),
        "100 USDC is valued at $100.00, but the swap may return as little as",
        "ask for a minimum worth at least $97.00");
  }

  @Test
  void no_loss_at_all_and_a_total_loss_are_shares_too() {
    Mandate none = mandate(swaps("trade", loss("0")));
    passes(judge(none, swap("100", "0.04")));
    fails(judge(none, swap("100", "0.0399999999")), "valued at", "");
    passes(judge(mandate(swaps("trade", loss("100"))), swap("100", "0.000000000000000001")));
  }

  @Test
  void a_swap_of_something_without_a_value_passes_no_bound_on_losses() {
    Mandate mandate = mandate(Valuations.NONE, swaps("trade", loss("10")));
    fails(judge(mandate, swap("100", "0.04")), "does not value USDC", "add USDC");
    fails(judge(mandate, swap("100", "0.04"), USDC_NOW), "does not value ETH", "add ETH");
    passes(judge(mandate, swap("100", "0.04"), USDC_NOW, price(ETH, "2500", NOW)));
    fails(
        judge(mandate(allowing(pay(ALICE, "1"), loss("10"))), pay(ALICE, "1")),
        "it is no swap",
        "without");
  }

  @Test
  void slippage_is_measured_by_independent_prices_and_by_no_valuation() {
    // Valued at 2500, quoted at 2000: 100 USDC should bring 0.05 ether less two percent.
    Mandate mandate = mandate(swaps("trade", TWO_PERCENT));
    passes(judge(mandate, swap("100", "0.049"), USDC_NOW, price(ETH, "2000", NOW)));
    fails(
        judge(mandate, swap("100", "0.048999999999999999"), USDC_NOW, price(ETH, "2000", NOW)),
        "100 USDC is quoted at $100.00",
        "at least $98.00");
    fails(
        judge(mandate, swap("100", "0.05")),
        "no independent price of USDC is younger than 5m",
        "wait for a fresh price");
    fails(judge(mandate, swap("100", "0.05"), USDC_NOW), "no independent price of ETH", "wait");
  }

  @Test
  void a_price_counts_until_it_is_too_old_and_not_from_the_future() {
    Mandate mandate = mandate(swaps("trade", TWO_PERCENT));
    passes(judge(mandate, swap("100", "0.05"), USDC_NOW, price(ETH, "2000", NOW.minus(QUOTE_AGE))));
    fails(
        judge(
            mandate,
            swap("100", "0.05"),
            USDC_NOW,
            price(ETH, "2000", NOW.minus(QUOTE_AGE).minusNanos(1))),
        "no independent price of ETH",
        "wait");
    fails(
        judge(
            mandate,
            swap("100", "0.05"),
            USDC_NOW,
            price(ETH, "2000", NOW.plus(QUOTE_AGE).plusNanos(1))),
        "no independent price of ETH",
        "wait");
  }

  @Test
  void the_newest_price_counts() {
    Mandate mandate = mandate(swaps("trade", TWO_PERCENT));
    Price old = price(ETH, "4000", NOW.minus(Duration.ofMinutes(4)));
    passes(judge(mandate, swap("100", "0.049"), USDC_NOW, old, price(ETH, "2000", NOW)));
    fails(
        judge(mandate, swap("100", "0.026"), USDC_NOW, old, price(ETH, "2000", NOW)),
        "as little as $52.00",
        "");
  }

  @Test
  void a_mandate_that_asks_for_no_quotes_has_none() {
    Mandate mandate = limited(List.of(), swaps("trade", TWO_PERCENT));
    fails(
        judge(mandate, swap("100", "0.05"), USDC_NOW, price(ETH, "2000", NOW)),
        "no independent price of USDC is asked for",
        "quote-age: 5m");
  }
}
