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
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.mandate.SignedApproval;
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
  private static final String IS_LEASE = "name = :agent and owner = :owner and fence = :fence";

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

  /// Opens or creates a SQLite file, readable by its owner only. Every commit reaches the disk
  /// before it returns. Other processes of this machine may read and write it at the same time;
  /// they write one after the other, each as soon as it finds the file free.
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
  public Optional<Lease> acquire(
      AgentId agent, String owner, Instant now, Duration length, long above) {
    if (above < 0 || above == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a fence is a number from 1 on, and one above " + above + " was asked for");
    }
    return database.write(handle ->
        handle
            .createQuery(
                """
                insert into agent (name, owner, fence, ends_at)
                values (:agent, :owner, 1 + :above, :end)
                on conflict (name) do update
                set owner = excluded.owner, ends_at = excluded.ends_at,
                  fence = case when agent.fence < :above then 1 + :above else 1 + agent.fence end
                where agent.owner is null or agent.owner = excluded.owner or agent.ends_at <= :now
                returning fence
                """)
            .bind("above", above)
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
                .createUpdate("update agent set ends_at = :end where " + IS_LEASE)
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
            .createUpdate("update agent set owner = null where " + IS_LEASE)
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
            .createQuery("select fence from agent where " + IS_LEASE + database.dialect().lockRow())
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
  public void note(SignedApproval approval) {
    database.<Boolean>write(handle -> {
      requireAwaiting(handle, approval.intent());
      return SqlView.onIntent(
                  handle.createUpdate(
                      """
                      insert into approval
                        (agent, tick, sequence, number, approver, digest, approves, at_nanos,
                         signature)
                      select :agent, :tick, :sequence,
                        (select 1 + count(*) from approval where %1$s),
                        :approver, :digest, :approves, :at, :signature
                      where not exists
                        (select 1 from approval where approver = :approver and %1$s)
                      """
                          .formatted(Rows.IS_INTENT)),
                  approval.intent())
              .bind("approver", StorableText.of(approval.approver()))
              .bind("digest", approval.digest().toArray())
              .bind("approves", approval.approves() ? 1 : 0)
              .bind("at", EpochNanoseconds.of(approval.at()))
              .bind("signature", approval.signature().toArray())
              .execute()
          == 1;
    });
  }

  /// The lock is on the intent and not on the agent, so that nobody waits for a person's decision
  /// but who reads or moves this intent.
  private void requireAwaiting(Handle handle, IntentId id) {
    String state =
        SqlView.onIntent(
                handle.createQuery(
                    "select state from intent where "
                        + Rows.IS_INTENT
                        + database.dialect().lockRow()),
                id)
            .mapTo(String.class)
            .findOne()
            .orElseThrow(() -> new IllegalStateException("intent " + id + " does not exist"));
    if (!state.equals(IntentState.AWAITING.name())) {
      throw new IllegalStateException("intent " + id + " is " + state + ", not AWAITING");
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
            .createQuery("select name from agent order by name")
            .map((row, _) -> new AgentId(row.getString(1)))
            .list());
  }

  @Override
  public void close() {
    database.close();
  }
}
