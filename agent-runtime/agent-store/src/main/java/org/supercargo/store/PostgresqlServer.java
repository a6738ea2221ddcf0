package org.supercargo.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.supercargo.api.SupercargoException;

/// Opens PostgreSQL databases.
///
/// Writing transactions run at READ COMMITTED behind the row lock of their agent: what they read
/// after they got the lock is the newest. Reading ones run at REPEATABLE READ and see one state
/// (source: [transaction isolation](https://www.postgresql.org/docs/18/transaction-iso.html)).
final class PostgresqlServer {
  private static final String SCHEMA = "supercargo";
  private static final int CONNECT_SECONDS = 10;
  private static final int ANSWER_SECONDS = 60;
  private static final Duration TURN_WAIT = Duration.ofSeconds(30);
  private static final int WRITERS = 8;
  private static final int READERS = 4;

  // An acknowledged commit must be on the server's disk; a stricter setting is left alone.
  private static final String SESSION =
      """
      select set_config('statement_timeout', '30s', false),
        set_config('lock_timeout', '10s', false),
        set_config('idle_in_transaction_session_timeout', '30s', false),
        case current_setting('synchronous_commit')
          when 'off' then set_config('synchronous_commit', 'on', false) end
      """;

  private final PGSimpleDataSource source;
  private final PostgresqlDialect dialect;
  private @Nullable Supplier<Credentials> credentials;

  private PostgresqlServer(PGSimpleDataSource source) {
    this.source = source;
    this.dialect =
        new PostgresqlDialect(
            source.getServerNames()[0]
                + ":"
                + source.getPortNumbers()[0]
                + "/"
                + source.getDatabaseName());
  }

  static PostgresqlServer at(String jdbcUrl) {
    var source = new PGSimpleDataSource();
    boolean understood = jdbcUrl.startsWith("jdbc:postgresql:");
    try {
      source.setUrl(jdbcUrl);
    } catch (IllegalArgumentException e) {
      // The driver's message repeats the URL, and with it the password.
      understood = false;
    }
    if (!understood) {
      throw SupercargoException.user(
          "The URL of the PostgreSQL database is not valid",
          "Use the form jdbc:postgresql://host:5432/database.");
    }
    source.setCurrentSchema(SCHEMA);
    source.setApplicationName(SCHEMA);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setTcpKeepAlive(true);
    return new PostgresqlServer(source);
  }

  PostgresqlServer as(String user, Supplier<String> password) {
    credentials = () -> Credentials.of(user, password.get());
    return this;
  }

  Database open() {
    if (credentials != null) {
      Credentials first = credentials.get();
      source.setUser(first.getUsername());
      source.setPassword(first.getPassword());
    }
    createSchema();
    new Schema(dialect, source, SCHEMA).bringUpToDate();
    HikariDataSource writing = pool("writers", WRITERS, "TRANSACTION_READ_COMMITTED");
    try {
      return new Database(
          dialect, writing, pool("readers", READERS, "TRANSACTION_REPEATABLE_READ"));
    } catch (RuntimeException e) {
      writing.close();
      throw e;
    }
  }

  // The migration tool would try ten times, a second apart, to create a schema it may not create.
  private void createSchema() {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (hasSchema(statement)) {
        return;
      }
      try {
        statement.execute("create schema if not exists " + SCHEMA);
      } catch (SQLException e) {
        if (!hasSchema(statement)) {
          throw e;
        }
      }
    } catch (SQLException e) {
      throw dialect.explain(e);
    }
  }

  private static boolean hasSchema(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("select 1 from pg_namespace where nspname = '" + SCHEMA + "'")) {
      return found.next();
    }
  }

  private HikariDataSource pool(String name, int size, String isolation) {
    var config = new HikariConfig();
    config.setPoolName(name + " of " + dialect.place());
    config.setDataSource(source);
    if (credentials != null) {
      config.setCredentialsProvider(credentials::get);
    }
    config.setTransactionIsolation(isolation);
    config.setReadOnly(isolation.equals("TRANSACTION_REPEATABLE_READ"));
    config.setConnectionInitSql(SESSION);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(TURN_WAIT.toMillis());
    return new HikariDataSource(config);
  }
}
