package org.supercargo.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// The agent store in an SQL database.
///
/// A transaction that returned is on the disk. Times are kept to the nanosecond from 1677 to 2262,
/// amounts exactly up to 78 digits, and text as it is; text with a NUL or half a surrogate pair is
/// refused. Database failures are [SupercargoException]s that name the database and never a
/// password.
public final class SqlAgentStore implements AgentStore {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String SQLITE = "jdbc:sqlite:";

  private final Database database;
  private final Rows rows = new Rows(new DomainJson());

  SqlAgentStore(Database database) {
    this.database = database;
  }

  /// Opens the store a setting names.
  ///
  /// @param location the path of a SQLite file, or a JDBC URL of SQLite or PostgreSQL, with
  ///   credentials where it needs them
  /// @throws SupercargoException of category USER if it is no such database
  public static SqlAgentStore open(String location) {
    if (location.startsWith(POSTGRESQL)) {
      return postgresql(location);
    }
    if (location.startsWith("jdbc:") && !location.startsWith(SQLITE)) {
      throw SupercargoException.user(
          "The store is neither SQLite nor PostgreSQL",
          "Name a file, or a URL that starts with " + POSTGRESQL + "//");
    }
    return sqlite(
        Path.of(location.startsWith(SQLITE) ? location.substring(SQLITE.length()) : location));
  }

  /// Opens or creates a SQLite file, readable by its owner only, for one process at a time. Every
  /// commit reaches the disk before it returns.
  ///
  /// @param file in a folder that exists, on a local disk
  public static SqlAgentStore sqlite(Path file) {
    return new SqlAgentStore(SqliteFile.open(file));
  }

  /// Opens a PostgreSQL database and creates the schema `supercargo` in it where it is missing.
  ///
  /// @param jdbcUrl such as `jdbc:postgresql://host:5432/agents`
  /// @param password asked for every new connection
  public static SqlAgentStore postgresql(String jdbcUrl, String user, Supplier<String> password) {
    return new SqlAgentStore(PostgresqlServer.at(jdbcUrl).as(user, password).open());
  }

  /// Opens a PostgreSQL database whose URL holds the credentials it needs.
  public static SqlAgentStore postgresql(String jdbcUrl) {
    return new SqlAgentStore(PostgresqlServer.at(jdbcUrl).open());
  }

  @Override
  public Optional<Lease> acquire(AgentId agent, String owner, Instant now, Duration length) {
    return database.write(handle ->
        handle
            .createQuery(
                """
                insert into lease (agent, owner, fence, ends_at) values (:agent, :owner, 1, :end)
                on conflict (agent) do update
                set owner = excluded.owner, fence = lease.fence + 1, ends_at = excluded.ends_at
                where lease.owner is null or lease.owner = excluded.owner or lease.ends_at <= :now
                returning fence
                """)
            .bind("agent", agent.value())
            .bind("owner", StorableText.of(owner))
            .bind("now", EpochNanoseconds.nearest(now))
            .bind("end", EpochNanoseconds.nearest(now.plus(length)))
            .mapTo(Long.class)
            .findOne()
            .map(fence -> new Lease(agent, owner, fence)));
  }

  @Override
  public void renew(Lease lease, Instant now, Duration length) {
    int renewed =
        database.write(handle ->
            handle
                .createUpdate(
                    "update lease set ends_at = :end"
                        + " where agent = :agent and owner = :owner and fence = :fence")
                .bind("agent", lease.agent().value())
                .bind("owner", lease.owner())
                .bind("fence", lease.fence())
                .bind("end", EpochNanoseconds.nearest(now.plus(length)))
                .execute());
    if (renewed == 0) {
      throw new StaleLeaseException(lease);
    }
  }

  @Override
  public void release(Lease lease) {
    database.write(handle ->
        handle
            .createUpdate(
                "update lease set owner = null"
                    + " where agent = :agent and owner = :owner and fence = :fence")
            .bind("agent", lease.agent().value())
            .bind("owner", lease.owner())
            .bind("fence", lease.fence())
            .execute());
  }

  @Override
  public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
    return database.write(handle -> {
      lock(handle, lease);
      return work.apply(new SqlTransaction(handle, database.dialect(), rows, lease.agent()));
    });
  }

  private void lock(Handle handle, Lease lease) {
    boolean newest =
        handle
            .createQuery(
                "select fence from lease where agent = :agent and owner = :owner and fence = :fence"
                    + database.dialect().lockRow())
            .bind("agent", lease.agent().value())
            .bind("owner", lease.owner())
            .bind("fence", lease.fence())
            .mapTo(Long.class)
            .findOne()
            .isPresent();
    if (!newest) {
      throw new StaleLeaseException(lease);
    }
  }

  @Override
  public <T> T read(Function<StoreView, T> work) {
    return database.read(handle -> work.apply(new SqlView(handle, database.dialect(), rows)));
  }

  @Override
  public List<AgentId> agents() {
    return database.read(handle ->
        handle
            .createQuery("select agent from lease order by agent")
            .map((row, _) -> new AgentId(row.getString(1)))
            .list());
  }

  @Override
  public void close() {
    database.close();
  }
}
