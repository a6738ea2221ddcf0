package org.supercargo.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.signer.PlainCodec.transaction;
import static org.supercargo.signer.TestAgent.ALICE;
import static org.supercargo.signer.TestAgent.BOB;
import static org.supercargo.signer.TestAgent.DAY;
import static org.supercargo.signer.TestAgent.MALLORY;
import static org.supercargo.signer.TestAgent.ROUTER;
import static org.supercargo.signer.TestAgent.SOL;
import static org.supercargo.signer.TestAgent.START;
import static org.supercargo.signer.TestAgent.USDC;
import static org.supercargo.signer.TestAgent.allow;
import static org.supercargo.signer.TestAgent.exchange;
import static org.supercargo.signer.TestAgent.fee;
import static org.supercargo.signer.TestAgent.mandate;
import static org.supercargo.signer.TestAgent.move;
import static org.supercargo.signer.TestAgent.pay;
import static org.supercargo.signer.TestAgent.request;
import static org.supercargo.signer.TestAgent.ruledBy;
import static org.supercargo.signer.TestAgent.swap;
import static org.supercargo.signer.TestAgent.usdc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Price;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignAnswer.Signed;
import org.supercargo.engine.signing.SignRequest;

/// What the signer makes of what it cannot know by itself, and of each kind of intent.
class EvidenceTest {
  private static final Condition.Pays ALICE_ONLY =
      new Condition.Pays(List.of(new Payee("alice", ALICE, Provenance.MANDATE)));
  private static final Evidence NONE =
      new Evidence(null, null, List.of(), Map.of(), List.of(), List.of());

  @TempDir Path temporary;

  private Desk desk;
  private Address wallet;

  @BeforeEach
  void open() {
    desk = new Desk(temporary.resolve("home"));
    wallet = desk.wallet();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private void follow(AgentSpec spec) {
    desk.restart(List.of(spec));
  }

  private SignAnswer ask(int number, Intent intent, Evidence evidence, Effect... effects) {
    SignRequest plain = request(number, 1, intent, transaction(number, effects));
    return desk.sign(
        new SignRequest(
            plain.id(),
            1,
            plain.chain(),
            intent,
            plain.unsigned(),
            plain.validity(),
            1,
            0,
            evidence));
  }

  private static Evidence simulated(@Nullable String error, BalanceChange... changes) {
    return Evidence.of(new Simulation(error, List.of(changes), List.of()));
  }

  private static BalanceChange change(org.supercargo.api.asset.Asset asset, long baseUnits) {
    return new BalanceChange(asset.id(), BigInteger.valueOf(baseUnits));
  }

  private void assertRefused(SignAnswer answer, String rule, String reason) {
    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(((Refused) answer).rule()).isEqualTo(rule);
    assertThat(((Refused) answer).reason()).contains(reason);
    assertThat(desk.log().signatures()).isZero();
  }

  @Test
  void nothing_that_can_be_simulated_is_signed_without() {
    Intent.Transfer five = pay(ALICE, "5");
    Effect[] effects = {fee(wallet), move(wallet, five)};
    assertRefused(ask(1, five, NONE, effects), "simulation", "nobody has simulated it");
    assertRefused(
        ask(1, five, simulated("insufficient funds"), effects), "simulation", "would fail");
    assertRefused(
        ask(1, five, simulated(null, change(USDC, -5_000_001)), effects),
        "simulation",
        "would take 5000001");
    assertRefused(
        ask(1, five, simulated(null, change(SOL, -10_000_001)), effects),
        "simulation",
        "would take 10000001");
    assertThat(ask(1, five, simulated(null, change(USDC, -5_000_000)), effects))
        .isInstanceOf(Signed.class);
  }

  @Test
  void a_swap_that_would_bring_too_little_is_refused() {
    Intent.Swap swap = swap("5");
    Effect[] effects = {fee(wallet), exchange(wallet, swap)};
    assertRefused(
        ask(1, swap, simulated(null, change(SOL, 89_999_999)), effects),
        "simulation",
        "less than 0.1 SOL");
    assertThat(ask(1, swap, simulated(null, change(SOL, 90_000_000)), effects))
        .as("the fee limit of 0.01 SOL is paid from what comes in")
        .isInstanceOf(Signed.class);
  }

  private static Intent.Payment payment(Address payee, String amount, String host) {
    return new Intent.Payment(
        new Payee("x", payee, Provenance.TOOL), usdc(amount), host, "/weather");
  }

  private Effect authorization(Intent.Payment payment) {
    return authorization(payment, Duration.ofMinutes(5));
  }

  private Effect authorization(Intent.Payment payment, Duration length) {
    return new Effect.Authorization(
        payment.amount().asset().id(),
        wallet,
        payment.payee().address(),
        payment.amount().baseUnits(),
        START.minusSeconds(600),
        START.plus(length));
  }

  @Test
  void a_payment_goes_by_its_host_and_its_authorization_needs_no_simulation() {
    follow(
        ruledBy(
            allow(
                "weather",
                Intent.Kind.PAYMENT,
                new Condition.Hosts(Set.of("api.example.com")),
                new Cap.PerTransaction(usdc("1")))));
    Intent.Payment elsewhere = payment(MALLORY, "0.5", "api.example.org");
    assertRefused(
        ask(1, elsewhere, NONE, authorization(elsewhere)),
        "default deny",
        "pays the host api.example.org");
    Intent.Payment dear = payment(MALLORY, "1.1", "api.example.com");
    assertRefused(ask(1, dear, NONE, authorization(dear)), "default deny", "more than 1 USDC");
    Intent.Payment good = payment(MALLORY, "0.5", "api.example.com");
    assertRefused(ask(1, good, NONE, authorization(dear)), "decoded effects", "1100000 base units");
    assertRefused(
        ask(1, good, NONE, authorization(good, Duration.ofDays(2))),
        "decoded effects",
        "its authorization ends only at");
    assertRefused(
        ask(1, good, simulated("reverted"), authorization(good)), "simulation", "would fail");
    assertThat(ask(1, good, NONE, authorization(good))).isInstanceOf(Signed.class);
  }

  @Test
  void a_call_is_signed_for_its_contract_function_and_arguments_only() {
    follow(
        ruledBy(
            allow(
                "claim",
                Intent.Kind.CALL,
                new Condition.Contracts(Set.of(ROUTER)),
                new Condition.Functions(Set.of("claim(uint256)")))));
    Intent.Call call = call(ROUTER, "claim(uint256)", "7");
    for (Effect other :
        List.of(
            effect(call(BOB, "claim(uint256)", "7")),
            effect(call(ROUTER, "burn(uint256)", "7")),
            effect(call(ROUTER, "claim(uint256)", "8")),
            new Effect.Undecodable("a call"))) {
      assertRefused(ask(1, call, simulated(null), fee(wallet), other), "decoded effects", "it c");
    }
    Intent.Call elsewhere = call(BOB, "claim(uint256)", "7");
    assertRefused(
        ask(1, elsewhere, simulated(null), fee(wallet), effect(elsewhere)),
        "default deny",
        "calls the contract bob1111");
    assertRefused(
        ask(1, call, NONE, fee(wallet), effect(call)), "simulation", "nobody has simulated it");
    assertThat(ask(1, call, simulated(null), fee(wallet), effect(call))).isInstanceOf(Signed.class);
  }

  private static Intent.Call call(Address contract, String function, String argument) {
    return new Intent.Call(
        contract, function, List.of(argument), usdc("0"), Amount.parse("0", SOL));
  }

  private Effect effect(Intent.Call call) {
    return new Effect.Call(
        wallet, call.contract(), call.function(), call.arguments(), BigInteger.ZERO);
  }

  @Test
  void an_order_has_nothing_to_sign() {
    var home = new Address(ChainId.OFF_CHAIN, "1 Road, Town");
    var order =
        new Intent.Order(
            "shop",
            List.of(new Intent.Order.Item("tea", 1)),
            new Payee("home", home, Provenance.MANDATE),
            usdc("5"));
    SignRequest plain = request(1, 1, order, Bytes.of(new byte[] {1}));
    assertRefused(desk.sign(plain), "request", "no bytes to sign");
  }

  @Test
  void a_payee_must_have_stood_in_the_address_book_of_files_the_signer_saw() {
    AgentSpec patient =
        ruledBy(allow("known", Intent.Kind.TRANSFER, new Condition.KnownFor(Duration.ofDays(2))));
    follow(TestAgent.with(patient, new AddressBook(Map.of("bob", List.of(BOB)))));
    desk.advance(Duration.ofDays(1));
    follow(patient);
    desk.advance(Duration.ofDays(1));
    Intent.Transfer toAlice = pay(ALICE, "5");
    Effect[] effects = {fee(wallet), move(wallet, toAlice)};
    assertRefused(
        ask(1, toAlice, simulated(null), effects), "default deny", "only since " + START.plus(DAY));
    Intent.Transfer toBob = pay(BOB, "5");
    desk.restart(List.of(patient));
    assertThat(ask(1, toBob, simulated(null), fee(wallet), move(wallet, toBob)))
        .as("bob is known for two days, over all restarts")
        .isInstanceOf(Signed.class);
    desk.advance(Duration.ofDays(1));
    assertThat(ask(2, toAlice, simulated(null), effects)).isInstanceOf(Signed.class);
  }

  @Test
  void a_payee_taken_out_for_a_while_begins_anew() {
    AgentSpec patient =
        ruledBy(allow("known", Intent.Kind.TRANSFER, new Condition.KnownFor(Duration.ofDays(2))));
    follow(patient);
    desk.advance(Duration.ofDays(3));
    follow(TestAgent.with(patient, new AddressBook(Map.of("alice", List.of(ALICE)))));
    follow(patient);
    Intent.Transfer toBob = pay(BOB, "5");
    assertRefused(
        ask(1, toBob, simulated(null), fee(wallet), move(wallet, toBob)),
        "default deny",
        "only since " + START.plus(Duration.ofDays(3)));
  }

  @Test
  void balances_prices_and_origins_that_are_missing_never_help() {
    follow(
        ruledBy(
            allow(
                "share",
                Intent.Kind.TRANSFER,
                ALICE_ONLY,
                new Cap.ShareOfBalance(new BigDecimal("10")),
                new Condition.Origin(Field.AMOUNT, Set.of(Provenance.OWNER)))));
    Intent.Transfer five = pay(ALICE, "5");
    Effect[] effects = {fee(wallet), move(wallet, five)};
    assertRefused(
        ask(1, five, simulated(null), effects), "default deny", "balance of USDC is not known");
    assertRefused(
        ask(1, five, holding(49_999_999L, Map.of()), effects), "default deny", "more than 10 %");
    assertRefused(
        ask(1, five, holding(50_000_000L, Map.of()), effects),
        "default deny",
        "amount came from model");
    assertThat(ask(1, five, holding(50_000_000L, Map.of(Field.AMOUNT, Provenance.OWNER)), effects))
        .isInstanceOf(Signed.class);
  }

  private static Evidence holding(long balance, Map<Field, Provenance> origins) {
    return new Evidence(
        new Simulation(null, List.of(), List.of()),
        BigInteger.valueOf(balance),
        List.of(),
        origins,
        List.of(),
        List.of());
  }

  @Test
  void an_old_price_is_none() {
    Cap dollars = new Cap.PerTransaction(Amount.parse("10", org.supercargo.api.asset.Asset.USD));
    Mandate plain =
        mandate(List.of(), List.of(allow("dollars", Intent.Kind.TRANSFER, ALICE_ONLY, dollars)));
    follow(
        TestAgent.with(
            TestAgent.spec(),
            new Mandate(
                plain.expires(),
                plain.fees(),
                plain.valuations(),
                Duration.ofMinutes(5),
                plain.limits(),
                plain.approvers(),
                plain.rules())));
    Intent.Transfer five = pay(ALICE, "5");
    Effect[] effects = {fee(wallet), move(wallet, five)};
    assertRefused(
        ask(1, five, priced("1", Duration.ofMinutes(6)), effects), "default deny", "no price");
    assertRefused(
        ask(1, five, priced("2.01", Duration.ofMinutes(4)), effects), "default deny", "$10.05");
    assertThat(ask(1, five, priced("1.99", Duration.ofMinutes(4)), effects))
        .isInstanceOf(Signed.class);
  }

  private static Evidence priced(String usd, Duration age) {
    return new Evidence(
        new Simulation(null, List.of(), List.of()),
        null,
        List.of(new Price(USDC.id(), new BigDecimal(usd), START.minus(age), "test")),
        Map.of(),
        List.of(),
        List.of());
  }
}
