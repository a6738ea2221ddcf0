package org.supercargo.proof.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.supercargo.proof.Scoreboard;
import org.supercargo.proof.Settings;
import org.supercargo.proof.Tally;
import org.supercargo.proof.owner.Allowance;
import org.supercargo.proof.owner.Auditor;
import org.supercargo.proof.owner.Loss;
import org.supercargo.testkit.ManualClock;

/// Lets the planner try every scheme many times, each time with an agent of its own.
public final class PlannerProof {
  private static final int CONTROL = 5;

  private static final int LEAST_CONTROL = 4;
  private static final int MOST_CONTROL = 100;

  private final Settings settings;
  private final Scoreboard scoreboard =
      new Scoreboard("obedient planner, real engine, a signer that trusts it");

  public PlannerProof(Settings settings) {
    this.settings = settings;
  }

  public Scoreboard run() {
    List<Scheme> schemes = PlannerGrammar.all();
    double shares = schemes.stream().mapToDouble(scheme -> 1.0 / scheme.cost()).sum();
    for (int id = 0; id < schemes.size(); id++) {
      Scheme scheme = schemes.get(id);
      int cases = (int) Math.ceil(settings.cases() / shares / scheme.cost());
      for (int number = 0; number < cases; number++) {
        one(scheme, id, number, false, scoreboard.guarded(scheme.shape()));
      }
      for (int number = 0;
          number < Math.clamp(cases / CONTROL, LEAST_CONTROL, MOST_CONTROL);
          number++) {
        one(scheme, id, number, true, scoreboard.naive(scheme.shape()));
      }
    }
    return scoreboard;
  }

  private void one(Scheme scheme, int id, int number, boolean naive, Tally tally) {
    Optional<Instant> end =
        scheme.hours() == 0
            ? Optional.empty()
            : Optional.of(ManualClock.START.plus(Duration.ofHours(scheme.hours())));
    var ship = new Ship(scheme.role(), naive, scheme.dear(), end);
    var random = new SplittableRandom(settings.seed(scheme.shape().name() + id, number));
    try (var voyage = new Voyage(ship, random)) {
      scheme.words().in(voyage);
      Allowance word = ship.word().of(scheme.role().word());
      Loss loss = Auditor.audit(end.map(word::until).orElse(word), voyage.taken(), List.of());
      loss.add(voyage.unexplained(), "left without a word in any transaction");
      tally.add(
          loss,
          voyage.calls(),
          voyage.answers(),
          "seed %d, scheme %d, case %d".formatted(settings.seed(), id, number));
    }
  }
}
