package org.supercargo.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.signer.TestAgent.ROUTER;
import static org.supercargo.signer.TestAgent.SOL;
import static org.supercargo.signer.TestAgent.USDC;
import static org.supercargo.signer.TestAgent.allow;
import static org.supercargo.signer.TestAgent.usdc;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.BudgetKey.Per;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;

/// Random histories of payments, swaps, deaths, replacements and restarts: whatever the signer
/// answers, [NaiveBooks] must have said before.
class BudgetHistoryTest {
  private static final List<String> PAYEES = List.of("ann1111", "ben1111", "cid1111", "dot1111");
  private static final int STEPS = 400;

  @TempDir Path temporary;

  private @Nullable Desk desk;
  private final NaiveBooks books = new NaiveBooks();
  private final Map<IntentId, Integer> attempts = new HashMap<>();
  private final Map<IntentId, Intent> proposals = new HashMap<>();
  private final Map<IntentId, String> exclusions = new HashMap<>();
  private int nonces;

  @AfterEach
  void close() {
    if (desk != null) {
      desk.close();
    }
  }

  private static AgentSpec spec() {
    var names = new HashMap<String, List<Address>>();
    PAYEES.forEach(each -> names.put(each, List.of(new Address(TestAgent.CHAIN, each))));
    return TestAgent.with(TestAgent.with(TestAgent.spec(), new AddressBook(names)), mandate());
  }

  private static Mandate mandate() {
    Rule pay =
        allow(
            "pay",
            Intent.Kind.TRANSFER,
            new Cap.Budget(usdc("60"), Duration.ofHours(24), Per.PAYEE),
            new Cap.Budget(usdc("90"), Duration.ofHours(6), Per.AGENT),
            new Cap.Budget(usdc("900"), null, Per.AGENT),
            new Cap.Count(15, null, Per.PAYEE));
    Rule swap =
        allow(
            "swap",
            Intent.Kind.SWAP,
            new Condition.Contracts(Set.of(ROUTER)),
            new Cap.Budget(dollars("120"), Duration.ofHours(24), Per.ASSET),
            new Cap.Count(60, null, Per.AGENT));
    List<Cap> limits =
        List.of(
            new Cap.Budget(dollars("300"), Duration.ofHours(12), Per.AGENT),
            new Cap.Count(25, Duration.ofHours(24), Per.ASSET));
    return new Mandate(
        TestAgent.EXPIRY,
        Map.of(TestAgent.CHAIN, TestAgent.fees("0.01", "0.4", SOL)),
        new Valuations(Map.of(USDC.id(), BigDecimal.ONE, SOL.id(), BigDecimal.valueOf(150))),
        null,
        limits,
        Map.of(),
        List.of(pay, swap));
  }

  private static Amount dollars(String number) {
    return Amount.parse(number, Asset.USD);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261123})
  void the_signer_and_a_naive_count_agree_on_every_request(long seed) {
    var random = new Random(seed);
    Desk opened = new Desk(temporary.resolve("home"), List.of(spec()));
    desk = opened;
    int signed = 0;
    int refused = 0;
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(60) == 0) {
        opened.restart(List.of(spec()));
      }
      opened.advance(Duration.ofMinutes(random.nextLong(20) * random.nextLong(10)));
      NaiveBooks.Transaction asked = next(random, opened.now());
      boolean expected = books.allows(asked);
      SignAnswer answer = opened.sign(request(asked, opened.wallet()));
      assertThat(answer instanceof SignAnswer.Signed)
          .as("step %s of seed %s: %s was answered by %s", step, seed, asked, answer)
          .isEqualTo(expected);
      if (expected) {
        books.sign(asked);
        attempts.put(asked.intent(), asked.attempt());
        proposals.put(asked.intent(), asked.proposal());
        signed++;
      } else {
        refused++;
      }
    }
    assertThat(signed).as("signed under seed %s", seed).isGreaterThan(STEPS / 5);
    assertThat(refused).as("refused under seed %s", seed).isGreaterThan(STEPS / 5);
  }

  private NaiveBooks.Transaction next(Random random, Instant now) {
    boolean isNew = proposals.isEmpty() || random.nextInt(3) > 0;
    IntentId intent =
        isNew
            ? TestAgent.intent(10_000 + nonces)
            : new ArrayList<>(proposals.keySet()).get(random.nextInt(proposals.size()));
    Intent proposal = isNew ? proposal(random) : known(intent);
    int attempt = attempts.getOrDefault(intent, 0) + 1;
    var dead = new HashSet<Integer>();
    for (int earlier = 1; earlier < attempt; earlier++) {
      if (random.nextInt(3) > 0) {
        dead.add(earlier);
      }
    }
    String exclusion = random.nextInt(4) == 0 ? null : exclusion(random, intent);
    return new NaiveBooks.Transaction(
        intent,
        attempt,
        proposal,
        proposal instanceof Intent.Swap && random.nextBoolean(),
        exclusion,
        1_000L + random.nextInt(9_000_000),
        dead,
        now);
  }

  private Intent known(IntentId intent) {
    Intent proposal = proposals.get(intent);
    if (proposal == null) {
      throw new AssertionError("no proposal of " + intent);
    }
    return proposal;
  }

  /// The one before in half of the cases.
  private String exclusion(Random random, IntentId intent) {
    String before = exclusions.get(intent);
    if (before != null && random.nextBoolean()) {
      return before;
    }
    String fresh = "nonce " + random.nextInt(1_000_000);
    exclusions.put(intent, fresh);
    return fresh;
  }

  private static Intent proposal(Random random) {
    if (random.nextInt(3) > 0) {
      String name = PAYEES.get(random.nextInt(PAYEES.size()));
      var payee = new Payee(name, new Address(TestAgent.CHAIN, name), Provenance.MANDATE);
      return new Intent.Transfer(payee, micro(1 + random.nextInt(30_000_000)), "");
    }
    return random.nextBoolean()
        ? new Intent.Swap(micro(1 + random.nextInt(40_000_000)), Amount.parse("0.1", SOL), "venue")
        : new Intent.Swap(
            Amount.ofBaseUnits(SOL, 1 + random.nextInt(300_000_000)), usdc("1"), "venue");
  }

  private static Amount micro(long units) {
    return Amount.ofBaseUnits(USDC, units);
  }

  private SignRequest request(NaiveBooks.Transaction asked, Address wallet) {
    Effect fee = TestAgent.fee(wallet, asked.fee());
    Effect movement =
        switch (asked.proposal()) {
          case Intent.Transfer transfer -> TestAgent.move(wallet, transfer);
          case Intent.Swap swap ->
              asked.approves()
                  ? TestAgent.approval(wallet, swap)
                  : TestAgent.exchange(wallet, swap);
          case Intent.Call _, Intent.Payment _, Intent.Order _ -> throw new AssertionError();
        };
    nonces++;
    var bytes =
        asked.exclusion() == null
            ? PlainCodec.transaction(nonces, fee, movement)
            : PlainCodec.exclusive(asked.exclusion(), nonces, fee, movement);
    SignRequest plain = TestAgent.request(asked.intent(), asked.attempt(), asked.proposal(), bytes);
    return new SignRequest(
        plain.id(),
        plain.attempt(),
        plain.chain(),
        plain.intent(),
        plain.unsigned(),
        plain.validity(),
        1,
        0,
        new Evidence(
            TestAgent.simulation(asked.proposal()),
            null,
            List.of(),
            Map.of(),
            List.of(),
            asked.dead().stream()
                .sorted()
                .map(attempt -> new Evidence.Death(attempt, "proof"))
                .toList()));
  }
}
