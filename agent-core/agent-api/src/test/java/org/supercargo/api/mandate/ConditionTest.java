package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.CONTRACT;
import static org.supercargo.api.mandate.Given.ETH;
import static org.supercargo.api.mandate.Given.HOME;
import static org.supercargo.api.mandate.Given.MALLORY;
import static org.supercargo.api.mandate.Given.NOW;
import static org.supercargo.api.mandate.Given.SOL;
import static org.supercargo.api.mandate.Given.USDC;
import static org.supercargo.api.mandate.Given.USDC_ON_BASE;
import static org.supercargo.api.mandate.Given.VENUE;
import static org.supercargo.api.mandate.Given.allowing;
import static org.supercargo.api.mandate.Given.call;
import static org.supercargo.api.mandate.Given.item;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.nothingSpent;
import static org.supercargo.api.mandate.Given.order;
import static org.supercargo.api.mandate.Given.origin;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.paySol;
import static org.supercargo.api.mandate.Given.payee;
import static org.supercargo.api.mandate.Given.payeeSince;
import static org.supercargo.api.mandate.Given.request;
import static org.supercargo.api.mandate.Given.swap;
import static org.supercargo.api.mandate.Given.transfers;
import static org.supercargo.api.mandate.Given.usd;
import static org.supercargo.api.mandate.Given.usdc;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// Every condition over what an intent is: what is named passes, what is not named fails.
final class ConditionTest {
  private static Verdict judge(Condition condition, Intent intent) {
    Mandate mandate = mandate(allowing(intent, condition));
    return mandate.judge(intent, nothingSpent(mandate));
  }

  private static void passes(Condition condition, Intent intent) {
    assertThat(judge(condition, intent))
        .as("%s under %s", intent.summary(), condition)
        .isInstanceOf(Verdict.Allow.class);
  }

  private static void fails(Condition condition, Intent intent, String reason, String remedy) {
    fails(judge(condition, intent), reason, remedy);
  }

  private static void fails(Verdict verdict, String reason, String remedy) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> {
              assertThat(deny.rule()).isEqualTo("default deny");
              assertThat(deny.reason()).contains("rule \"tested\" does not apply", reason);
              assertThat(deny.remedies()).singleElement().asString().contains(remedy);
            });
  }

  @Test
  void the_chain_must_be_named() {
    var onSolana = new Condition.OnChain(Set.of(ChainId.SOLANA));
    passes(onSolana, pay(ALICE, "1"));
    fails(onSolana, swap("10", "0.004"), "it happens on base", "add base to the chains of rule");
    fails(onSolana, call("claim()"), "it happens on base", "add base");
    fails(onSolana, request("api.example.com", "1"), "it happens on base", "add base");
  }

  @Test
  void the_asset_spent_must_be_named_on_its_own_chain() {
    passes(new Condition.Spends(Set.of(USDC.id(), SOL.id())), pay(ALICE, "1"));
    fails(
        new Condition.Spends(Set.of(USDC_ON_BASE.id())),
        pay(ALICE, "1"),
        "it spends USDC",
        "add USDC to the assets");
    passes(new Condition.Spends(Set.of(Asset.USD.id())), order("mill", "5", item(1, "beans")));
  }

  @Test
  void the_payee_must_be_named_by_address_whatever_it_calls_itself() {
    var crew = new Condition.Pays(List.of(payee(ALICE, Provenance.MANDATE)));
    passes(crew, pay(ALICE, "1"));
    var liar =
        new Intent.Transfer(
            new Payee("alice", MALLORY, Provenance.MANDATE), Amount.parse("1", USDC), "");
    fails(crew, liar, "only alice may receive", "add the payee to the address book");
  }

  @Test
  void where_goods_go_must_be_named() {
    var home = new Condition.Pays(List.of(payee(HOME, Provenance.MANDATE)));
    passes(home, order("mill", "5", item(1, "beans")));
    var elsewhere = new Address(ChainId.OFF_CHAIN, "2 Quay Street");
    fails(
        home,
        new Intent.Order(
            "mill", List.of(item(1, "beans")), payee(elsewhere, Provenance.MANDATE), usd("5")),
        "it goes to 2 Quay Street",
        "add the payee");
  }

  @Test
  void a_rule_that_names_payees_never_allows_what_pays_no_one() {
    var crew = new Condition.Pays(List.of(payee(ALICE, Provenance.MANDATE)));
    fails(crew, swap("10", "0.004"), "it pays no one", "use a rule without payees");
    fails(crew, call("claim()"), "it pays no one", "use a rule without payees");
  }

  @Test
  void the_asset_bought_must_be_named() {
    passes(new Condition.Buys(Set.of(ETH.id())), swap("10", "0.004"));
    fails(
        new Condition.Buys(Set.of(SOL.id())),
        swap("10", "0.004"),
        "it buys ETH",
        "add ETH to the bought assets");
    fails(new Condition.Buys(Set.of(SOL.id())), pay(ALICE, "1"), "it buys nothing", "without");
  }

  @Test
  void the_host_must_be_named_exactly_and_stands_for_none_below_it() {
    var hosts = new Condition.Hosts(Set.of("api.example.com"));
    passes(hosts, request("api.example.com", "0.01"));
    for (String other :
        List.of(
            "example.com", "evil.api.example.com", "api.example.com.evil.net", "api.example.co")) {
      fails(hosts, request(other, "0.01"), "it pays the host " + other, "to the hosts of rule");
    }
    fails(hosts, pay(ALICE, "1"), "it pays no host", "use a rule without hosts");
  }

  @Test
  void the_shop_must_be_named() {
    var shops = new Condition.Shops(Set.of("mill"));
    passes(shops, order("mill", "5", item(1, "beans")));
    fails(shops, order("Mill", "5", item(1, "beans")), "it orders from Mill", "to the shops");
    fails(shops, pay(ALICE, "1"), "it orders nothing", "use a rule without shops");
  }

  @Test
  void every_product_must_be_named_and_no_more_of_it_ordered_however_it_is_split() {
    var products = new Condition.Products(Map.of("beans", 4, "filters", 10));
    passes(products, order("mill", "5", item(4, "beans"), item(10, "filters")));
    fails(products, order("mill", "5", item(5, "beans")), "5 of beans, more than 4", "at most 4");
    fails(
        products,
        order("mill", "5", item(3, "beans"), item(2, "beans")),
        "5 of beans, more than 4",
        "at most 4");
    fails(
        products,
        order("mill", "5", item(1, "beans"), item(1, "gift-card")),
        "it orders gift-card",
        "add gift-card to the products");
    fails(
        products,
        order("mill", "5", item(Integer.MAX_VALUE, "beans"), item(Integer.MAX_VALUE, "beans")),
        "4294967294 of beans",
        "at most 4");
    fails(products, pay(ALICE, "1"), "it orders nothing", "use a rule without products");
  }

  @Test
  void the_contract_and_the_function_called_must_be_named() {
    passes(new Condition.Contracts(Set.of(CONTRACT)), call("claim()"));
    fails(
        new Condition.Contracts(Set.of(VENUE)),
        call("claim()"),
        "it calls the contract 0xRewards",
        "to the contracts of rule");
    var functions = new Condition.Functions(Set.of("claim()", "harvest(uint256)"));
    passes(functions, call("claim()"));
    fails(functions, call("claim(address)", "0x01"), "it calls claim(address)", "to the functions");
    fails(functions, swap("1", "0.0004"), "it calls no function", "use a rule without functions");
  }

  @Test
  void an_argument_must_be_named_and_there() {
    var second = new Condition.Argument(1, Set.of("0x01", "0x02"));
    passes(second, call("send(uint256,address)", "5", "0x02"));
    fails(
        second, call("send(uint256,address)", "5", "0x03"), "argument 1 is 0x03", "to argument 1");
    fails(second, call("claim()"), "argument 1 is missing", "to argument 1");
    fails(second, pay(ALICE, "1"), "it calls no function", "use a rule without arguments");
  }

  @Test
  void a_payee_must_have_been_known_for_the_time_and_not_a_moment_less() {
    var known = new Condition.KnownFor(Duration.ofHours(24));
    Mandate mandate = mandate(transfers("tested", Rule.Decision.ALLOW, known));
    Facts facts = nothingSpent(mandate);
    Instant before = NOW.minus(Duration.ofHours(24));
    assertThat(mandate.judge(pay(ALICE, "1"), payeeSince(facts, before)))
        .isInstanceOf(Verdict.Allow.class);
    fails(
        mandate.judge(pay(ALICE, "1"), payeeSince(facts, before.plusNanos(1))),
        "only since 2026-12-31T00:00:00.000000001Z",
        "wait until 2027-01-01T00:00:00.000000001Z");
    fails(mandate.judge(pay(ALICE, "1"), facts), "not in the address book", "add the payee");
  }

  @Test
  void what_nobody_says_the_origin_of_came_from_the_model() {
    var owner = new Condition.Origin(Field.AMOUNT, Set.of(Provenance.OWNER, Provenance.MANDATE));
    Mandate mandate = mandate(transfers("tested", Rule.Decision.ALLOW, owner));
    Facts facts = nothingSpent(mandate);
    assertThat(mandate.judge(pay(ALICE, "1"), origin(facts, Field.AMOUNT, Provenance.OWNER)))
        .isInstanceOf(Verdict.Allow.class);
    for (Facts wrong :
        List.of(
            facts,
            origin(facts, Field.AMOUNT, Provenance.MODEL),
            origin(facts, Field.PAYEE, Provenance.OWNER))) {
      fails(
          mandate.judge(pay(ALICE, "1"), wrong),
          "its amount came from model",
          "write the amount into the goal");
    }
    fails(
        mandate.judge(pay(ALICE, "1"), origin(facts, Field.AMOUNT, Provenance.MEMORY)),
        "came from memory",
        "write the amount");
  }

  @Test
  void above_means_more_than_the_threshold_and_not_the_threshold() {
    var above = new Condition.Above(usdc("10"));
    passes(above, pay(ALICE, "10.000001"));
    fails(above, pay(ALICE, "10"), "10 USDC is not above 10 USDC", "smaller amounts");
    passes(new Condition.Above(usd("10")), pay(ALICE, "10.000001"));
    fails(new Condition.Above(usd("10")), pay(ALICE, "10"), "$10.00 is not above $10.00", "");
  }

  @Test
  void what_has_no_known_value_counts_as_above_so_that_it_is_asked_about() {
    passes(new Condition.Above(usd("1000000")), paySol(ALICE, "0.000000001"));
    passes(new Condition.Above(usdc("1000000")), paySol(ALICE, "0.000000001"));
  }

  /// Weekdays nine to five in Berlin, which is one hour ahead of UTC in winter and two in summer.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "2027-01-04T07:59:59Z, false",
    "2027-01-04T08:00:00Z, true",
    "2027-01-04T15:59:59Z, true",
    "2027-01-04T16:00:00Z, false",
    "2027-01-09T10:00:00Z, false",
    "2027-06-28T06:59:59Z, false",
    "2027-06-28T07:00:00Z, true",
    "2027-06-28T15:00:00Z, false"
  })
  void hours_are_those_of_the_place_in_summer_and_winter(Instant now, boolean inside) {
    assertThat(during(weekdays(), "09:00", "17:00", now)).isEqualTo(inside);
  }

  /// Friday and Saturday, ten in the evening to two in the morning; the morning belongs to the day
  /// before.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "2027-01-08T20:59:59Z, false",
    "2027-01-08T21:00:00Z, true",
    "2027-01-09T00:59:59Z, true",
    "2027-01-09T01:00:00Z, false",
    "2027-01-10T00:30:00Z, true",
    "2027-01-11T00:30:00Z, false",
    "2027-01-08T00:30:00Z, false"
  })
  void hours_past_midnight_belong_to_the_day_they_began(Instant now, boolean inside) {
    assertThat(during(EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), "22:00", "02:00", now))
        .isEqualTo(inside);
  }

  @Test
  void hours_from_midnight_to_midnight_are_the_whole_day_and_no_other() {
    Set<DayOfWeek> monday = EnumSet.of(DayOfWeek.MONDAY);
    assertThat(during(monday, "00:00", "00:00", Instant.parse("2027-01-03T23:00:00Z"))).isTrue();
    assertThat(during(monday, "00:00", "00:00", Instant.parse("2027-01-04T22:59:59Z"))).isTrue();
    assertThat(during(monday, "00:00", "00:00", Instant.parse("2027-01-04T23:00:00Z"))).isFalse();
    assertThat(during(monday, "00:00", "00:00", Instant.parse("2027-01-03T22:59:59Z"))).isFalse();
  }

  private static Set<DayOfWeek> weekdays() {
    return EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  }

  private static boolean during(Set<DayOfWeek> days, String from, String until, Instant now) {
    var hours =
        new Condition.During(
            days, LocalTime.parse(from), LocalTime.parse(until), ZoneId.of("Europe/Berlin"));
    Mandate mandate = mandate(transfers("tested", Rule.Decision.ALLOW, hours));
    return mandate.judge(pay(ALICE, "1"), nothingSpent(mandate, now)) instanceof Verdict.Allow;
  }
}
