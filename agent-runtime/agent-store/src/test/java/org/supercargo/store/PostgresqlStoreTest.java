package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.Lease;

final class PostgresqlStoreTest {
  private static final String DATABASE = "single";
  private static Database database;
  private static SqlAgentStore store;
  private static Lease lease;

  @BeforeAll
  static void write_once() {
    database = PostgresqlServer.at(TestPostgresql.newDatabase(DATABASE)).open();
    store = new SqlAgentStore(database);
    lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
    assertThat(store.<Boolean>transact(lease, t -> Rig.ask(t) && Rig.write(t, 1))).isTrue();
    store.note(Rig.approval("ada"));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static SupercargoException refusal(Runnable opening) {
    return catchThrowableOfType(SupercargoException.class, opening::run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update supercargo.journal set payload = 'forged'",
        "delete from supercargo.journal",
        "truncate supercargo.journal",
        "insert into supercargo.journal select * from supercargo.journal"
            + " on conflict (agent, sequence) do update set payload = 'forged'",
        "update supercargo.ledger_entry set description = 'forged'",
        "truncate supercargo.ledger_entry cascade",
        "update supercargo.posting set amount = 2",
        "delete from supercargo.posting",
        "update supercargo.approval set approves = 0",
        "delete from supercargo.approval",
        "truncate supercargo.approval",
        "insert into supercargo.approval select * from supercargo.approval"
            + " on conflict (agent, tick, sequence, approver) do update set approves = 0"
      })
  void the_journal_the_book_and_approvals_cannot_be_changed_by_anyone(String forgery) {
    assertThatThrownBy(() -> TestPostgresql.execute(DATABASE, forgery))
        .hasMessageContaining("append-only");
  }

  @Test
  void a_wrong_password_is_refused_and_no_password_is_ever_printed() {
    TestPostgresql.newDatabase("guarded");
    TestPostgresql.execute("postgres", "grant all on database guarded to sailor");
    for (var wrong :
        List.<Runnable>of(
            () ->
                SqlAgentStore.postgresql(
                        TestPostgresql.url("guarded"), "sailor", () -> "secret-1234")
                    .close(),
            () ->
                SqlAgentStore.open(
                        TestPostgresql.url("guarded") + "?user=sailor&password=secret-1234")
                    .close())) {
      SupercargoException refused = refusal(wrong);
      assertThat(refused.category()).isEqualTo(Category.USER);
      assertThat(refused).hasMessageContaining("refused the user or the password");
      assertThat(Rig.printed(refused)).doesNotContain("secret-1234");
    }
  }

  @Test
  void the_password_is_asked_for_when_a_connection_is_made() {
    TestPostgresql.newDatabase("supplied");
    TestPostgresql.execute("postgres", "grant all on database supplied to sailor");
    var asked = new AtomicInteger();
    try (var supplied =
        SqlAgentStore.postgresql(
            TestPostgresql.url("supplied"),
            "sailor",
            () -> {
              asked.incrementAndGet();
              return "rum & ginger";
            })) {
      assertThat(supplied.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0)).isPresent();
      assertThat(supplied.agents()).containsExactly(Rig.AGENT);
    }
    assertThat(asked).hasValueGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:notaport/x?password=secret-1234",
        "jdbc:postgresql://127.0.0.1:1/x?user=a&password=secret-1234%zz",
        "jdbc:postgresql://127.0.0.1:1/x?user=a&password=secret-1234&socketTimeout=soon",
        "jdbc:postgresql:",
      })
  void a_url_that_is_not_valid_is_refused_without_repeating_it(String url) {
    SupercargoException refused = refusal(() -> SqlAgentStore.postgresql(url).close());
    assertThat(refused).isNotNull();
    assertThat(Rig.printed(refused)).doesNotContain("secret-1234");
  }

  @Test
  void an_unreachable_server_is_a_transient_failure() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + free + "/agents?user=a&password=secret-1234";
    SupercargoException refused = refusal(() -> SqlAgentStore.postgresql(url).close());
    assertThat(refused.category()).isEqualTo(Category.TRANSIENT);
    assertThat(refused).hasMessageContaining("127.0.0.1:" + free + "/agents");
    assertThat(Rig.printed(refused)).doesNotContain("secret-1234");
  }

  @Test
  void a_missing_database_and_missing_rights_are_named() {
    assertThat(
            refusal(() ->
                SqlAgentStore.postgresql(TestPostgresql.url("missing") + "?user=postgres").close()))
        .hasMessageContaining("no such database");
    TestPostgresql.newDatabase("closed_to_sailors");
    assertThat(
            refusal(() ->
                SqlAgentStore.postgresql(
                        TestPostgresql.url("closed_to_sailors"), "sailor", () -> "rum & ginger")
                    .close()))
        .hasMessageContaining("may not do this");
  }

  @Test
  void a_newer_schema_is_refused() {
    String url = TestPostgresql.newDatabase("newer");
    SqlAgentStore.postgresql(url).close();
    TestPostgresql.execute(
        "newer",
        "insert into supercargo.schema_history select 99, '99', 'later', type, 'V99__later.sql',"
            + " 1, installed_by, installed_on, 1, true from supercargo.schema_history"
            + " where version = '1'");
    assertThat(refusal(() -> SqlAgentStore.postgresql(url).close()))
        .hasMessageContaining("newer version");
  }

  @Test
  void several_may_open_a_new_database_at_the_same_time() throws Exception {
    String url = TestPostgresql.newDatabase("crowded");
    var start = new CyclicBarrier(3);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var opened =
          java.util.stream.IntStream.range(0, 3)
              .mapToObj(i ->
                  executor.submit(() -> {
                    start.await();
                    try (var each = SqlAgentStore.postgresql(url)) {
                      return each.acquire(Rig.AGENT, "owner " + i, Rig.NOW, Rig.MINUTE, 0)
                          .isPresent();
                    }
                  }))
              .toList();
      int leased = 0;
      for (var each : opened) {
        leased += each.get() ? 1 : 0;
      }
      assertThat(leased).isEqualTo(1);
    }
  }

  @Test
  void a_commit_is_on_the_disk_even_where_the_server_would_not_wait_for_it() {
    String url = TestPostgresql.newDatabase("hasty");
    TestPostgresql.execute("postgres", "alter database hasty set synchronous_commit = off");
    try (Database hasty = PostgresqlServer.at(url).open()) {
      assertThat(
              hasty.<String>write(handle ->
                  handle.createQuery("show synchronous_commit").mapTo(String.class).one()))
          .isEqualTo("on");
    }
  }

  @Test
  void a_deadlock_is_undone_and_run_again() throws Exception {
    var first = new Address(ChainId.BASE, "0xFirst");
    var second = new Address(ChainId.BASE, "0xSecond");
    var meeting = new CyclicBarrier(2);
    var runs = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = executor.submit(() -> crosswise(new AgentId("one"), first, second, meeting, runs));
      var two = executor.submit(() -> crosswise(new AgentId("two"), second, first, meeting, runs));
      assertThat(one.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(two.get(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(runs).as("one of the two ran again").hasValue(3);
    assertThat(store.<Long>read(view -> view.nextNonce(first).orElseThrow())).isEqualTo(2);
    assertThat(store.<Long>read(view -> view.nextNonce(second).orElseThrow())).isEqualTo(2);
  }

  private static boolean crosswise(
      AgentId agent, Address first, Address second, CyclicBarrier meeting, AtomicInteger runs) {
    Lease own = store.acquire(agent, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
    return store.transact(
        own,
        transaction -> {
          boolean firstRun = runs.incrementAndGet() <= 2;
          transaction.setNextNonce(first, transaction.nextNonce(first).orElse(0) + 1);
          if (firstRun) {
            meet(meeting);
          }
          transaction.setNextNonce(second, transaction.nextNonce(second).orElse(0) + 1);
          return true;
        });
  }

  @Test
  void a_decision_does_not_wait_for_the_transaction_of_the_lease_holder() throws Exception {
    try (var person = SqlAgentStore.postgresql(TestPostgresql.url(DATABASE) + "?user=postgres");
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<SignedApproval> seen =
          store.transact(
              lease,
              transaction -> {
                transaction.setAlarm("a write that holds the agent's lock");
                // No row is read of it yet, so nothing of the intent is locked.
                finish(executor.submit(() -> person.note(Rig.approval("grace"))));
                return transaction.approvals(Rig.asked().id());
              });
      assertThat(seen).containsExactly(Rig.approval("ada"), Rig.approval("grace"));
    }
  }

  @Test
  void a_decision_waits_while_the_lease_holder_acts_on_those_it_has_read() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var intent = Rig.asked(new AgentId("vetoed"));
      Lease own = store.acquire(intent.id().agent(), "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
      assertThat(store.<Boolean>transact(own, t -> Rig.ask(t, intent))).isTrue();
      Future<?> late =
          store.transact(
              own,
              transaction -> {
                assertThat(transaction.approvals(intent.id())).isEmpty();
                Future<?> veto = executor.submit(() -> store.note(Rig.approval(intent, "ada")));
                awaitSomeoneWhoWaits();
                transaction.move(intent.id(), IntentState.AWAITING, IntentState.RESERVED);
                return veto;
              });
      assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is RESERVED, not AWAITING");
    }
  }

  private static void finish(Future<?> other) {
    try {
      other.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitSomeoneWhoWaits() {
    for (long end = System.nanoTime() + 20_000_000_000L; System.nanoTime() < end; ) {
      if (TestPostgresql.count(DATABASE, "pg_locks where not granted") > 0) {
        return;
      }
    }
    throw new AssertionError("nobody waits for a lock");
  }

  private static void meet(CyclicBarrier meeting) {
    try {
      meeting.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_lost_connection_loses_its_transaction_and_the_store_goes_on() {
    Lease own = store.acquire(new AgentId("cut"), "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
    var wallet = new Address(ChainId.BASE, "0xCut");
    SupercargoException lost =
        refusal(() ->
            store.<Boolean>transact(
                own,
                transaction -> {
                  transaction.setNextNonce(wallet, 1);
                  TestPostgresql.execute(
                      "postgres",
                      "select pg_terminate_backend(pid) from pg_stat_activity"
                          + " where datname = 'single' and state = 'idle in transaction'");
                  transaction.setNextNonce(wallet, 2);
                  return true;
                }));
    assertThat(lost.category()).isEqualTo(Category.TRANSIENT);
    assertThat(store.<Boolean>read(view -> view.nextNonce(wallet).isEmpty())).isTrue();
    assertThat(
            store.<Boolean>transact(
                own,
                transaction -> {
                  transaction.setNextNonce(wallet, 3);
                  return true;
                }))
        .isTrue();
  }

  @Test
  void what_a_statement_was_given_is_in_no_message() {
    SupercargoException refused =
        refusal(() ->
            database.write(handle ->
                handle
                    .createUpdate("insert into agent values (:agent, null, 0, 0)")
                    .bind("agent", "secret-1234")
                    .execute()));
    assertThat(refused.category()).isEqualTo(Category.BUG);
    assertThat(refused.what() + refused.advice()).doesNotContain("secret-1234");
  }
}
