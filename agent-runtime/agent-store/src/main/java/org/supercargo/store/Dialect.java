package org.supercargo.store;

import java.math.BigInteger;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.supercargo.api.SupercargoException;

/// What differs between the databases.
interface Dialect {
  /// The database in words for messages; never with a password.
  String place();

  /// The class path folder of the migrations.
  String migrations();

  /// Ends a select of a lease's row so that nobody else's transaction gets past the same row.
  String lockRow();

  /// Lets nobody else's transaction read or set the wallet's number until this one ends.
  void lockWallet(Handle handle, String account);

  /// The value to bind for an amount.
  Object amount(BigInteger baseUnits);

  /// An expression over the column `amount` that gives exact sums, or the amounts themselves where
  /// the database cannot add them exactly; the caller adds up all rows.
  String sumOfAmount();

  /// A `group by` that goes with [#sumOfAmount()], or nothing.
  String groupBy(String columns);

  /// Whether the database undid the transaction for the sake of another one, so that running it
  /// again is safe.
  boolean isConflict(SQLException failure);

  /// The failure in words.
  SupercargoException explain(SQLException failure);
}
