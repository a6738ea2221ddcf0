package org.supercargo.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;

/// One PostgreSQL server for all tests of this JVM, as durable as in production; it ends with the
/// JVM. Everybody may log in without a password, except the user `sailor`.
final class TestPostgresql {
  // A connection cut on purpose is not worth a stack trace.
  private static final Logger POOL = Logger.getLogger("com.zaxxer.hikari");
  private static final EmbeddedPostgres SERVER = start();

  private TestPostgresql() {}

  private static EmbeddedPostgres start() {
    Logger.getLogger("").setLevel(Level.WARNING);
    POOL.setLevel(Level.SEVERE);
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      askForPasswords(server);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void askForPasswords(EmbeddedPostgres server) throws IOException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create role sailor login password 'rum & ginger'");
      Path rules;
      try (var answer = statement.executeQuery("show hba_file")) {
        answer.next();
        rules = Path.of(answer.getString(1));
      }
      String others = Files.readString(rules, StandardCharsets.UTF_8);
      Files.writeString(
          rules,
          "host all sailor 127.0.0.1/32 scram-sha-256\n" + others,
          StandardOpenOption.TRUNCATE_EXISTING);
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Creates a database that belongs to everybody and gives its URL with a user.
  static String newDatabase(String name) {
    execute("postgres", "create database " + name);
    return url(name) + "?user=postgres";
  }

  /// The URL of a database, without a user.
  static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + database;
  }

  static long count(String database, String rows) {
    try (var connection = SERVER.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement();
        var answer = statement.executeQuery("select count(*) from " + rows)) {
      answer.next();
      return answer.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void execute(String database, String sql) {
    try (var connection = SERVER.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
