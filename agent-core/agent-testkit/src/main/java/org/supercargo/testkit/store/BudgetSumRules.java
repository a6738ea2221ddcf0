package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.testkit.store.StoreFixture.NOW;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.StoreTransaction;

/// Sums of reserved budget, compared with a plain addition of everything that is held.
abstract class BudgetSumRules {
  private static final List<String> RULES = List.of("pay people", "trade", "fees");
  private static final List<AssetId> UNITS = List.of(AssetId.USD, BudgetKey.INTENTS);
  private static final List<String> COUNTERPARTIES = List.of("alice", "bob", "");
  private static final List<AssetId> ASSETS =
      List.of(AssetId.nativeOf(ChainId.SOLANA), AssetId.nativeOf(ChainId.BASE));

  /// Binary logarithms of nanoseconds, from a millisecond to half a year.
  private static final int[] SPANS = {20, 30, 36, 40, 42, 46, 48, 52, 54};

  private StoreFixture on;
  private final Map<IntentId, List<Held>> held = new LinkedHashMap<>();

  private record Held(Reservation reservation, Instant at) {
    boolean counts(BudgetQuestion question) {
      return reservation.rule().equals(question.rule())
          && reservation.unit().equals(question.unit())
          && (question.since() == null || !at.isBefore(question.since()))
          && (question.counterparty() == null
              || question.counterparty().equals(reservation.counterparty()))
          && (question.asset() == null || question.asset().equals(reservation.asset()));
    }
  }

  BudgetSumRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    on = new StoreFixture(store());
  }

  @Test
  void sums_are_exact_over_any_window_whatever_was_changed_and_given_back() {
    long seed = 20_260_104L;
    var random = new Random(seed);
    int found = 0;
    for (int round = 0; round < 12; round++) {
      List<Consumer<StoreTransaction>> changes = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        changes.add(change(random));
      }
      on.write(transaction -> changes.forEach(each -> each.accept(transaction)));
      for (int i = 0; i < 40; i++) {
        BudgetQuestion question = question(random);
        BigInteger expected = sum(question);
        found += expected.signum();
        assertThat(on.committed.reserved(question))
            .as("seed %d, round %d: %s", seed, round, question)
            .isEqualTo(expected);
      }
    }
    assertThat(found).as("sums above zero").isGreaterThan(150);
  }

  private BigInteger sum(BudgetQuestion question) {
    return held.values().stream()
        .flatMap(List::stream)
        .filter(each -> each.counts(question))
        .map(each -> each.reservation().baseUnits())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private Consumer<StoreTransaction> change(Random random) {
    List<IntentId> ids = List.copyOf(held.keySet());
    IntentId id = ids.isEmpty() ? on.id(1, 0) : ids.get(random.nextInt(ids.size()));
    List<Held> of = held.getOrDefault(id, List.of());
    int kind = random.nextInt(10);
    if (of.isEmpty() || kind < 5) {
      return reserve(on.id(1, ids.size()), random);
    }
    return kind < 8 ? adjust(id, of, random) : release(id, of, random);
  }

  private Consumer<StoreTransaction> reserve(IntentId id, Random random) {
    var taken = new ArrayList<Held>();
    String counterparty = any(COUNTERPARTIES, random);
    AssetId asset = any(ASSETS, random);
    Instant at = time(random);
    for (String rule : RULES) {
      for (AssetId unit : UNITS) {
        if (random.nextBoolean()) {
          taken.add(new Held(new Reservation(rule, unit, amount(random), counterparty, asset), at));
        }
      }
    }
    held.put(id, taken);
    List<Held> reserved = List.copyOf(taken);
    return transaction -> {
      transaction.insert(on.intent(1, id.sequence()));
      reserved.forEach(each -> transaction.reserve(id, each.reservation(), at));
    };
  }

  private Consumer<StoreTransaction> adjust(IntentId id, List<Held> of, Random random) {
    int index = random.nextInt(of.size());
    Held old = of.get(index);
    var changed =
        new Reservation(
            old.reservation().rule(),
            old.reservation().unit(),
            amount(random),
            old.reservation().counterparty(),
            old.reservation().asset());
    of.set(index, new Held(changed, old.at()));
    return transaction -> transaction.adjust(id, changed);
  }

  private static Consumer<StoreTransaction> release(IntentId id, List<Held> of, Random random) {
    String except = any(RULES, random);
    of.removeIf(each -> !each.reservation().rule().equals(except));
    return transaction -> transaction.release(id, except);
  }

  private BudgetQuestion question(Random random) {
    return new BudgetQuestion(
        on.agent,
        any(RULES, random),
        any(UNITS, random),
        since(random),
        random.nextBoolean() ? null : any(COUNTERPARTIES, random),
        random.nextBoolean() ? null : any(ASSETS, random));
  }

  private @Nullable Instant since(Random random) {
    List<Instant> times = held.values().stream().flatMap(List::stream).map(Held::at).toList();
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1, 2 -> times.isEmpty() ? NOW : any(times, random).plusNanos(random.nextInt(3) - 1);
      default -> time(random);
    };
  }

  /// Around the edge of a span that a store might add up by, if it goes by powers of two.
  private static Instant time(Random random) {
    int span = SPANS[random.nextInt(SPANS.length)];
    long now = NOW.getEpochSecond() * 1_000_000_000 + NOW.getNano();
    long edge = ((now >> span) + 2 - random.nextInt(66)) << span;
    return Instant.EPOCH.plusNanos(edge + random.nextInt(3) - 1);
  }

  private static BigInteger amount(Random random) {
    return new BigInteger(1 + random.nextInt(256), random);
  }

  private static <T> T any(List<T> some, Random random) {
    return some.get(random.nextInt(some.size()));
  }
}
