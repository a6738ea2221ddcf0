package org.supercargo.store;

import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.supercargo.api.SupercargoException;

/// SQLite: one writer at a time, so locks need no words; big amounts are text.
record SqliteDialect(Path file) implements Dialect {
  @Override
  public String place() {
    return "the SQLite file " + file;
  }

  @Override
  public String migrations() {
    return "classpath:org/supercargo/store/sqlite";
  }

  @Override
  public String lockRow() {
    return "";
  }

  @Override
  public void lockWallet(Handle handle, String account) {}

  @Override
  public Object amount(BigInteger baseUnits) {
    return baseUnits.toString();
  }

  @Override
  public String sum(String column) {
    return SqliteArithmetic.SUM + "(" + column + ")";
  }

  @Override
  public String plus(String table) {
    return SqliteArithmetic.PLUS + "(" + table + ".amount, excluded.amount)";
  }

  @Override
  public boolean isConflict(SQLException failure) {
    return false;
  }

  @Override
  public SupercargoException explain(SQLException failure) {
    // Source of the codes and of their lowest byte: https://www.sqlite.org/rescode.html
    int code = failure instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xff : -1;
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return SupercargoException.transientFailure(
          "Another process holds " + place() + " locked",
          "Try again, or stop the other process.",
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return SupercargoException.external(
          "There is no space left for " + place(),
          "Free space on its disk; this transaction was not written, all earlier ones are safe.",
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return user(failure, place() + " is not a SQLite database", "Name another file.");
    }
    if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return user(
          failure, place() + " cannot be opened", "Check that its folder exists and is writable.");
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
      return user(
          failure,
          place() + " is read-only",
          "Give this user the right to write the file and its folder.");
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return SupercargoException.external(
          place() + " is damaged", "Stop all agents and restore a backup.", failure);
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return SupercargoException.external(
          "The disk failed to read or write " + place(), "Check the disk.", failure);
    }
    if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
      return SupercargoException.bug(place() + " refused a row: " + failure.getMessage(), failure);
    }
    return SupercargoException.external(
        place() + " failed: " + failure.getMessage(), "See the cause.", failure);
  }

  private static SupercargoException user(SQLException failure, String what, String advice) {
    return new SupercargoException(SupercargoException.Category.USER, what, advice, failure);
  }
}
