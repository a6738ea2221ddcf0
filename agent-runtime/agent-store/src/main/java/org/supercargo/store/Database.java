package org.supercargo.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;

/// Connections for writing and for reading, and transactions over them.
///
/// The pools decide isolation: a reading transaction sees one state, a writing one sees what is
/// committed when it gets its lock.
final class Database implements AutoCloseable {
  private static final int MOST_RUNS = 10;

  private final Dialect dialect;
  private final HikariDataSource writing;
  private final HikariDataSource reading;
  private final Jdbi writes;
  private final Jdbi reads;
  private final ScopedValue<Boolean> inside = ScopedValue.newInstance();

  Database(Dialect dialect, HikariDataSource writing, HikariDataSource reading) {
    this.dialect = dialect;
    this.writing = writing;
    this.reading = reading;
    this.writes = over(writing);
    this.reads = over(reading);
  }

  private static Jdbi over(HikariDataSource pool) {
    Jdbi jdbi = Jdbi.create(pool);
    // Bound values are an agent's business; they do not belong in messages.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  Dialect dialect() {
    return dialect;
  }

  /// Runs `work` in a writing transaction, again when the database undid it for another one's sake.
  <T> T write(Function<Handle, T> work) {
    for (int run = 1; ; run++) {
      try {
        return in(writes, work);
      } catch (JdbiException e) {
        SQLException failure = cause(e);
        if (failure == null || !dialect.isConflict(failure) || run == MOST_RUNS) {
          throw explain(e, failure);
        }
      }
    }
  }

  /// Runs `work` in a transaction that sees one state and writes nothing.
  <T> T read(Function<Handle, T> work) {
    try {
      return in(reads, work);
    } catch (JdbiException e) {
      throw explain(e, cause(e));
    }
  }

  private <T> T in(Jdbi jdbi, Function<Handle, T> work) {
    if (inside.isBound()) {
      throw new IllegalStateException("the store was used inside one of its transactions");
    }
    if (writing.isClosed()) {
      throw new IllegalStateException("the store is closed");
    }
    return ScopedValue.where(inside, true).call(() -> jdbi.inTransaction(work::apply));
  }

  private SupercargoException explain(JdbiException e, @Nullable SQLException failure) {
    if (failure == null) {
      return SupercargoException.bug("A statement was not understood: " + e.getMessage(), e);
    }
    if (failure instanceof SQLTransientException
        || failure.getCause() instanceof InterruptedException) {
      return SupercargoException.transientFailure(
          "No connection to " + dialect.place() + " became free in time", "Try again.", failure);
    }
    return dialect.explain(failure);
  }

  static @Nullable SQLException cause(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql && !(each.getCause() instanceof SQLException)) {
        return sql;
      }
    }
    return null;
  }

  @Override
  public void close() {
    reading.close();
    writing.close();
  }
}
