package org.supercargo.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.mandate.BudgetKey.Per;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.store.BudgetQuestion;

/// Exact sums of reservations over any window, without reading the window.
///
/// Every reservation counts in the total of its budget and, for each width, in one span of time. A
/// window is then the few reservations up to the first whole span, the narrow spans up to the first
/// whole wider one, and so on: each width adds at most 63 spans, but for the widest, of which there
/// are a hundred in a year. A reservation that changes later changes the same rows again.
final class BudgetSums {
  /// Binary logarithms of nanoseconds: 69 seconds, 73 minutes, 78 hours.
  private static final List<Integer> WIDTHS = List.of(36, 42, 48);

  private static final String IS_BUDGET =
      "budget.agent = :agent and budget.rule_name = :rule and budget.unit = :unit"
          + " and budget.per = :per and budget.kept_for = :for";

  private final Handle handle;
  private final Dialect dialect;

  BudgetSums(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
  }

  /// Counts `change` more for a reservation made at `at`, whatever its own amount is.
  void add(AgentId agent, Reservation reservation, Instant at, BigInteger change) {
    if (change.signum() == 0) {
      return;
    }
    List<Long> budgets = addToTotals(agent, reservation, change);
    var rows = new ArrayList<String>();
    Map<String, Object> values = new HashMap<>();
    values.put("change", dialect.amount(change));
    WIDTHS.forEach(width -> values.put("place" + width, EpochNanoseconds.of(at) >> width));
    for (int each = 0; each < budgets.size(); each++) {
      values.put("budget" + each, budgets.get(each));
      for (int width : WIDTHS) {
        rows.add("(:budget%1$d, %2$d, :place%2$d, :change)".formatted(each, width));
      }
    }
    handle
        .createUpdate(
            """
            insert into budget_span (budget, width, place, amount) values %s
            on conflict (budget, width, place) do update set amount = %s
            """
                .formatted(String.join(", ", rows), dialect.plus("budget_span")))
        .bindMap(values)
        .execute();
  }

  private List<Long> addToTotals(AgentId agent, Reservation reservation, BigInteger change) {
    var totals =
        handle.createQuery(
            """
            insert into budget (agent, rule_name, unit, per, kept_for, amount)
            values (:agent, :rule, :unit, 'AGENT', '', :change),
              (:agent, :rule, :unit, 'PAYEE', :counterparty, :change),
              (:agent, :rule, :unit, 'ASSET', :asset, :change)
            on conflict (agent, rule_name, unit, per, kept_for) do update set amount = %s
            returning number
            """
                .formatted(dialect.plus("budget")));
    return naming(totals, reservation)
        .bind("agent", agent.value())
        .bind("change", dialect.amount(change))
        .mapTo(Long.class)
        .list();
  }

  static <S extends SqlStatement<S>> S naming(S statement, Reservation reservation) {
    return statement
        .bind("rule", StorableText.of(reservation.rule()))
        .bind("unit", StorableText.of(reservation.unit().toString()))
        .bind("counterparty", StorableText.of(reservation.counterparty()))
        .bind("asset", StorableText.of(reservation.asset().toString()));
  }

  /// Asks in one statement, which sees one state.
  BigInteger sum(BudgetQuestion question) {
    var parts = new Parts(question);
    long since =
        question.since() == null ? Long.MIN_VALUE : EpochNanoseconds.nearest(question.since());
    if (question.counterparty() != null && question.asset() != null) {
      // No mandate keeps a sum apart by both, so there are no totals of it.
      parts.reservations(since, Long.MAX_VALUE);
    } else if (since == Long.MIN_VALUE) {
      parts.total();
    } else {
      window(since, parts);
    }
    return handle
        .createQuery(
            "select " + dialect.sum("amount") + " from (" + parts.select() + ") as every_part")
        .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
        .bindMap(parts.values)
        .map((row, _) -> Rows.integer(row, 1))
        .one();
  }

  private static void window(long since, Parts parts) {
    int narrower = 0;
    long first = since;
    for (int width : WIDTHS) {
      long whole = Math.ceilDiv(first, 1L << (width - narrower));
      // The last place before the first whole span; a shift that overflows comes back with the 1.
      long last = (whole << (width - narrower)) - 1;
      if (narrower == 0) {
        parts.reservations(first, last);
      } else {
        parts.spans(narrower, first, last);
      }
      narrower = width;
      first = whole;
    }
    parts.spans(narrower, first, Long.MAX_VALUE);
  }

  /// Selects of the amounts that together answer a question.
  private static final class Parts {
    private final BudgetQuestion question;
    private final List<String> selects = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    Parts(BudgetQuestion question) {
      this.question = question;
      values.put("agent", question.agent().value());
      values.put("rule", question.rule());
      values.put("unit", question.unit().toString());
      keptFor(Per.AGENT, "");
      if (question.counterparty() != null) {
        values.put("counterparty", question.counterparty());
        keptFor(Per.PAYEE, question.counterparty());
      }
      if (question.asset() != null) {
        values.put("asset", question.asset().toString());
        keptFor(Per.ASSET, question.asset().toString());
      }
    }

    private void keptFor(Per per, String whom) {
      values.put("per", per.name());
      values.put("for", whom);
    }

    void total() {
      selects.add("select amount from budget where " + IS_BUDGET);
    }

    void reservations(long first, long last) {
      values.put("first", first);
      values.put("last", last);
      selects.add(
          "select amount from reservation where agent = :agent and rule_name = :rule"
              + " and unit = :unit and at_nanos between :first and :last and released = 0"
              + (question.counterparty() == null ? "" : " and counterparty = :counterparty")
              + (question.asset() == null ? "" : " and asset = :asset"));
    }

    void spans(int width, long first, long last) {
      values.put("first" + width, first);
      values.put("last" + width, last);
      selects.add(
          """
          select budget_span.amount from budget
          join budget_span on budget_span.budget = budget.number
          where %1$s and budget_span.width = %2$d
            and budget_span.place between :first%2$d and :last%2$d
          """
              .formatted(IS_BUDGET, width));
    }

    String select() {
      return String.join(" union all ", selects);
    }
  }
}
