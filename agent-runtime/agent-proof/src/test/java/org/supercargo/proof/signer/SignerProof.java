package org.supercargo.proof.signer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.signing.Signer;
import org.supercargo.proof.Scoreboard;
import org.supercargo.proof.Settings;
import org.supercargo.proof.Shape;
import org.supercargo.proof.Tally;
import org.supercargo.proof.owner.Allowance;
import org.supercargo.proof.owner.Auditor;
import org.supercargo.proof.owner.Loss;

/// Tries every plot many times, each time with agents and budgets of their own.
public final class SignerProof implements AutoCloseable {
  /// Agents that share a signer, to save the time of opening one.
  private static final int TOGETHER = 40;

  private static final int CONTROL = 5;

  private static final int LEAST_CONTROL = 10;
  private static final int MOST_CONTROL = 100;

  private final Settings settings;
  private final Path folder = Settings.folder();
  private final Vault vault = new Vault(folder.resolve("vault"));
  private final Readings readings = Readings.of(vault.word());
  private final Map<Role, Allowance> words = new EnumMap<>(Role.class);
  private final Scoreboard scoreboard = new Scoreboard("hostile engine, real signer, real bytes");
  private int desks;

  public SignerProof(Settings settings) {
    this.settings = settings;
    for (Role role : Role.values()) {
      words.put(role, vault.word().of(role.word()));
    }
  }

  /// All plots; each gets a share of the cases that fits what one costs.
  public Scoreboard run() {
    List<Plot> plots = SignerGrammar.all();
    double shares = plots.stream().mapToDouble(plot -> 1.0 / plot.cost()).sum();
    for (int number = 0; number < plots.size(); number++) {
      Plot plot = plots.get(number);
      int cases = (int) Math.ceil(settings.cases() / shares / plot.cost());
      run(plot, number, cases, false);
      run(plot, number, Math.clamp(cases / CONTROL, LEAST_CONTROL, MOST_CONTROL), true);
    }
    return scoreboard;
  }

  /// One case of one plot again, told in full.
  public Loss again(int plot, int number) {
    Plot wanted = SignerGrammar.all().get(plot);
    var tally = new Tally();
    return batch(wanted, plot, List.of(number), false, tally);
  }

  private void run(Plot plot, int id, int cases, boolean naive) {
    Tally tally = naive ? scoreboard.naive(plot.shape()) : scoreboard.guarded(plot.shape());
    int together = plot.alone() ? 1 : TOGETHER;
    for (int first = 0; first < cases; first += together) {
      var numbers = new ArrayList<Integer>();
      for (int number = first; number < Math.min(cases, first + together); number++) {
        numbers.add(number);
      }
      batch(plot, id, numbers, naive, tally);
    }
  }

  private Loss batch(Plot plot, int id, List<Integer> numbers, boolean naive, Tally tally) {
    var clock = new Clock();
    if (naive) {
      return cases(plot, id, numbers, new NaiveSigner(vault.parties().wallets()), clock, tally);
    }
    Path home = folder.resolve("desk-" + desks++);
    try (var desk = new Desk(home, vault, files(plot, numbers, clock.instant()), clock)) {
      return cases(plot, id, numbers, desk.service(), clock, tally);
    } finally {
      Settings.remove(home);
    }
  }

  private List<AgentFile> files(Plot plot, List<Integer> numbers, Instant start) {
    var files = new ArrayList<AgentFile>();
    for (int number : numbers) {
      for (Role role : Role.values()) {
        if (role == plot.role() || plot.shape() == Shape.OTHER_AGENT) {
          AgentId agent = agent(role, number);
          files.add(
              plot.hours() == 0
                  ? vault.file(role, agent)
                  : vault.file(role, agent, start.plus(Duration.ofHours(plot.hours()))));
        }
      }
    }
    return files;
  }

  private static AgentId agent(Role role, int number) {
    return new AgentId(role.word() + "-" + number);
  }

  /// @return what the last case lost
  private Loss cases(
      Plot plot, int id, List<Integer> numbers, Signer signer, Clock clock, Tally tally) {
    Loss last = new Loss();
    for (int number : numbers) {
      Instant end = plot.hours() == 0 ? null : clock.instant().plus(Duration.ofHours(plot.hours()));
      var engine =
          new HostileEngine(
              agent(plot.role(), number),
              signer,
              vault,
              readings,
              clock,
              new SplittableRandom(settings.seed(plot.shape().name() + id, number)));
      plot.attack().on(engine);
      last = audit(engine, end);
      tally.add(
          last,
          engine.requests(),
          engine.answers(),
          "seed %d, plot %d, case %d".formatted(settings.seed(), id, number));
    }
    return last;
  }

  private Loss audit(HostileEngine engine, @Nullable Instant end) {
    var all = new Loss();
    engine
        .taken()
        .forEach((agent, taken) -> {
          Allowance word = word(agent);
          all.add(Auditor.audit(end == null ? word : word.until(end), taken, engine.consents()));
        });
    return all;
  }

  private Allowance word(AgentId agent) {
    String name = agent.value();
    for (Role role : Role.values()) {
      if (name.startsWith(role.word())) {
        return Objects.requireNonNull(words.get(role));
      }
    }
    return Objects.requireNonNull(words.get(Role.TREASURER)).nothing();
  }

  @Override
  public void close() {
    vault.close();
    Settings.remove(folder);
  }
}
