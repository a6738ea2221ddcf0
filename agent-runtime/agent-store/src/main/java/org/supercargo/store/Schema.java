package org.supercargo.store;

import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;

/// Brings a database's tables to the form this version knows, or says why it cannot.
final class Schema {
  // Referenced, because the log manager forgets a logger nobody holds, and its level with it.
  private static final Logger[] TALKATIVE = {
    Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari")
  };

  private final Dialect dialect;
  private final Flyway flyway;

  /// @param schema the existing schema the tables live in; null where a database has none
  Schema(Dialect dialect, DataSource source, @Nullable String schema) {
    this.dialect = dialect;
    quieten();
    FluentConfiguration configuration =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(source)
            .locations(dialect.migrations())
            .table("schema_history")
            .failOnMissingLocations(true)
            .cleanDisabled(true)
            .placeholderReplacement(false)
            .installedBy("supercargo");
    if (schema != null) {
      configuration.schemas(schema).defaultSchema(schema).createSchemas(false);
    }
    this.flyway = configuration.load();
  }

  private static void quieten() {
    for (Logger logger : TALKATIVE) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
  }

  /// @throws SupercargoException of category USER for a database of another program or of a newer
  ///   version
  void bringUpToDate() {
    try {
      requireKnown();
      flyway.migrate();
    } catch (FlywayException e) {
      throw explain(e);
    }
  }

  private void requireKnown() {
    for (MigrationInfo migration : flyway.info().applied()) {
      if (migration.getState().isResolved()) {
        continue;
      }
      throw SupercargoException.user(
          "A newer version of Supercargo wrote "
              + dialect.place()
              + ": its schema has version "
              + migration.getVersion()
              + ", which this version does not know",
          "Use the newer version, or another database.");
    }
  }

  private SupercargoException explain(FlywayException e) {
    if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return SupercargoException.user(
          dialect.place() + " holds tables of another program", "Name a database of its own.");
    }
    SQLException failure = Database.cause(e);
    if (failure != null) {
      return dialect.explain(failure);
    }
    return SupercargoException.external(
        "The tables in " + dialect.place() + " are not as this version left them",
        "Restore a backup, or name another database.",
        e);
  }
}
