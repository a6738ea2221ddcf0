package org.supercargo.store;

import static org.supercargo.store.SqlView.onIntent;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.Reservation;

/// Rows of reserved budget, each with its share of the running totals.
final class Reservations {
  private final Handle handle;
  private final Dialect dialect;
  private final BudgetSums sums;

  Reservations(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
    this.sums = new BudgetSums(handle, dialect);
  }

  void reserve(IntentId id, Reservation reservation, Instant at) {
    requireNotNegative(reservation);
    var insert =
        handle.createUpdate(
            """
            insert into reservation
              (agent, tick, sequence, number, rule_name, unit, counterparty, asset, amount, at_nanos)
            select agent, tick, sequence, (select 1 + count(*) from reservation where %1$s),
              :rule, :unit, :counterparty, :asset, :amount, :at
            from intent where %1$s
            """
                .formatted(Rows.IS_INTENT));
    int reserved =
        BudgetSums.naming(onIntent(insert, id), reservation)
            .bind("amount", dialect.amount(reservation.baseUnits()))
            .bind("at", EpochNanoseconds.of(at))
            .execute();
    if (reserved == 0) {
      throw new IllegalStateException("intent " + id + " does not exist");
    }
    sums.add(id.agent(), reservation, at, reservation.baseUnits());
  }

  void adjust(IntentId id, Reservation reservation) {
    requireNotNegative(reservation);
    Held before = theOnlyOne(id, reservation);
    onIntent(
            handle.createUpdate(
                "update reservation set amount = :amount where number = :number and "
                    + Rows.IS_INTENT),
            id)
        .bind("number", before.number())
        .bind("amount", dialect.amount(reservation.baseUnits()))
        .execute();
    BigInteger change = reservation.baseUnits().subtract(before.reservation().baseUnits());
    sums.add(id.agent(), before.reservation(), before.at(), change);
  }

  private Held theOnlyOne(IntentId id, Reservation wanted) {
    List<Held> found =
        held(
            handle
                .createQuery(
                    "select * from reservation where released = 0 and rule_name = :rule"
                        + " and unit = :unit and "
                        + Rows.IS_INTENT)
                .bind("rule", wanted.rule())
                .bind("unit", wanted.unit().toString()),
            id);
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new IllegalStateException(
        "intent "
            + id
            + (found.isEmpty() ? " holds no " : " holds more than one ")
            + "reservation of "
            + wanted.unit()
            + " under "
            + wanted.rule());
  }

  void release(IntentId id, String except) {
    var release =
        handle
            .createQuery(
                """
                update reservation set released = 1
                where released = 0 and rule_name <> :except and %s
                returning *
                """
                    .formatted(Rows.IS_INTENT))
            .bind("except", except);
    for (Held each : held(release, id)) {
      sums.add(id.agent(), each.reservation(), each.at(), each.reservation().baseUnits().negate());
    }
  }

  private record Held(int number, Reservation reservation, Instant at) {}

  private static List<Held> held(Query query, IntentId id) {
    return onIntent(query, id)
        .map((row, _) ->
            new Held(
                row.getInt("number"),
                Rows.reservation(row),
                EpochNanoseconds.toInstant(row.getLong("at_nanos"))))
        .list();
  }

  private static void requireNotNegative(Reservation reservation) {
    if (reservation.baseUnits().signum() < 0) {
      throw new IllegalArgumentException(
          "a reservation under " + reservation.rule() + " is negative");
    }
  }
}
