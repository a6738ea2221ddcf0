package org.supercargo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The engine, the store and the signer in a world where everything goes wrong that may.
///
/// `-Dproof.intents=1000000` makes the run as long as the proof asks for, and `-Dproof.seed` gives
/// it another beginning.
final class SimulationTest {
  private static final long INTENTS = Long.getLong("proof.intents", 3_000);
  private static final long SEED = Long.getLong("proof.seed", 1);

  @Test
  void whatever_goes_wrong_nothing_is_paid_twice_lost_or_spent_beyond_a_budget() {
    long start = System.nanoTime();
    Tally tally = new Simulation(World.Plan.of(8, 50)).run(SEED, INTENTS);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "simulation of run %d: %s%n%.1f s, %.0f intents/s%n",
        SEED, tally, seconds, tally.get(Tally.Count.INTENTS) / seconds);
    assertThat(tally.get(Tally.Count.INTENTS)).isGreaterThanOrEqualTo(INTENTS);
  }
}
