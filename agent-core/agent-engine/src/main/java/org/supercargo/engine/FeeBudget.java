package org.supercargo.engine;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Keeps what an intent reserves for fees in step with its transactions.
///
/// At admission the most that all its transactions may cost is reserved; each transaction that is
/// built brings this down to the most its bytes allow; one that can never land costs nothing.
record FeeBudget(Mandate mandate) {

  /// What bytes with these effects count, in base units of the chain's coin.
  BigInteger of(Intent intent, List<Effect> effects) {
    Reservation reservation = mandate.feeOf(intent, effects);
    return reservation == null ? BigInteger.ZERO : reservation.baseUnits();
  }

  /// Counts the attempts there are, and one more at the full limit while the intent needs another.
  void follow(StoreTransaction transaction, StoredIntent stored) {
    FeeLimit limit = limit(stored.intent());
    if (limit != null) {
      List<Attempt> attempts = transaction.attempts(stored.id());
      boolean more = attempts.isEmpty() || !attempts.getLast().completes();
      BigInteger rest = more ? limit.perTransaction().baseUnits() : BigInteger.ZERO;
      adjust(transaction, stored, limit, counted(attempts).add(rest));
    }
  }

  /// Counts the attempts there are and nothing else: there will be no more.
  void settle(StoreTransaction transaction, StoredIntent stored) {
    FeeLimit limit = limit(stored.intent());
    if (limit != null) {
      adjust(transaction, stored, limit, counted(transaction.attempts(stored.id())));
    }
  }

  private @Nullable FeeLimit limit(Intent intent) {
    return intent.transactions() == 0 ? null : mandate.fees().get(intent.chain());
  }

  private static void adjust(
      StoreTransaction transaction, StoredIntent stored, FeeLimit limit, BigInteger baseUnits) {
    var coin = limit.perTransaction().asset().id();
    transaction.adjust(
        stored.id(),
        new Reservation(Mandate.FEES, coin, baseUnits, stored.intent().counterparty(), coin));
  }

  private static BigInteger counted(List<Attempt> attempts) {
    return attempts.stream()
        .filter(attempt ->
            switch (attempt.state()) {
              case PREPARED, SIGNED, SENT, LANDED, FAILED -> true;
              case DEAD, REFUSED -> false;
            })
        .map(Attempt::fee)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
