package org.supercargo.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.engine.file.Given.FULL;
import static org.supercargo.engine.file.Given.parse;
import static org.supercargo.engine.file.Given.with;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.ApprovalTerms;
import org.supercargo.api.mandate.BudgetKey.Per;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.MarketCondition;
import org.supercargo.api.mandate.Rule;

/// What a mandate's YAML means, key by key.
final class MandateReaderTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final AgentSpec SPEC = parse(FULL).spec();
  private static final Mandate MANDATE = SPEC.mandate();

  private static Amount amount(String number, String symbol, ChainId chain) {
    return Amount.parse(
        number,
        SPEC.assets(symbol).stream()
            .filter(asset -> asset.chain().equals(chain))
            .findFirst()
            .orElseThrow());
  }

  private static Amount usd(String number) {
    return Amount.parse(number, Asset.USD);
  }

  private static Payee payee(String name, ChainId chain, String address) {
    return new Payee(name, new Address(chain, address), Provenance.MANDATE);
  }

  private static Rule rule(String name) {
    return rule(MANDATE, name);
  }

  private static Rule rule(Mandate mandate, String name) {
    return mandate.rules().stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_terms_of_a_mandate() {
    assertThat(MANDATE.expires()).isEqualTo(Instant.parse("2027-12-31T18:00:00Z"));
    assertThat(MANDATE.quoteAge()).isEqualTo(Duration.ofMinutes(5));
    assertThat(MANDATE.approvers().keySet()).containsExactly("cfo", "ops");
    assertThat(MANDATE.approvers().get("ops")).isEqualTo(Ed25519Key.parse(Given.OPS).bytes());
    assertThat(MANDATE.valuations().usdPerUnit())
        .hasSize(4)
        .hasEntrySatisfying(
            AssetId.nativeOf(ChainId.BASE),
            price -> assertThat(price).isEqualByComparingTo(new BigDecimal("2500.5")));
    assertThat(MANDATE.rules())
        .extracting(Rule::name)
        .containsExactly("crew", "trade", "claim", "data", "coffee", "never", "not at night");
  }

  @Test
  void fees_have_a_ceiling_a_tip_and_a_rolling_limit() {
    assertThat(MANDATE.fees())
        .isEqualTo(
            Map.of(
                ChainId.SOLANA,
                new FeeLimit(
                    amount("0.01", "SOL", ChainId.SOLANA),
                    amount("0.001", "SOL", ChainId.SOLANA),
                    amount("0.2", "SOL", ChainId.SOLANA),
                    DAY),
                ChainId.BASE,
                new FeeLimit(
                    amount("0.001", "ETH", ChainId.BASE),
                    amount("0.001", "ETH", ChainId.BASE),
                    amount("0.02", "ETH", ChainId.BASE),
                    Duration.ofMinutes(90))));
  }

  @Test
  void limits_are_caps_over_all_rules() {
    assertThat(MANDATE.limits())
        .containsExactly(
            new Cap.Budget(usd("200"), DAY, Per.AGENT),
            new Cap.Budget(usd("60"), Duration.ofHours(1), Per.ASSET),
            new Cap.Budget(usd("5000"), null, Per.AGENT),
            new Cap.Count(100, DAY, Per.AGENT),
            new Cap.Count(9000, null, Per.AGENT));
  }

  @Test
  void a_rule_for_transfers_with_every_bound() {
    Rule crew = rule("crew");
    assertThat(crew.decision()).isEqualTo(Rule.Decision.ALLOW);
    assertThat(crew.terms()).isNull();
    assertThat(crew.kinds()).containsExactly(Intent.Kind.TRANSFER);
    Amount onSolana = amount("100", "USDC", ChainId.SOLANA);
    assertThat(crew.conditions())
        .contains(
            new Condition.OnChain(Set.of(ChainId.SOLANA, ChainId.BASE)),
            new Condition.Pays(
                List.of(
                    payee("alice", ChainId.SOLANA, "solana-alice"),
                    payee("alice", ChainId.BASE, "base-alice"),
                    payee("BOB", ChainId.BASE, "base-bob"))),
            new Cap.PerTransaction(amount("10", "USDC", ChainId.SOLANA)),
            new Cap.PerTransaction(amount("10", "USDC", ChainId.BASE)),
            new Cap.PerTransaction(amount("1", "SOL", ChainId.SOLANA)),
            new Cap.Budget(amount("40", "USDC", ChainId.BASE), DAY, Per.AGENT),
            new Cap.Budget(usd("25.5"), Duration.ofMinutes(90), Per.AGENT),
            new Cap.Budget(onSolana, Duration.ofDays(7), Per.PAYEE),
            new Cap.Budget(amount("900", "USDC", ChainId.BASE), null, Per.AGENT),
            new Cap.Budget(amount("300", "USDC", ChainId.BASE), null, Per.PAYEE),
            new Cap.Count(10, DAY, Per.AGENT),
            new Cap.Count(3, DAY, Per.PAYEE),
            new Cap.Count(100, null, Per.AGENT),
            new Cap.ShareOfBalance(new BigDecimal("12.5")),
            new Condition.KnownFor(DAY),
            new Condition.During(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(9, 0),
                LocalTime.of(17, 0),
                ZoneId.of("Europe/Berlin")),
            new Condition.Origin(Field.AMOUNT, Set.of(Provenance.OWNER, Provenance.TOOL)),
            new Condition.Origin(Field.PAYEE, Set.of(Provenance.MANDATE)));
  }

  @Test
  void a_rule_that_asks_for_approval() {
    Rule trade = rule("trade");
    assertThat(trade.decision()).isEqualTo(Rule.Decision.APPROVE);
    assertThat(trade.terms())
        .isEqualTo(
            new ApprovalTerms(Set.of("ops", "cfo"), 2, Duration.ofMinutes(10), Duration.ofDays(2)));
    assertThat(trade.conditions())
        .contains(
            new Condition.Contracts(Set.of(new Address(ChainId.BASE, "base-router"))),
            new Cap.PerTransaction(usd("50")),
            new Condition.Above(usd("10")),
            new MarketCondition.MaximumLoss(new BigDecimal("2.5")),
            new MarketCondition.MaximumSlippage(new BigDecimal("1")));
  }

  @Test
  void one_approver_needs_no_quorum_and_terms_have_defaults() {
    Mandate mandate =
        parse(
                with("by: [ops, cfo]", "by: ops")
                    .replace("      quorum: 2\n", "")
                    .replace("      delay: 10m\n", "")
                    .replace("      lapse: 2d\n", ""))
            .spec()
            .mandate();
    assertThat(rule(mandate, "trade").terms())
        .isEqualTo(new ApprovalTerms(Set.of("ops"), 1, Duration.ZERO, DAY));
  }

  @Test
  void a_rule_for_calls_binds_contract_function_and_arguments() {
    assertThat(rule("claim").conditions())
        .contains(
            new Condition.Contracts(Set.of(new Address(ChainId.BASE, "base-rewards"))),
            new Condition.Functions(Set.of("claim(address,uint256)", "renew(address,uint256)")),
            new Condition.Argument(0, Set.of("0x00000000000000000000000000000000000000aa")),
            new Condition.Argument(1, Set.of("5", "7")),
            new Cap.PerTransaction(amount("0", "ETH", ChainId.BASE)));
  }

  @Test
  void rules_for_payments_and_orders() {
    assertThat(rule("data").conditions())
        .contains(
            new Condition.Hosts(Set.of("api.example.com", "data.example.org")),
            new Cap.Budget(amount("1", "USDC", ChainId.BASE), DAY, Per.PAYEE));
    assertThat(rule("coffee").conditions())
        .containsExactly(
            new Condition.Pays(
                List.of(payee("home", ChainId.OFF_CHAIN, "Jane Doe, 1 Quay Street, Port"))),
            new Condition.Shops(Set.of("roastery.example")),
            new Condition.Products(Map.of("espresso-beans", 4, "filters 100", 10)),
            new Cap.PerTransaction(usd("60")));
  }

  @Test
  void a_rule_that_forbids_and_names_no_chain_holds_everywhere() {
    assertThat(rule("never").conditions())
        .containsExactly(
            new Condition.OnChain(Set.of(ChainId.SOLANA)),
            new Condition.Spends(
                Set.of(AssetId.token(new Address(ChainId.SOLANA, "solana-bonk")))));
    assertThat(rule("not at night").kinds()).containsExactlyInAnyOrder(Intent.Kind.values());
    assertThat(rule("not at night").conditions())
        .containsExactly(
            new Condition.During(
                EnumSet.allOf(DayOfWeek.class),
                LocalTime.of(22, 0),
                LocalTime.of(6, 0),
                ZoneOffset.UTC));
  }

  @Test
  void a_rule_that_forbids_a_payee_forbids_each_of_its_addresses() {
    String text =
        with(
            """
                - name: never
                  deny: [transfer, swap]
                  chains: solana
                  assets: BONK
            """,
            """
                - name: never
                  deny: [transfer, payment]
                  payees: [alice]
            """);
    assertThat(rule(parse(text).spec().mandate(), "never").conditions())
        .containsExactly(
            new Condition.Pays(
                List.of(
                    payee("alice", ChainId.SOLANA, "solana-alice"),
                    payee("alice", ChainId.BASE, "base-alice"))));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mon-Fri 09:00-17:00 Europe/Berlin | Mon-Fri 09:00-17:00 Europe/Berlin
          Sat,Sun 00:00-24:00 UTC | Sat,Sun 00:00-24:00 UTC
          Fri-Mon 22:00-02:00 America/New_York | Mon,Fri,Sat,Sun 22:00-02:00 America/New_York
          Mon 10:00-10:01 Asia/Tokyo | Mon 10:00-10:01 Asia/Tokyo
          Sun-Sat 06:30-18:45 UTC | Mon-Sun 06:30-18:45 UTC
          """)
  void hours_are_read_and_said_in_one_spelling(String text, String said) {
    Mandate mandate = parse(with("Mon-Fri 09:00-17:00 Europe/Berlin", text)).spec().mandate();
    Condition.During hours =
        rule(mandate, "crew").conditions().stream()
            .filter(Condition.During.class::isInstance)
            .map(Condition.During.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(Hours.text(hours)).isEqualTo(said);
  }

  @Test
  void two_readings_of_one_file_are_one_mandate() {
    assertThat(parse(FULL).spec().mandate()).isEqualTo(MANDATE);
  }

  @Test
  void a_mandate_names_the_hosts_to_which_a_wallet_may_be_proved_and_otherwise_none() {
    assertThat(MANDATE.signIns()).isEmpty();
    String file =
        with("  quote-age: 5m\n", "  quote-age: 5m\n  sign-in: [api.venice.ai, 127.0.0.1]\n");
    assertThat(parse(file).spec().mandate().signIns())
        .containsExactly("127.0.0.1", "api.venice.ai");
  }
}
