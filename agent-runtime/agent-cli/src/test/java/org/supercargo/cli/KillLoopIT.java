package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process is killed at random moments while it pays on both chains.
class KillLoopIT {
  private static final int KILLS = 25;
  private static final int TRANSFERS = 20;
  private static final int RESTARTS_AT_THE_MOST = 60;

  @TempDir @Nullable Path data;

  private record Payment(String payee, String chain, long baseUnits) {
    String words() {
      return "send "
          + new BigDecimal(BigInteger.valueOf(baseUnits), 6).toPlainString()
          + " USDC to "
          + payee
          + " on "
          + chain;
    }

    String place() {
      return payee + " " + chain;
    }
  }

  @Test
  void twenty_transfers_survive_twenty_five_kills_and_each_happens_exactly_once() {
    long seed = Long.getLong("supercargo.seed", System.nanoTime());
    var random = new Random(seed);
    List<Payment> payments = payments(random);
    String goal = String.join(" and ", payments.stream().map(Payment::words).toList());
    try (var treasury = new Treasury(java.util.Objects.requireNonNull(data))) {
      Map<String, BigInteger> before = held(treasury, payments);
      int kills = kill(treasury, goal, random);
      CommandProcess.Finished last = treasury.run(goal);
      String story = "seed " + seed + ", " + kills + " kills\n" + last.story();
      assertThat(kills).describedAs(story).isEqualTo(KILLS);
      assertThat(last.status()).describedAs(story).isZero();
      Map<String, BigInteger> paid = new HashMap<>();
      held(treasury, payments)
          .forEach((place, now) -> paid.put(place, now.subtract(before.get(place))));
      Map<String, BigInteger> expected = new HashMap<>();
      payments.forEach(payment ->
          expected.merge(
              payment.place(), BigInteger.valueOf(payment.baseUnits()), BigInteger::add));
      assertThat(paid).describedAs(story).isEqualTo(expected);
      assertThat(last.documents("holdings"))
          .describedAs(story)
          .allMatch(each -> each.path("agree").asBoolean());
      assertJournal(treasury, story);
      System.out.printf(
          "kill loop: seed %d, %d kills, %d transfers, each exactly once, books equal chains%n",
          seed, kills, TRANSFERS);
    }
  }

  private static List<Payment> payments(Random random) {
    var payments = new ArrayList<Payment>();
    for (int index = 0; index < TRANSFERS; index++) {
      payments.add(
          new Payment(
              random.nextBoolean() ? "alice" : "bob",
              index % 2 == 0 ? "solana" : "base",
              // Different amounts, because the same payment twice in one goal is refused as a slip.
              10_000L + index * 1_000L + random.nextInt(1_000)));
    }
    return payments;
  }

  /// Starts and kills until enough kills fell while work was left.
  private static int kill(Treasury treasury, String goal, Random random) {
    int kills = 0;
    for (int start = 0; start < RESTARTS_AT_THE_MOST && kills < KILLS; start++) {
      try (CommandProcess command =
          CommandProcess.start(
              treasury.environment(),
              "run",
              Treasury.file().toString(),
              "--goal",
              goal,
              "--json")) {
        // Most kills fall while it works: anywhere from its first journal record to seconds later.
        if (kills % 5 != 0) {
          command.await(
              line -> line.contains("\"type\":\"Transaction") || line.contains("\"ModelAsked\""));
        }
        if (!command.endsWithin(Duration.ofMillis(random.nextInt(1_200)))) {
          command.kill();
          kills++;
        }
        assertThat(command.printed(line -> line.contains("\"TickEnded\"")))
            .describedAs("all kills fall before the run ends; make it longer")
            .isFalse();
      }
    }
    return kills;
  }

  private static Map<String, BigInteger> held(Treasury treasury, List<Payment> payments) {
    Map<String, BigInteger> held = new HashMap<>();
    payments.forEach(payment ->
        held.computeIfAbsent(
            payment.place(), place -> treasury.held(payment.payee(), payment.chain(), "USDC")));
    return held;
  }

  private static void assertJournal(Treasury treasury, String story) {
    var verification = treasury.command("journal", "verify", "treasurer", "--json");
    assertThat(verification.status()).describedAs(story + verification.story()).isZero();
    var replay = treasury.command("journal", "replay", Treasury.file().toString(), "--json");
    assertThat(replay.status()).describedAs(story + replay.story()).isZero();
    var journal = treasury.command("journal", "show", "treasurer", "--json");
    assertThat(journal.events("TickStarted"))
        .describedAs("one run of the goal, however often it was interrupted\n" + story)
        .hasSize(1);
    assertThat(journal.events("IntentFinished"))
        .describedAs(story)
        .hasSize(TRANSFERS)
        .allMatch(each -> each.path("state").asText().equals("SETTLED"));
  }
}
