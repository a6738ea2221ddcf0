package org.supercargo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A simulation that finds nothing proves nothing, unless it finds what is put there.
final class SabotageTest {
  private static final long RUN = 1;
  private static final World.Plan SMALL = World.Plan.of(2, 20);
  private static final World.Plan LONG = World.Plan.of(1, 150);

  @Test
  void signing_again_after_a_timeout_pays_twice() {
    assertBreaks(Invariant.ONCE, SMALL.with(Defect.SIGNS_AGAIN_AFTER_A_TIMEOUT), 5);
  }

  @Test
  void believing_one_node_that_lies_pays_twice() {
    assertBreaks(Invariant.ONCE, SMALL.with(Defect.BELIEVES_ONE_NODE), 20);
  }

  @Test
  void a_lie_about_a_number_is_noticed_by_the_engine_before_anything_is_paid_twice() {
    assertBreaks(Invariant.NO_FALSE_ALARM, SMALL.with(Defect.BELIEVES_ONE_NODE_ABOUT_NUMBERS), 20);
  }

  /// A lost signature would be put back from the signer's log. What that log does not tell is who
  /// took over, and what the owner was told had come to nothing.
  @Test
  void losing_acknowledged_writes_is_more_than_the_signers_log_can_put_right() {
    Violation violation = firstViolation(SMALL.with(Defect.LOSES_WRITES), 40);
    assertThat(violation.invariant())
        .as(violation.getMessage())
        .isIn(Invariant.FENCED, Invariant.ONCE, Invariant.NONE_LOST);
  }

  @Test
  void a_store_without_leases_lets_in_who_was_taken_over_from() {
    assertBreaks(Invariant.FENCED, SMALL.with(Defect.STORE_IGNORES_LEASES), 20);
  }

  @Test
  void a_signer_without_fences_signs_for_who_was_taken_over_from() {
    assertBreaks(Invariant.FENCED, SMALL.with(Defect.SIGNER_IGNORES_FENCES), 60);
  }

  @Test
  void counting_half_of_a_budget_overspends_it() {
    assertBreaks(Invariant.WITHIN_BUDGET, SMALL.with(Defect.COUNTS_HALF).withEngineAlone(), 20);
  }

  @Test
  void not_counting_fees_overspends_their_cap() {
    assertBreaks(Invariant.WITHIN_FEES, LONG.with(Defect.FORGETS_FEES).withEngineAlone(), 10);
  }

  @Test
  void asking_again_without_an_answer_pays_twice() {
    assertBreaks(Invariant.ONCE, SMALL.with(Defect.ASKS_AGAIN_WITHOUT_AN_ANSWER), 5);
  }

  @Test
  void a_payment_that_is_not_in_the_ledger_is_missed_by_the_auditor_or_the_engine_itself() {
    Violation violation = firstViolation(SMALL.with(Defect.DROPS_PAYMENTS), 5);
    assertThat(violation.invariant())
        .as(violation.getMessage())
        .isIn(Invariant.BOOKS_EQUAL_CHAIN, Invariant.NO_FALSE_ALARM);
  }

  @Test
  void a_deposit_that_is_not_in_the_ledger_is_missed_by_the_auditor() {
    assertBreaks(Invariant.BOOKS_EQUAL_CHAIN, SMALL.with(Defect.DROPS_DEPOSITS), 5);
  }

  @Test
  void without_a_defect_the_same_worlds_hold() {
    assertHolds(SMALL, 20);
    assertHolds(SMALL.with(Defect.DELAYS_REQUESTS), 8);
    assertHolds(SMALL.withEngineAlone(), 10);
    assertHolds(LONG.withEngineAlone(), 1);
  }

  @Test
  void a_seed_gives_the_same_fingerprint_however_many_threads_there_are() {
    long alone = new Simulation(SMALL, 1).run(RUN, 100).fingerprint();
    assertThat(new Simulation(SMALL, 3).run(RUN, 100).fingerprint()).isEqualTo(alone);
    assertThat(new Simulation(SMALL, 1).run(RUN + 1, 100).fingerprint()).isNotEqualTo(alone);
  }

  @Test
  void the_first_violation_is_the_same_however_many_threads_there_are() {
    World.Plan plan = SMALL.with(Defect.BELIEVES_ONE_NODE);
    Voyage.Ended alone = new Simulation(plan, 1).firstViolation(RUN, 20);
    Voyage.Ended together = new Simulation(plan, 3).firstViolation(RUN, 20);
    assertThat(alone).isNotNull();
    assertThat(together).isNotNull();
    assertThat(Objects.requireNonNull(together).world())
        .isEqualTo(Objects.requireNonNull(alone).world())
        .isPositive();
  }

  @Test
  void a_violation_is_told_with_its_seed_and_as_few_faults_as_it_takes() {
    World.Plan plan = SMALL.with(Defect.BELIEVES_ONE_NODE);
    Voyage.Ended broken = Objects.requireNonNull(new Simulation(plan).firstViolation(RUN, 20));
    assertThatThrownBy(() -> new Simulation(plan).run(RUN, Integer.MAX_VALUE))
        .isInstanceOf(AssertionError.class)
        .hasCauseInstanceOf(Violation.class)
        .hasMessageContaining(
            "world " + broken.world() + ", seed " + Simulation.seed(RUN, broken.world()))
        .hasMessageContaining("moved again as")
        .satisfies(error -> {
          Matcher faults =
              Pattern.compile("with these (\\d+) faults of (\\d+):\n")
                  .matcher(Objects.requireNonNull(error.getMessage()));
          assertThat(faults.find()).isTrue();
          assertThat(Integer.parseInt(faults.group(1)))
              .isPositive()
              .isLessThan(Integer.parseInt(faults.group(2)) / 2);
        });
  }

  private static void assertBreaks(Invariant invariant, World.Plan plan, int worlds) {
    Violation violation = firstViolation(plan, worlds);
    assertThat(violation.invariant()).as(violation.getMessage()).isEqualTo(invariant);
  }

  private static Violation firstViolation(World.Plan plan, int worlds) {
    Voyage.Ended broken = new Simulation(plan).firstViolation(RUN, worlds);
    assertThat(broken).as("%s in %d worlds of run %d", plan, worlds, RUN).isNotNull();
    Violation violation = Objects.requireNonNull(Objects.requireNonNull(broken).violation());
    System.out.printf(
        "%s: %s in world %d%n", plan.sabotage(), violation.invariant(), broken.world());
    return violation;
  }

  private static void assertHolds(World.Plan plan, int worlds) {
    Voyage.Ended broken = new Simulation(plan).firstViolation(RUN, worlds);
    assertThat(broken).as("%s in %d worlds of run %d", plan, worlds, RUN).isNull();
  }
}
