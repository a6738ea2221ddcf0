package org.supercargo.store;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Function;

/// Teaches a SQLite connection to add whole numbers of any length, written as decimal text: its own
/// integers end at 64 bits, and its own sums round.
final class SqliteArithmetic {
  static final String PLUS = "exact_plus";
  static final String SUM = "exact_sum";

  private SqliteArithmetic() {}

  static void teach(Connection connection) throws SQLException {
    Function.create(connection, PLUS, new Plus(), 2, Function.FLAG_DETERMINISTIC);
    Function.create(connection, SUM, new Sum(), 1, Function.FLAG_DETERMINISTIC);
  }

  private static final class Plus extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(new BigInteger(value_text(0)).add(new BigInteger(value_text(1))).toString());
    }
  }

  /// The driver runs each sum on a clone of its own.
  private static final class Sum extends Function.Aggregate {
    private BigInteger sum = BigInteger.ZERO;

    @Override
    protected void xStep() throws SQLException {
      sum = sum.add(new BigInteger(value_text(0)));
    }

    @Override
    protected void xFinal() throws SQLException {
      result(sum.toString());
    }
  }
}
