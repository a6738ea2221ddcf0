package org.supercargo.signer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;

/// A second opinion on what may still be signed: goes through everything that ever was, every time,
/// with plain numbers and without a log.
final class NaiveBooks {
  /// A signature, or one that is asked for.
  ///
  /// @param approves whether it only prepares
  /// @param fee in lamports
  /// @param dead earlier attempts of the intent that are claimed to be dead
  record Transaction(
      IntentId intent,
      int attempt,
      Intent proposal,
      boolean approves,
      @Nullable String exclusion,
      long fee,
      Set<Integer> dead,
      Instant at) {}

  /// Signatures that count once because no more than one movement of them lands.
  private record Slot(List<Transaction> members) {
    Transaction last() {
      return members.getLast();
    }

    long fee() {
      return most(true) + most(false);
    }

    private long most(boolean approves) {
      return members.stream()
          .filter(each -> each.approves() == approves)
          .mapToLong(Transaction::fee)
          .max()
          .orElse(0);
    }
  }

  private static final long USDC = 1_000_000;
  private static final long EACH_FEE = 10_000_000;

  private final List<Slot> slots = new ArrayList<>();

  void sign(Transaction signed) {
    Slot joined = joined(signed);
    if (joined == null) {
      slots.add(new Slot(new ArrayList<>(List.of(signed))));
    } else {
      joined.members().add(signed);
    }
  }

  /// Whether the mandate of [BudgetHistoryTest] and the earlier signatures allow it.
  boolean allows(Transaction asked) {
    return !isRivalled(asked) && keepsFees(asked) && keepsLimits(asked) && keepsRule(asked);
  }

  private boolean isRivalled(Transaction asked) {
    return slots.stream()
        .flatMap(slot -> slot.members().stream())
        .filter(earlier -> earlier.intent().equals(asked.intent()))
        .filter(earlier -> !earlier.approves() || asked.approves())
        .anyMatch(
            earlier -> !asked.dead().contains(earlier.attempt()) && !excludes(earlier, asked));
  }

  private static boolean excludes(Transaction one, Transaction other) {
    return one.exclusion() != null && one.exclusion().equals(other.exclusion());
  }

  private @Nullable Slot joined(Transaction asked) {
    Slot newest = null;
    for (Slot slot : slots) {
      if (slot.last().intent().equals(asked.intent())
          && (newest == null || slot.last().attempt() > newest.last().attempt())) {
        newest = slot;
      }
    }
    if (newest == null) {
      return null;
    }
    Transaction last = newest.last();
    boolean repeats = last.approves() == asked.approves() && excludes(last, asked);
    boolean follows =
        last.approves() && !asked.approves() && !asked.dead().contains(last.attempt());
    return repeats || follows ? newest : null;
  }

  private long sum(
      Transaction asked,
      @Nullable Duration window,
      Predicate<Transaction> counts,
      ToLongFunction<Slot> amount) {
    Slot joined = joined(asked);
    long sum = 0;
    for (Slot slot : slots) {
      boolean inside = window == null || !slot.last().at().isBefore(asked.at().minus(window));
      if (!slot.equals(joined) && inside && counts.test(slot.last())) {
        sum += amount.applyAsLong(slot);
      }
    }
    return sum;
  }

  private boolean keepsFees(Transaction asked) {
    long spent = sum(asked, Duration.ofHours(24), any -> true, Slot::fee);
    return spent + EACH_FEE * asked.proposal().transactions() <= 40 * EACH_FEE;
  }

  private boolean keepsLimits(Transaction asked) {
    long dollars =
        sum(asked, Duration.ofHours(12), any -> true, slot -> dollars(slot.last().proposal()));
    long count = sum(asked, Duration.ofHours(24), each -> sameAsset(each, asked), any -> 1);
    return dollars + dollars(asked.proposal()) <= usd(300) && count < 25;
  }

  private boolean keepsRule(Transaction asked) {
    return switch (asked.proposal()) {
      case Intent.Transfer _ -> keepsPayments(asked);
      case Intent.Swap _ -> keepsSwaps(asked);
      case Intent.Call _, Intent.Payment _, Intent.Order _ -> false;
    };
  }

  private boolean keepsPayments(Transaction asked) {
    Predicate<Transaction> payments = each -> each.proposal() instanceof Intent.Transfer;
    Predicate<Transaction> toSame =
        payments.and(
            each -> each.proposal().counterparty().equals(asked.proposal().counterparty()));
    ToLongFunction<Slot> spent = slot -> units(slot.last().proposal());
    long own = units(asked.proposal());
    return sum(asked, Duration.ofHours(24), toSame, spent) + own <= 60 * USDC
        && sum(asked, Duration.ofHours(6), payments, spent) + own <= 90 * USDC
        && sum(asked, null, payments, spent) + own <= 900 * USDC
        && sum(asked, null, toSame, any -> 1) < 15;
  }

  private boolean keepsSwaps(Transaction asked) {
    Predicate<Transaction> swaps = each -> each.proposal() instanceof Intent.Swap;
    Predicate<Transaction> ofSame = swaps.and(each -> sameAsset(each, asked));
    ToLongFunction<Slot> spent = slot -> dollars(slot.last().proposal());
    return sum(asked, Duration.ofHours(24), ofSame, spent) + dollars(asked.proposal()) <= usd(120)
        && sum(asked, null, swaps, any -> 1) < 60;
  }

  private static boolean sameAsset(Transaction one, Transaction other) {
    return one.proposal().spends().asset().equals(other.proposal().spends().asset());
  }

  private static long units(Intent intent) {
    return intent.spends().baseUnits().longValueExact();
  }

  /// In 10⁻¹² dollars: a USDC is one, a SOL 150.
  private static long dollars(Intent intent) {
    boolean isUsdc = intent.spends().asset().equals(TestAgent.USDC);
    return isUsdc ? units(intent) * 1_000_000 : units(intent) * 150_000;
  }

  private static long usd(long dollars) {
    return dollars * 1_000_000_000_000L;
  }
}
