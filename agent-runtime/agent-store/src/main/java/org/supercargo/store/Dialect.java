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

  /// The exact sum of a column of amounts, 0 for no rows.
  String sum(String column);

  /// In an upsert, the exact sum of the amount that is there and the one that came.
  String plus(String table);

  /// Whether the database undid the transaction for the sake of another one, so that running it
  /// again is safe.
  boolean isConflict(SQLException failure);

  /// The failure in words.
  SupercargoException explain(SQLException failure);
}
