package org.supercargo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Standing;

/// The fake signer is no easier to please than a real one.
final class FakeSignerTest {
  private static final AgentId AGENT = new AgentId("captain");
  private static final Evidence.Death DEATH = new Evidence.Death(1, "it can never land");

  private final ManualClock clock = new ManualClock();
  private FakeChain chain =
      new FakeChain(FakeChain.Settings.likeSolana(), clock, new ScriptedFaults());
  private FakeWallet wallet = new FakeWallet(chain);
  private FakeSigner signer = signer(wallet);

  private FakeSigner signer(FakeWallet wallet) {
    ChainId id = wallet.chain.id();
    Asset coin = wallet.chain.nativeAsset();
    var rule =
        new Rule(
            "crew",
            Rule.Decision.ALLOW,
            null,
            java.util.Set.of(Intent.Kind.TRANSFER),
            List.of(
                new Condition.Pays(List.of(payee(wallet))),
                new Cap.Budget(
                    Amount.parse("5", wallet.token), Duration.ofHours(1), BudgetKey.Per.AGENT)));
    var mandate =
        new Mandate(
            Instant.parse("2030-01-01T00:00:00Z"),
            Map.of(
                id,
                new FeeLimit(
                    Amount.parse("0.01", coin),
                    Amount.parse("0.01", coin),
                    Amount.parse("1", coin),
                    Duration.ofHours(24))),
            Valuations.NONE,
            null,
            List.of(),
            Map.of(),
            List.of(rule));
    var spec =
        new AgentSpec(
            AGENT,
            "It pays.",
            ModelSpec.of("scripted"),
            List.of(),
            Map.of(id, "main"),
            List.of(coin, wallet.token),
            new AddressBook(Map.of("payee", List.of(wallet.payee))),
            mandate,
            TickLimits.DEFAULT);
    return FakeSigner.judging(clock).withAgent(spec).withKey(AGENT, id, "wallet");
  }

  @BeforeEach
  void aLease() {
    signer.enter(AGENT, 1);
  }

  private static Payee payee(FakeWallet wallet) {
    return new Payee("payee", wallet.payee, Provenance.MANDATE);
  }

  private Intent.Transfer intent(String amount) {
    return new Intent.Transfer(payee(wallet), Amount.parse(amount, wallet.token), "");
  }

  private Draft draft(String amount) {
    return chain.prepare(new DraftRequest(intent(amount), wallet.address, null, nonce()));
  }

  private long nonce() {
    return chain.nextNonce(wallet.address);
  }

  private SignRequest request(long tick, int attempt, String amount, Evidence.Death... deaths) {
    return request(tick, attempt, amount, draft(amount), 1, signer.signatures(), deaths);
  }

  private SignRequest request(
      long tick,
      int attempt,
      String amount,
      Draft draft,
      long fence,
      long known,
      Evidence.Death... deaths) {
    return new SignRequest(
        new IntentId(new TickId(AGENT, tick), 0),
        attempt,
        chain.id(),
        intent(amount),
        draft.unsigned(),
        draft.validity(),
        fence,
        known,
        new Evidence(draft.simulation(), null, List.of(), Map.of(), List.of(), List.of(deaths)));
  }

  private static void isRefused(SignAnswer answer, String rule) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            SignAnswer.Refused.class, refused -> assertThat(refused.rule()).isEqualTo(rule));
  }

  private static void isHalted(SignAnswer answer, SignAnswer.Cause cause) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            SignAnswer.Halted.class, halted -> assertThat(halted.cause()).isEqualTo(cause));
  }

  private static void isSigned(SignAnswer answer) {
    assertThat(answer).isInstanceOf(SignAnswer.Signed.class);
  }

  @Test
  void the_same_attempt_gets_the_same_signature_however_the_books_stand() {
    SignRequest request = request(1, 1, "1");
    SignAnswer first = signer.sign(request);
    isSigned(first);
    assertThat(signer.sign(request)).isEqualTo(first);
    chain.mine();
    chain.mine();
    Draft other = draft("2");
    isRefused(signer.sign(request(1, 1, "2", other, 1, 1)), "one signature");
    assertThat(signer.signatures()).isEqualTo(1);
  }

  @Test
  void an_older_fence_is_turned_away_and_a_newer_one_is_remembered() {
    assertThat(signer.enter(AGENT, 5)).isEqualTo(new Standing(1, 0));
    assertThat(signer.enter(AGENT, 3)).isEqualTo(new Standing(5, 0));
    isHalted(signer.sign(request(1, 1, "1", draft("1"), 4, 0)), SignAnswer.Cause.FENCED);
    isSigned(signer.sign(request(1, 1, "1", draft("1"), 7, 0)));
    isHalted(signer.sign(request(2, 1, "2", draft("2"), 6, 1)), SignAnswer.Cause.FENCED);
  }

  @Test
  void books_that_know_fewer_or_more_signatures_get_no_new_one() {
    isSigned(signer.sign(request(1, 1, "1")));
    isHalted(signer.sign(request(2, 1, "2", draft("2"), 1, 0)), SignAnswer.Cause.BOOKS_BEHIND);
    isHalted(signer.sign(request(2, 1, "2", draft("2"), 1, 2)), SignAnswer.Cause.LOG_BEHIND);
    isSigned(signer.sign(request(2, 1, "2", draft("2"), 1, 1)));
  }

  @Test
  void a_stop_holds_for_everything_until_it_is_lifted() {
    SignRequest signed = request(1, 1, "1");
    isSigned(signer.sign(signed));
    signer.stop();
    isHalted(signer.sign(signed), SignAnswer.Cause.STOPPED);
    isHalted(signer.sign(request(2, 1, "2")), SignAnswer.Cause.STOPPED);
    signer.resume();
    isSigned(signer.sign(signed));
  }

  @Test
  void a_second_movement_needs_evidence_that_the_first_is_dead() {
    isSigned(signer.sign(request(1, 1, "1")));
    clock.advance(Duration.ofMinutes(2));
    isRefused(signer.sign(request(1, 2, "1")), "one effect per intent");
    isRefused(
        signer.sign(request(1, 2, "1", new Evidence.Death(2, "another one died"))),
        "one effect per intent");
    isSigned(signer.sign(request(1, 2, "1", DEATH)));
  }

  @Test
  void a_second_movement_counts_beside_the_first_because_the_death_is_the_engines_word() {
    isSigned(signer.sign(request(1, 1, "3")));
    clock.advance(Duration.ofMinutes(2));
    isRefused(signer.sign(request(1, 2, "3", DEATH)), "default deny");
    clock.advance(Duration.ofMinutes(59));
    isSigned(signer.sign(request(1, 2, "3", DEATH)));
  }

  @Test
  void a_movement_that_excludes_the_first_needs_no_evidence_and_counts_once() {
    chain = new FakeChain(FakeChain.Settings.likeBase(), clock, new ScriptedFaults());
    wallet = new FakeWallet(chain);
    signer = signer(wallet);
    isSigned(signer.sign(request(1, 1, "3")));
    clock.advance(Duration.ofSeconds(30));
    Draft replacement =
        new Draft(
            new FakeTransaction(
                    chain.id(),
                    wallet.address,
                    draft("3").validity(),
                    "",
                    List.of(
                        new org.supercargo.api.intent.Effect.Move(
                            wallet.token.id(),
                            wallet.address,
                            wallet.payee,
                            BigInteger.valueOf(3_000_000)),
                        new org.supercargo.api.intent.Effect.Fee(
                            wallet.address,
                            AssetId.nativeOf(chain.id()),
                            BigInteger.valueOf(3_000_000_000_000L),
                            BigInteger.ZERO)))
                .encode(),
            draft("3").validity(),
            List.of(),
            draft("3").simulation());
    isSigned(signer.sign(request(1, 2, "3", replacement, 1, 1)));
    isSigned(
        signer.sign(
            request(
                2,
                1,
                "2",
                wallet.chain.prepare(new DraftRequest(intent("2"), wallet.address, null, 1)),
                1,
                2)));
  }

  @Test
  void the_same_bytes_serve_one_intent() {
    Draft draft = draft("1");
    isSigned(signer.sign(request(1, 1, "1", draft, 1, 0)));
    isRefused(signer.sign(request(2, 1, "1", draft, 1, 1)), "one intent per transaction");
  }

  @Test
  void an_intent_cannot_turn_into_another_one() {
    isSigned(signer.sign(request(1, 1, "1")));
    isRefused(signer.sign(request(1, 2, "2", DEATH)), "one proposal per intent");
  }

  @Test
  void bytes_that_do_something_else_are_refused() {
    isRefused(signer.sign(request(1, 1, "1", draft("2"), 1, 0)), "decoded effects");
    Draft good = draft("1");
    var unsimulated =
        new SignRequest(
            new IntentId(new TickId(AGENT, 1), 0),
            1,
            chain.id(),
            intent("1"),
            good.unsigned(),
            good.validity(),
            1,
            0,
            new Evidence(null, null, List.of(), Map.of(), List.of(), List.of()));
    isRefused(signer.sign(unsimulated), "simulation");
  }

  @Test
  void a_payee_that_is_in_no_address_book_is_not_trusted_whatever_the_engine_says() {
    Address stranger = FakeCodec.account(chain.id(), "stranger");
    var claimed =
        new Intent.Transfer(
            new Payee("payee", stranger, Provenance.OWNER), Amount.parse("1", wallet.token), "");
    Draft draft = chain.prepare(new DraftRequest(claimed, wallet.address, null, nonce()));
    var request =
        new SignRequest(
            new IntentId(new TickId(AGENT, 1), 0),
            1,
            chain.id(),
            claimed,
            draft.unsigned(),
            draft.validity(),
            1,
            0,
            Evidence.of(draft.simulation()));
    isRefused(signer.sign(request), "payee provenance");
  }

  @Test
  void the_history_tells_all_it_takes_to_follow_a_transaction() {
    SignRequest request = request(1, 1, "1");
    signer.sign(request);
    clock.advance(Duration.ofMinutes(2));
    signer.sign(request(2, 1, "2"));
    assertThat(signer.history(AGENT, 0, 10)).hasSize(2);
    assertThat(signer.history(AGENT, 1, 10))
        .singleElement()
        .satisfies(given -> assertThat(given.number()).isEqualTo(2));
    var first = signer.history(AGENT, 0, 1).getFirst();
    assertThat(first.intent()).isEqualTo(request.id());
    assertThat(first.unsigned()).isEqualTo(request.unsigned());
    assertThat(first.validity()).isEqualTo(request.validity());
    assertThat(first.completes()).isTrue();
    assertThat(first.reservations())
        .extracting(reservation -> reservation.rule() + " " + reservation.baseUnits())
        .containsExactly("crew 1000000", "fees 10000000");
  }
}
