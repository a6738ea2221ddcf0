package org.supercargo.proof.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.signing.Signer;
import org.supercargo.proof.Settings;
import org.supercargo.proof.Tally;
import org.supercargo.proof.owner.Allowance;
import org.supercargo.proof.owner.Auditor;
import org.supercargo.proof.owner.Loss;
import org.supercargo.proof.owner.StarterWord;

/// Every mandate that owners start from, against an engine in the attacker's hands.
class StarterMandatesTest {
  private static final int STEPS = 40;
  private static final int TOGETHER = 4;

  /// One part of this many of all cases goes to each mandate.
  private static final int PART = 750;

  private final Settings settings = Settings.ofProperties();
  private static final Path FOLDER = Settings.folder();
  private static final Vault VAULT = new Vault(FOLDER.resolve("vault"));

  @AfterAll
  static void clear() {
    VAULT.close();
    Settings.remove(FOLDER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data-buyer", "keeper", "payroll", "shopper", "sweeper", "trader", "treasury"})
  void nothingLeavesThatItsOwnerDidNotAllow(String name) {
    Path file =
        Path.of(System.getProperty("supercargo.home", "."))
            .resolve("examples/mandates/" + name + ".yaml");
    AgentFile starter = VAULT.readFile(file);
    Allowance word = new StarterWord(VAULT.word(), starter.spec().addressBook()).of(name);
    Readings readings =
        Readings.of(
            VAULT.word(),
            starter.spec().addressBook(),
            List.of("claim(address)", "harvest()", "compound()", "poke(bytes32)"));
    var guarded = new Tally();
    int cases = Math.max(TOGETHER, settings.cases() / PART);
    for (int first = 0; first < cases; first += TOGETHER) {
      walk(name, starter, word, readings, first, guarded);
    }
    var naive = new Tally();
    for (int number = 0; number < TOGETHER; number++) {
      one(
          name,
          word,
          readings,
          new NaiveSigner(VAULT.parties().wallets()),
          new Clock(),
          number,
          naive);
    }
    System.out.printf(
        "%-12s %d walks, %d requests, %s base units lost (mandate off: %d of %d lose): %s%n",
        name,
        guarded.cases(),
        guarded.requests(),
        guarded.lost(),
        naive.losing(),
        naive.cases(),
        guarded.refusals());
    assertThat(guarded.examples()).isEmpty();
    assertThat(naive.losing()).as("walks that lose with the mandate off").isEqualTo(naive.cases());
  }

  private void walk(
      String name, AgentFile starter, Allowance word, Readings readings, int first, Tally tally) {
    var clock = new Clock();
    var files = new ArrayList<AgentFile>();
    for (int number = first; number < first + TOGETHER; number++) {
      files.add(VAULT.named(starter, new AgentId(StarterWalk.agent(name, number))));
    }
    Path home = FOLDER.resolve(name + first);
    try (var desk = new Desk(home, VAULT, files, clock)) {
      // Payees have to be known for a week.
      clock.advance(Duration.ofDays(8));
      for (int number = first; number < first + TOGETHER; number++) {
        one(name, word, readings, desk.service(), clock, number, tally);
      }
    } finally {
      Settings.remove(home);
    }
  }

  private void one(
      String name,
      Allowance word,
      Readings readings,
      Signer signer,
      Clock clock,
      int number,
      Tally tally) {
    var engine =
        new HostileEngine(
            new AgentId(StarterWalk.agent(name, number)),
            signer,
            VAULT,
            readings,
            clock,
            new SplittableRandom(settings.seed(name, number)));
    new StarterWalk(word, engine).go(STEPS);
    var loss = new Loss();
    engine.taken().values().forEach(taken -> loss.add(Auditor.audit(word, taken, List.of())));
    tally.add(
        loss,
        engine.requests(),
        engine.answers(),
        "%s, seed %d, case %d".formatted(name, settings.seed(), number));
  }
}
