package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.supercargo.testkit.store.StoreFixture.MINUTE;
import static org.supercargo.testkit.store.StoreFixture.NOW;
import static org.supercargo.testkit.store.StoreFixture.RULE;
import static org.supercargo.testkit.store.StoreFixture.approval;
import static org.supercargo.testkit.store.StoreFixture.reservation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.StoreTransaction;

/// What holds when several threads, and several instances, work at once.
abstract class RaceRules {
  private static final int THREADS = 4;

  private StoreFixture on;
  private AgentStore store;

  RaceRules() {}

  abstract AgentStore store();

  abstract Optional<AgentStore> another();

  @BeforeEach
  void lease_a_new_agent() {
    store = store();
    on = new StoreFixture(store);
  }

  @Test
  void racing_reservations_never_exceed_a_cap() throws Exception {
    raceForBudget(List.of(store));
  }

  @Test
  void racing_reservations_of_two_processes_never_exceed_a_cap() throws Exception {
    withAnother(second -> raceForBudget(List.of(store, second)));
  }

  @Test
  void racing_changes_of_reservations_never_exceed_a_cap() throws Exception {
    raceToAdjust(List.of(store));
  }

  @Test
  void racing_changes_of_two_processes_never_exceed_a_cap() throws Exception {
    withAnother(second -> raceToAdjust(List.of(store, second)));
  }

  @FunctionalInterface
  private interface WithStore {
    void run(AgentStore second) throws Exception;
  }

  private void withAnother(WithStore race) throws Exception {
    Optional<AgentStore> other = another();
    assumeTrue(other.isPresent(), "the store keeps nothing");
    try (AgentStore second = other.orElseThrow()) {
      race.run(second);
    }
  }

  /// Every thread raises, lowers and gives back what its own intents hold.
  private void raceToAdjust(List<AgentStore> stores) throws Exception {
    var cap = BigInteger.valueOf(60);
    List<Integer> left =
        together(
            THREADS,
            thread -> {
              AgentStore own = stores.get(thread % stores.size());
              var random = new Random(thread);
              int held = 0;
              for (int i = 0; i < 12; i++) {
                int step = i;
                int wanted = random.nextInt(1, 16);
                held +=
                    own.<Integer>transact(
                        on.lease, t -> adjustWithin(t, on.id(1 + thread, step), wanted, cap));
              }
              return held;
            });
    BigInteger sum = BigInteger.valueOf(left.stream().mapToInt(Integer::intValue).sum());
    assertThat(on.reservedSince(NOW)).isEqualTo(sum).isPositive().isLessThanOrEqualTo(cap);
    assertThat(on.committed.reserved(on.everReserved())).isEqualTo(sum);
    assertThat(
            on.committed.reserved(
                new BudgetQuestion(on.agent, RULE, AssetId.USD, NOW, "0xA11CE", null)))
        .isEqualTo(sum);
  }

  /// Takes one, raises it to `wanted` while there is room, and gives every third one back.
  ///
  /// @return what is held of it in the end
  private int adjustWithin(StoreTransaction transaction, IntentId id, int wanted, BigInteger cap) {
    transaction.insert(on.intent(id.tick().number(), id.sequence()));
    int held = 0;
    if (hasRoom(transaction, cap)) {
      held = 1;
      transaction.reserve(id, reservation(BigInteger.ONE), NOW);
      while (held < wanted && hasRoom(transaction, cap)) {
        transaction.adjust(id, reservation(BigInteger.valueOf(++held)));
      }
      assertThat(transaction.reserved(on.everReserved())).isLessThanOrEqualTo(cap);
    }
    if (id.sequence() % 3 == 0) {
      transaction.release(id, "another rule");
      held = 0;
    }
    return held;
  }

  private boolean hasRoom(StoreTransaction transaction, BigInteger cap) {
    return transaction.reserved(on.everReserved()).compareTo(cap) < 0;
  }

  @Test
  void decisions_noted_while_the_lease_holder_works_are_all_kept() throws Exception {
    noteWhileWorking(store);
  }

  @Test
  void decisions_noted_by_another_process_are_all_kept() throws Exception {
    withAnother(this::noteWhileWorking);
  }

  private void noteWhileWorking(AgentStore people) throws Exception {
    int each = 8;
    on.write(transaction -> transaction.insert(on.awaiting(1, 0)));
    together(
        THREADS,
        thread -> {
          for (int i = 0; i < each; i++) {
            if (thread == 0) {
              int row = i + 1;
              on.write(transaction -> {
                transaction.append(on.row(row, 0));
                transaction.reserve(on.id(1, 0), reservation(BigInteger.ONE), NOW);
                assertThat(transaction.approvals(on.id(1, 0)))
                    .isEqualTo(transaction.approvals(on.id(1, 0)));
              });
            } else {
              // Two of the threads are the same people.
              people.note(approval(on.id(1, 0), Math.min(thread, 2) + " " + i, true));
            }
          }
          return true;
        });
    assertThat(on.committed.approvals(on.id(1, 0)))
        .hasSize(2 * each)
        .extracting(SignedApproval::approver)
        .doesNotHaveDuplicates();
    assertThat(on.committed.journal(on.agent, 0, 100)).hasSize(each);
  }

  @Test
  void a_veto_is_either_refused_or_obeyed() throws Exception {
    vetoWhileMoving(store);
  }

  @Test
  void a_veto_by_another_process_is_either_refused_or_obeyed() throws Exception {
    withAnother(this::vetoWhileMoving);
  }

  private void vetoWhileMoving(AgentStore people) throws Exception {
    for (int round = 0; round < 25; round++) {
      IntentId id = on.id(2, round);
      on.write(transaction -> transaction.insert(on.awaiting(2, id.sequence())));
      List<Boolean> noted =
          together(
              2, thread -> thread == 0 ? decide(id) : note(people, approval(id, "ada", false)));
      boolean obeyed = on.committed.intent(id).orElseThrow().state() == IntentState.REFUSED;
      assertThat(obeyed).as("round %d: obeyed", round).isEqualTo(noted.getLast());
      assertThat(on.committed.approvals(id)).hasSize(obeyed ? 1 : 0);
    }
  }

  private boolean decide(IntentId id) {
    on.write(transaction -> {
      boolean vetoed = !transaction.approvals(id).isEmpty();
      transaction.move(
          id, IntentState.AWAITING, vetoed ? IntentState.REFUSED : IntentState.RESERVED);
    });
    return true;
  }

  private static boolean note(AgentStore store, SignedApproval approval) {
    try {
      store.note(approval);
      return true;
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("not AWAITING");
      return false;
    }
  }

  private void raceForBudget(List<AgentStore> stores) throws Exception {
    var cap = BigInteger.valueOf(20);
    int tries = 15;
    List<Integer> admitted =
        together(
            THREADS,
            thread -> {
              int count = 0;
              for (int i = 0; i < tries; i++) {
                int sequence = thread * tries + i;
                if (stores
                    .get(thread % stores.size())
                    .<Boolean>transact(on.lease, t -> admit(t, sequence, cap))) {
                  count++;
                }
              }
              return count;
            });
    assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(cap.intValue());
    assertThat(on.reservedSince(NOW)).isEqualTo(cap);
  }

  private boolean admit(StoreTransaction transaction, int sequence, BigInteger cap) {
    if (!hasRoom(transaction, cap)) {
      return false;
    }
    transaction.insert(on.intent(1, sequence));
    transaction.reserve(on.id(1, sequence), reservation(BigInteger.ONE), NOW);
    return true;
  }

  @Test
  void one_agents_journal_is_written_by_many_threads_without_a_gap() throws Exception {
    together(
        THREADS,
        _ -> {
          for (int i = 0; i < 20; i++) {
            on.write(transaction ->
                transaction.append(
                    on.row(
                        transaction.lastJournalRow(on.agent).map(row -> row.sequence()).orElse(0L)
                            + 1,
                        0)));
          }
          return true;
        });
    assertThat(on.committed.journal(on.agent, 0, 1_000))
        .extracting(row -> row.sequence())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, THREADS * 20L).boxed().toList());
  }

  @Test
  void agents_that_share_a_wallet_never_draw_the_same_number() throws Exception {
    int draws = 15;
    var wallet = new Address(ChainId.BASE, "shared by " + on.agent);
    List<List<Long>> drawn =
        together(
            THREADS,
            _ -> {
              var own = new StoreFixture(store);
              var numbers = new ArrayList<Long>();
              for (int i = 0; i < draws; i++) {
                numbers.add(
                    store.<Long>transact(
                        own.lease,
                        transaction -> {
                          long next = transaction.nextNonce(wallet).orElse(0);
                          transaction.setNextNonce(wallet, next + 1);
                          return next;
                        }));
              }
              return numbers;
            });
    assertThat(drawn.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, THREADS * (long) draws).boxed().toList());
  }

  @Test
  void a_reader_never_sees_half_a_transaction() throws Exception {
    var second = new Address(ChainId.SOLANA, on.wallet.text());
    on.write(transaction -> {
      transaction.setNextNonce(on.wallet, 0);
      transaction.setNextNonce(second, 0);
    });
    var writing = new AtomicBoolean(true);
    List<Integer> torn =
        together(
            2,
            thread -> {
              int differences = 0;
              if (thread == 0) {
                for (long i = 1; i <= 60; i++) {
                  long number = i;
                  on.write(transaction -> {
                    transaction.setNextNonce(on.wallet, number);
                    transaction.setNextNonce(second, number);
                  });
                }
                writing.set(false);
              } else {
                while (writing.get()) {
                  differences +=
                      store.<Boolean>read(
                              view -> view.nextNonce(on.wallet).equals(view.nextNonce(second)))
                          ? 0
                          : 1;
                }
              }
              return differences;
            });
    assertThat(torn).as("torn reads").containsExactly(0, 0);
  }

  @Test
  void one_of_many_owners_gets_the_lease() throws Exception {
    var agent = StoreFixture.newAgent();
    List<Boolean> won =
        together(
            THREADS, thread -> store.acquire(agent, "owner " + thread, NOW, MINUTE, 0).isPresent());
    assertThat(won).containsOnlyOnce(true);
  }

  @Test
  void different_agents_work_at_the_same_time() throws Exception {
    together(
        THREADS,
        _ -> {
          var own = new StoreFixture(store);
          for (int i = 1; i <= 20; i++) {
            int number = i;
            own.write(transaction -> {
              transaction.append(own.row(number, number));
              transaction.post(own.entry("key " + number, BigInteger.valueOf(number)));
            });
          }
          assertThat(own.committed.lastTick(own.agent)).isEqualTo(20);
          assertThat(own.committed.balances(own.agent).getFirst().baseUnits()).isEqualTo(210);
          return true;
        });
  }

  @FunctionalInterface
  private interface Part<T> {
    T run(int thread) throws Exception;
  }

  private static <T> List<T> together(int threads, Part<T> part) throws Exception {
    var start = new CyclicBarrier(threads);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<T>>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        Callable<T> task =
            () -> {
              start.await();
              return part.run(thread);
            };
        futures.add(executor.submit(task));
      }
      var results = new ArrayList<T>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
