package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;

final class SqliteStoreTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name_a_file() {
    file = folder.resolve("agents.db");
  }

  private void writeOnce() {
    try (var store = SqlAgentStore.sqlite(file)) {
      var lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
      assertThat(store.<Boolean>transact(lease, t -> Rig.ask(t) && Rig.write(t, 1))).isTrue();
      store.note(Rig.approval("ada"));
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SupercargoException refusal(Runnable opening) {
    return catchThrowableOfType(SupercargoException.class, opening::run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update journal set payload = 'forged'",
        "update journal set sequence = 7 where agent = 'rig'",
        "delete from journal",
        "replace into journal select agent, sequence, tick, at_nanos, event_type, 'forged', hash"
            + " from journal",
        "insert into journal select agent, 3, tick, at_nanos, event_type, 'forged', hash"
            + " from journal",
        "update ledger_entry set description = 'forged'",
        "delete from ledger_entry",
        "replace into ledger_entry select * from ledger_entry",
        "update posting set amount = '2'",
        "delete from posting",
        "replace into posting select * from posting",
        "replace into ledger_entry select agent, 99, entry_key, at_nanos, 'forged', reference"
            + " from ledger_entry",
        "update approval set approves = 0",
        "delete from approval",
        "replace into approval select agent, tick, sequence, number, 'mallory', digest, 0,"
            + " at_nanos, signature from approval",
        "replace into approval select agent, tick, sequence, 99, approver, digest, 0, at_nanos,"
            + " signature from approval"
      })
  void the_journal_the_book_and_approvals_cannot_be_changed_by_anyone(String forgery) {
    writeOnce();
    assertThatThrownBy(() -> execute(forgery))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("append-only");
    try (var store = SqlAgentStore.sqlite(file)) {
      assertThat(store.<Integer>read(view -> view.journal(Rig.AGENT, 0, 9).size())).isEqualTo(1);
      assertThat(store.<Integer>read(view -> view.entries(Rig.AGENT).size())).isEqualTo(1);
      assertThat(store.<Object>read(view -> view.approvals(Rig.asked().id())))
          .isEqualTo(List.of(Rig.approval("ada")));
    }
  }

  @Test
  void a_location_is_a_path_or_a_url() {
    writeOnce();
    for (String location : List.of(file.toString(), "jdbc:sqlite:" + file)) {
      try (var store = SqlAgentStore.open(location)) {
        assertThat(store.agents()).containsExactly(Rig.AGENT);
      }
    }
    assertThat(refusal(() -> SqlAgentStore.open("jdbc:h2:mem:x").close()).category())
        .isEqualTo(Category.USER);
  }

  @Test
  void every_connection_is_durable_and_keeps_foreign_keys() {
    try (Database database = SqliteFile.open(file)) {
      for (String pragma : List.of("journal_mode=wal", "synchronous=2", "foreign_keys=1")) {
        String[] parts = pragma.split("=", 2);
        assertThat(
                database.<String>write(
                    handle -> handle.createQuery("pragma " + parts[0]).mapTo(String.class).one()))
            .as(parts[0])
            .isEqualTo(parts[1]);
      }
      assertThatThrownBy(() ->
              database.write(handle ->
                  handle.execute("insert into ledger_entry values ('nobody', 1, '', 0, '', '')")))
          .isInstanceOfSatisfying(
              SupercargoException.class, e -> assertThat(e.category()).isEqualTo(Category.BUG));
      assertThatThrownBy(() -> database.read(handle -> handle.execute("delete from wallet")))
          .isInstanceOf(SupercargoException.class);
    }
  }

  @Test
  void only_the_owner_may_read_the_files() throws IOException {
    try (var store = SqlAgentStore.sqlite(file)) {
      assertThat(store.agents()).isEmpty();
      try (var files = Files.list(folder)) {
        assertThat(files.toList())
            .hasSizeGreaterThanOrEqualTo(1)
            .allSatisfy(each ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void a_file_of_another_kind_is_refused_and_left_alone() throws IOException {
    String text = "not a database, but long enough to be looked at closely. ".repeat(50);
    Files.writeString(file, text, StandardCharsets.UTF_8);
    assertThat(refusal(() -> SqlAgentStore.sqlite(file).close()))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("is not a SQLite database")
        .extracting(SupercargoException::category)
        .isEqualTo(Category.USER);
    assertThat(Files.readString(file, StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void a_folder_and_a_file_in_no_folder_are_refused() {
    assertThat(refusal(() -> SqlAgentStore.sqlite(folder).close()))
        .hasMessageContaining("is a folder");
    assertThat(refusal(() -> SqlAgentStore.sqlite(file.resolve("a/b.db")).close()))
        .hasMessageContaining("cannot be created");
    assertThat(refusal(() -> SqlAgentStore.sqlite(folder.resolve("a?b.db")).close()))
        .hasMessageContaining("question mark");
  }

  @Test
  void the_database_of_another_program_is_refused_and_left_alone() throws SQLException {
    execute("create table songs (title text)");
    assertThat(refusal(() -> SqlAgentStore.sqlite(file).close()))
        .hasMessageContaining("tables of another program")
        .extracting(SupercargoException::category)
        .isEqualTo(Category.USER);
    try (var connection = connect();
        var statement = connection.createStatement();
        var tables = statement.executeQuery("select group_concat(name) from sqlite_schema")) {
      assertThat(tables.getString(1)).isEqualTo("songs");
    }
  }

  @Test
  void a_newer_schema_is_refused() throws SQLException {
    writeOnce();
    execute(
        "insert into schema_history select 99, '99', 'later', type, 'V99__later.sql', 1,"
            + " installed_by, installed_on, 1, 1 from schema_history where version = '1'");
    assertThat(refusal(() -> SqlAgentStore.sqlite(file).close()))
        .hasMessageContaining("newer version")
        .hasMessageContaining("99")
        .extracting(SupercargoException::category)
        .isEqualTo(Category.USER);
  }

  @Test
  void a_schema_that_was_tampered_with_is_refused() throws SQLException {
    writeOnce();
    execute("update schema_history set checksum = 1 where version = '1'");
    assertThat(refusal(() -> SqlAgentStore.sqlite(file).close()))
        .hasMessageContaining("not as this version left them");
  }

  @Test
  void a_file_another_process_holds_is_a_transient_failure() throws SQLException {
    writeOnce();
    try (var store = new SqlAgentStore(SqliteFile.open(file, Duration.ofMillis(50)));
        var other = connect();
        var statement = other.createStatement()) {
      statement.execute("begin immediate");
      assertThat(refusal(() -> store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0)))
          .hasMessageContaining("locked")
          .extracting(SupercargoException::category)
          .isEqualTo(Category.TRANSIENT);
      assertThat(store.agents()).as("readers do not wait").containsExactly(Rig.AGENT);
      statement.execute("rollback");
      assertThat(store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0)).isPresent();
    }
  }

  @Test
  void a_full_disk_loses_the_transaction_that_met_it_and_no_other() {
    try (Database database = SqliteFile.open(file)) {
      var store = new SqlAgentStore(database);
      var lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
      long pages =
          database.write(handle -> handle.createQuery("pragma page_count").mapTo(Long.class).one());
      database.write(handle ->
          handle.createQuery("pragma max_page_count = " + (pages + 20)).mapTo(Long.class).one());
      var written = new ArrayList<Long>();
      SupercargoException full =
          refusal(() -> {
            for (long number = 1; number < 100_000; number++) {
              long next = number;
              store.<Boolean>transact(lease, t -> Rig.write(t, next));
              written.add(next);
            }
          });
      assertThat(full).hasMessageContaining("no space left");
      assertThat(full.category()).isEqualTo(Category.EXTERNAL);
      assertThat(written).hasSizeGreaterThan(10);
      assertThat(store.<Integer>read(view -> view.entries(Rig.AGENT).size()))
          .isEqualTo(written.size());
      database.write(
          handle -> handle.createQuery("pragma max_page_count = 1000000").mapTo(Long.class).one());
      assertThat(store.<Boolean>transact(lease, t -> Rig.write(t, written.size() + 1))).isTrue();
    }
  }

  @Test
  void several_may_open_a_new_file_at_the_same_time() throws Exception {
    int openers = 4;
    var start = new CyclicBarrier(openers);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var opened = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < openers; i++) {
        String owner = "owner " + i;
        opened.add(
            executor.submit(() -> {
              start.await();
              try (var store = SqlAgentStore.sqlite(file)) {
                return store.acquire(Rig.AGENT, owner, Rig.NOW, Rig.MINUTE, 0).isPresent();
              }
            }));
      }
      var leased = new ArrayList<Boolean>();
      for (var each : opened) {
        leased.add(each.get());
      }
      assertThat(leased).containsOnlyOnce(true);
    }
  }

  @Test
  void a_closed_store_says_so() {
    var store = SqlAgentStore.sqlite(file);
    store.close();
    store.close();
    assertThatThrownBy(store::agents)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
