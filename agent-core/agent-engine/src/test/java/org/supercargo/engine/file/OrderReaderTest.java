package org.supercargo.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.engine.file.Given.FULL;
import static org.supercargo.engine.file.Given.isRefused;
import static org.supercargo.engine.file.Given.parse;
import static org.supercargo.engine.file.Given.with;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.StandingOrder;
import org.supercargo.api.agent.StandingOrder.Trigger;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;

/// What an agent does without a model.
final class OrderReaderTest {
  private static final String WHEN = "{price-of: ETH, in: USDC, chain: base, at-or-below: 2500.50}";
  private static final String EVERY = "    every: 7d\n    from: 2026-12-01T09:00:00Z\n";

  private static StandingOrder order(String file, String name) {
    List<StandingOrder> named =
        parse(file).spec().orders().stream().filter(order -> order.name().equals(name)).toList();
    assertThat(named).as("orders with the name " + name).hasSize(1);
    return named.getFirst();
  }

  private static Asset onBase(AgentSpec spec, String symbol) {
    return spec.assets(symbol).stream()
        .filter(asset -> asset.chain().equals(ChainId.BASE))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void orders_are_read_to_the_last_value_and_in_their_order() {
    AgentSpec spec = parse(FULL).spec();
    assertThat(spec.orders())
        .containsExactly(
            new StandingOrder(
                "weekly-eth",
                new ActionCall(
                    "order", "swap", "{\"buy\":\"ETH\",\"chain\":\"base\",\"sell\":\"10 USDC\"}"),
                new Trigger.Every(Instant.parse("2026-12-01T09:00:00Z"), Duration.ofDays(7)),
                52,
                Instant.parse("2027-12-01T00:00:00Z")),
            new StandingOrder(
                "stop-loss",
                new ActionCall(
                    "order",
                    "sell_all",
                    "{\"asset\":\"weth\",\"change\":-12,\"memo\":\"7\",\"quick\":true,"
                        + "\"share\":\"0.5\",\"sure\":\"true\",\"tries\":3}"),
                new Trigger.AtPrice(
                    onBase(spec, "ETH"), onBase(spec, "USDC"), false, new BigDecimal("2500.50")),
                1,
                null));
  }

  @Test
  void an_order_at_moments_acts_a_million_times_unless_it_says_otherwise() {
    assertThat(order(with("    most: 52\n", ""), "weekly-eth").most()).isEqualTo(1_000_000);
    assertThat(order(with("at-or-below: 2500.50}", "at-or-below: 1}\n    most: 3"), "stop-loss"))
        .extracting(StandingOrder::most)
        .isEqualTo(3);
  }

  @Test
  void an_order_may_wait_for_a_price_to_rise() {
    assertThat(order(with("at-or-below: 2500.50", "at-or-above: 0.0004"), "stop-loss").trigger())
        .isInstanceOfSatisfying(
            Trigger.AtPrice.class,
            price -> {
              assertThat(price.above()).isTrue();
              assertThat(price.limit()).isEqualTo(new BigDecimal("0.0004"));
            });
  }

  @Test
  void an_action_without_arguments_gets_an_empty_object() {
    String file = with("    with: {sell: 10 USDC, buy: ETH, chain: base}\n", "");
    assertThat(order(file, "weekly-eth").action().arguments()).isEqualTo("{}");
  }

  @Test
  void arguments_keep_quotes_and_letters_of_every_script() {
    String file = with("{sell: 10 USDC, buy: ETH, chain: base}", "{memo: 'say \"hé\" \\ 🚢'}");
    assertThat(order(file, "weekly-eth").action().arguments())
        .isEqualTo("{\"memo\":\"say \\\"hé\\\" \\\\ 🚢\"}");
  }

  @Test
  void a_number_too_large_for_a_machine_word_stays_exact() {
    String file = with("tries: 3", "tries: 123456789012345678901234567890");
    assertThat(order(file, "stop-loss").action().arguments())
        .contains("\"tries\":123456789012345678901234567890");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          stop-loss: | stop loss: | 102 | "stop loss" is not a name for an order
          stop-loss: | weekly-eth: | 102 | the key "weekly-eth" is given twice
          stop-loss: | Weekly-ETH: | 102 | "Weekly-ETH" is given twice under two spellings
          do: sell_all | do: | 102 | a value is missing
          do: sell_all | action: sell_all | 102 | there is no key "action" here
          do: sell_all | do: sell all | 102 | "sell all" is not the name of an action
          tries: 3 | 'tries: [3]' | 103 | this must be one value
          tries: 3 | 'tries: {a: 3}' | 103 | this must be one value
          tries: 3 | 'tries: ' | 103 | a value is missing
          tries: 3 | tries: 03 | 103 | "03" begins with a zero
          tries: 3 | tries: 0x10 | 103 | 0x10 stands without quotes
          tries: 3 | 'tries: 3, tries: 4' | 103 | the key "tries" is given twice
          tries: 3 | the tries: 3 | 103 | "the tries" is not the name of an argument
          '{sell: 10 USDC, buy: ETH, chain: base}' | {} | 96 | there are no arguments here
          '{sell: 10 USDC, buy: ETH, chain: base}' | swap it | 96 | this must be a mapping
          every: 7d | every: 30s | 97 | the time 30s is out of range
          every: 7d | every: 401d | 97 | the time 401d is out of range
          every: 7d | every: week | 97 | "week" is not a length of time
          from: 2026-12-01T09:00:00Z | from: monday | 98 | "monday" is not a date
          most: 52 | most: 0 | 99 | "0" is not a whole number from 1 to 1000000
          most: 52 | most: 1000001 | 99 | "1000001" is not a whole number from 1 to 1000000
          until: 2027-12-01T00:00:00Z | until: 2026-12-01T09:00:00Z | 100 | the order ends before it has acted once
          until: 2027-12-01T00:00:00Z | until: never | 100 | "never" is not a date
          """)
  void a_bad_order_is_named_with_what_is_wrong(String good, String bad, int line, String words) {
    isRefused(with(good, bad), line, words);
  }

  @Test
  void an_order_has_exactly_one_of_every_and_when() {
    String words = "an order needs exactly one of every, when";
    isRefused(with(EVERY, ""), 95, words);
    isRefused(with("    every: 7d\n", "    every: 7d\n    when: " + WHEN + "\n"), 95, words);
    isRefused(with("    from: 2026-12-01T09:00:00Z\n", ""), 95, "the key \"from\" is missing");
    isRefused(with("    when: ", "    from: 2026-12-01\n    when: "), 104, "\"from\" is the first");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cheap | this must be a mapping
          {in: USDC, chain: base, at-or-below: 1} | the key "price-of" is missing
          {price-of: ETH, chain: base, at-or-below: 1} | the key "in" is missing
          {price-of: ETH, in: USDC, at-or-below: 1} | the key "chain" is missing
          {price-of: ETH, in: USDC, chain: base} | exactly one of at-or-below, at-or-above
          {price-of: ETH, in: USDC, chain: base, at-or-below: 1, at-or-above: 2} | exactly one of at-or-below, at-or-above
          {price-of: ETH, in: USDC, chain: base, below: 1} | there is no key "below" here
          {price-of: SOL, in: USDC, chain: base, at-or-below: 1} | the asset "SOL" is not known on base
          {price-of: SOL, in: WETH, chain: solana, at-or-below: 1} | the asset "WETH" is not known on solana
          {price-of: ETH, in: USD, chain: base, at-or-below: 1} | the asset "USD" is not known on base
          {price-of: usdc, in: USDC, chain: base, at-or-below: 1} | the price of USDC in itself
          {price-of: ETH, in: USDC, chain: moon, at-or-below: 1} | "moon" is not a chain known here
          {price-of: ETH, in: USDC, chain: base, at-or-below: 0} | no price is ever zero
          {price-of: ETH, in: USDC, chain: base, at-or-below: 0.00} | no price is ever zero
          {price-of: ETH, in: USDC, chain: base, at-or-below: -1} | "-1" is not a plain number
          {price-of: ETH, in: USDC, chain: base, at-or-below: 2.5e3} | "2.5e3" is not a plain number
          {price-of: ETH, in: USDC, chain: base, at-or-below: 02500} | "02500" is not a plain number
          '{price-of: ETH, in: USDC, chain: base, at-or-below: "2,500"}' | "2,500" is not a plain number
          {price-of: ETH, in: USDC, chain: base, at-or-below: 2500 USDC} | "2500 USDC" is not a plain number
          """)
  void a_bad_price_is_refused(String yaml, String words) {
    isRefused(with(WHEN, yaml), 104, words);
  }

  @Test
  void an_order_may_wait_until_little_is_left_at_a_host() {
    String file = with(WHEN, "{prepaid: api.example.com, below: $2.50}\n    most: 3");
    StandingOrder order = order(file, "stop-loss");
    assertThat(order.trigger())
        .isEqualTo(new Trigger.PrepaidBelow("api.example.com", Amount.parse("2.50", Asset.USD)));
    assertThat(order.most()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {prepaid: api.example.com} | the key "below" is missing
          {prepaid: api.example.com, below: $0} | nothing is ever less than that
          {prepaid: api.example.com, below: lots} | "lots" is not an amount of USD
          {prepaid: 'https://api.example.com', below: $2} | is not the name of a host
          {prepaid: api.example.com, below: $2, chain: base} | there is no key "chain" here
          {prepaid: api.example.com, below: $2} | how often it may act is not said
          """)
  void a_bad_balance_to_wait_for_is_refused(String yaml, String words) {
    isRefused(with(WHEN, yaml), words.startsWith("how often") ? 102 : 104, words);
  }

  @Test
  void orders_without_one_are_refused() {
    String none = FULL.substring(0, FULL.indexOf("orders:\n")) + "orders: {}\n";
    isRefused(none, 93, "there are no orders here");
  }
}
