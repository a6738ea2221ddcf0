package org.supercargo.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.supercargo.api.SupercargoException;

/// PostgreSQL: rows are locked one by one; `numeric` adds exactly.
///
/// @param server host, port and database, without credentials
record PostgresqlDialect(String server) implements Dialect {
  @Override
  public String place() {
    return "PostgreSQL at " + server;
  }

  @Override
  public String migrations() {
    return "classpath:org/supercargo/store/postgresql";
  }

  @Override
  public String lockRow() {
    // Weaker than "for update" only towards foreign keys that point at the row.
    return " for no key update";
  }

  @Override
  public void lockWallet(Handle handle, String account) {
    // A row lock would not hold back the first one to set the number.
    handle
        .createQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:account, 0)))")
        .bind("account", account)
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public Object amount(BigInteger baseUnits) {
    return new BigDecimal(baseUnits);
  }

  @Override
  public String sum(String column) {
    return "coalesce(sum(" + column + "), 0)";
  }

  @Override
  public String plus(String table) {
    return table + ".amount + excluded.amount";
  }

  @Override
  public boolean isConflict(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.equals("40001") || state.equals("40P01");
  }

  @Override
  public SupercargoException explain(SQLException failure) {
    // Source of the codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
    String state = String.valueOf(failure.getSQLState());
    return switch (state) {
      case "40001", "40P01", "55P03", "57014" ->
          SupercargoException.transientFailure(
              "Other transactions kept " + place() + " from finishing this one in time",
              "Try again.",
              failure);
      case "53300" ->
          SupercargoException.transientFailure(
              place() + " has no connection left", "Try again, or raise max_connections.", failure);
      case "53100" ->
          SupercargoException.external(
              "There is no space left for " + place(),
              "Free space on its disk; this transaction was not written, all earlier ones are"
                  + " safe.",
              failure);
      case "28P01", "28000" ->
          user(failure, place() + " refused the user or the password", "Check both.");
      case "3D000" ->
          user(failure, place() + " has no such database", "Create it, or name another one.");
      case "42501" ->
          user(
              failure,
              "The user may not do this in " + place(),
              "Let the user own the schema supercargo, or create schemas.");
      case "25006" ->
          user(failure, place() + " is read-only", "Name the primary server, not a standby.");
      default -> explainClass(state, failure);
    };
  }

  private SupercargoException explainClass(String state, SQLException failure) {
    if (state.startsWith("08") || state.startsWith("57P")) {
      return SupercargoException.transientFailure(
          "The connection to " + place() + " failed",
          "Check that the server runs and is reachable; whether the last transaction was written"
              + " is unknown, so read before writing again.",
          failure);
    }
    if (state.startsWith("22") || state.startsWith("23")) {
      return SupercargoException.bug(
          place() + " refused a value (SQLSTATE " + state + ")", failure);
    }
    return SupercargoException.external(
        place() + " failed (SQLSTATE " + state + ")", "See the cause.", failure);
  }

  private static SupercargoException user(SQLException failure, String what, String advice) {
    return new SupercargoException(SupercargoException.Category.USER, what, advice, failure);
  }
}
