package org.supercargo.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.journal.JournalEvent;

/// A model budget of a cent, kept by real processes that are killed at every named point of a call,
/// while the provider answers, and at any moment. What counts is the provider's bill: it charges
/// every request that reached it, and most of these deaths lose a reply.
///
/// `-Dproof.kills=1000` for the long run, `-Dproof.seed=...` to repeat one.
class ModelBudgetKillIT {
  private static final int KILLS = Integer.getInteger("proof.kills", 24);
  private static final long SEED = Long.getLong("proof.seed", System.nanoTime());

  /// In 10⁻¹² USD.
  private static final BigInteger CENT = BigInteger.TEN.pow(10);

  private static final List<String> BUDGETS = List.of("in-all", "per-run", "per-day");
  private static final int CALLS_OF_ONE_RUN = 200;
  private static final int CALLS_OF_MANY_RUNS = 6;
  private static final int GOALS_OF_A_LIFE = 3;
  private static final int GOALS_WITHOUT_END = 10_000;
  private static final Duration LAST_LIFE = Duration.ofSeconds(60);

  /// Where two lives of an agent end that is about to stop, one after the other. Agents take turns
  /// with these pairs.
  private static final List<List<String>> ENDINGS =
      List.of(
          List.of("inside the commit of ModelWithheld", "inside the commit of TickEnded"),
          List.of("after the commit of ModelWithheld", "after the commit of TickEnded"));

  /// Points that each life passes in which a call is made, if the one before it lost a reply.
  private static final List<String> ALWAYS_MET =
      List.of(
          "inside the commit of ModelAsked",
          "after the commit of ModelAsked",
          "inside the commit of ModelReplyLost",
          "after the commit of ModelReplyLost",
          "before chat",
          "after chat",
          "inside the commit of ModelReplied",
          "after the commit of ModelReplied");

  @TempDir @Nullable Path folder;

  private final Random random = new Random(SEED);
  private final Deque<String> points = points(random);
  private final Map<String, Integer> deaths = new TreeMap<>();
  private int kills;
  private int lives;

  @Test
  void an_agent_that_is_killed_again_and_again_costs_its_owner_no_more_than_a_cent() {
    for (int voyage = 0; isToGoOn(voyage); voyage++) {
      assertThat(voyage).as("agents until %s kills, seed %s", KILLS, SEED).isLessThan(KILLS);
      String budget = BUDGETS.get(voyage % BUDGETS.size());
      try (var provider = new ModelProvider(random, !isOneRun(budget))) {
        AskingAgent agent = agent("agent-" + voyage, budget, provider);
        int before = kills;
        killWhileItSpends(agent, provider);
        for (String ending : ENDINGS.get(voyage % ENDINGS.size())) {
          strike(new Death.Named(ending, 1), agent, provider, GOALS_WITHOUT_END);
        }
        stopsForGood(agent, provider, budget, kills - before);
      }
    }
    System.out.printf(
        "model budget: %d kills in %d lives, %d of %d named points, seed %d: %s%n",
        kills, lives, named(), CrashPlan.modelPoints().size(), SEED, deaths);
    assertThat(deaths.keySet())
        .as("where it died, seed %s", SEED)
        .containsAll(ENDINGS.stream().flatMap(List::stream).toList())
        .contains("any moment");
  }

  private boolean isToGoOn(int voyages) {
    return kills < KILLS || voyages < BUDGETS.size() || !deaths.keySet().containsAll(ALWAYS_MET);
  }

  @Test
  void an_agent_that_nothing_kills_gets_the_use_of_its_cent() {
    for (String budget : List.of("per-day", "per-run")) {
      try (var provider = new ModelProvider(random, false)) {
        AskingAgent agent = agent("unhurt-" + budget, budget, provider);
        stopsForGood(agent, provider, budget, 0);
        String story = "seed " + SEED + ", " + budget + ", in 10⁻¹² USD";
        assertThat(agent.booked()).as("booked, %s", story).isEqualTo(provider.bill());
        assertThat(provider.bill().multiply(BigInteger.TEN))
            .as("ten times what is billed, %s", story)
            .isGreaterThanOrEqualTo(CENT.multiply(BigInteger.valueOf(8)));
      }
    }
  }

  private static boolean isOneRun(String budget) {
    return budget.equals("per-run");
  }

  private AskingAgent agent(String name, String budget, ModelProvider provider) {
    return new AskingAgent(
        Objects.requireNonNull(folder).resolve(name),
        budget,
        isOneRun(budget) ? CALLS_OF_ONE_RUN : CALLS_OF_MANY_RUNS,
        provider);
  }

  /// Those that are always met first, so that a short run meets them all; then the others, but for
  /// those that end a run, which have a place of their own.
  private static Deque<String> points(Random random) {
    var others = new ArrayList<>(CrashPlan.modelPoints());
    others.removeAll(ALWAYS_MET);
    ENDINGS.forEach(others::removeAll);
    Collections.shuffle(others, random);
    var points = new ArrayDeque<>(ALWAYS_MET);
    points.addAll(others);
    return points;
  }

  /// Until two thirds of the budget are spent, or it is the next agent's turn.
  private void killWhileItSpends(AskingAgent agent, ModelProvider provider) {
    int most = Math.max(6, KILLS / BUDGETS.size() - 1);
    for (int life = 0; life < most; life++) {
      if (life % 6 == 5 && !agent.hasOneRun()) {
        agent.reword("It was told so " + life + " times.");
      }
      BigInteger booked = strike(next(agent, life), agent, provider, GOALS_OF_A_LIFE);
      if (booked.multiply(BigInteger.valueOf(3)).compareTo(CENT.shiftLeft(1)) > 0) {
        return;
      }
    }
  }

  private Death next(AskingAgent agent, int life) {
    if (life % 6 == 4) {
      boolean onceItAsks = random.nextInt(4) > 0;
      return new Death.AnyMoment(
          onceItAsks, Duration.ofMillis(random.nextInt(onceItAsks ? 150 : 2_000)));
    }
    if (life % 4 == 1) {
      ModelProvider.Place[] places = ModelProvider.Place.values();
      return new Death.MidCall(places[random.nextInt(places.length)], 1 + random.nextInt(3));
    }
    if (agent.hasOneRun()) {
      // Nothing but death ends its one run: it has to die where it is sure to pass.
      List<String> sure = ALWAYS_MET.stream().filter(point -> !point.endsWith("Lost")).toList();
      return new Death.Named(sure.get(random.nextInt(sure.size())), 1);
    }
    String point = points.removeFirst();
    points.addLast(point);
    return new Death.Named(point, 1);
  }

  /// @return what is booked after it, in 10⁻¹² USD
  private BigInteger strike(Death death, AskingAgent agent, ModelProvider provider, int goals) {
    lives++;
    if (death.strikes(agent, provider, goals)) {
      kills++;
      deaths.merge(death.name(), 1, Integer::sum);
    } else if (ALWAYS_MET.contains(death.name())) {
      points.remove(death.name());
      points.addFirst(death.name());
    }
    BigInteger booked = agent.booked();
    assertThat(booked)
        .as("booked after a death at \"%s\", seed %s", death.name(), SEED)
        .isLessThanOrEqualTo(CENT);
    return booked;
  }

  private long named() {
    return deaths.keySet().stream().filter(CrashPlan.modelPoints()::contains).count();
  }

  private void stopsForGood(AskingAgent agent, ModelProvider provider, String budget, int killed) {
    String said = live(agent);
    int requests = provider.requests();
    BigInteger bill = provider.bill();
    BigInteger booked = agent.booked();
    String story =
        "seed %d, %s, %d kills, %d requests, billed %s, booked %s, deaths %s"
            .formatted(SEED, budget, killed, requests, bill, booked, deaths);
    assertThat(said)
        .as(story)
        .contains(AskingWorker.USED_UP + "BUDGET: another call could go beyond the model budget");
    assertThat(live(agent)).as("started again, %s", story).contains(AskingWorker.USED_UP);
    assertThat(provider.requests()).as("requests after it stopped, %s", story).isEqualTo(requests);
    assertThat(agent.booked()).as("booked after it stopped, %s", story).isEqualTo(booked);

    assertThat(provider.complaints()).as(story).isEmpty();
    assertThat(bill).as("billed, %s", story).isLessThanOrEqualTo(CENT);
    assertThat(booked).as("booked, %s", story).isBetween(bill, CENT);
    assertThat(booked).as("booked, and owed by the journal, %s", story).isEqualTo(agent.owed());
    assertThat(agent.count(JournalEvent.ModelAsked.class))
        .as("calls in the journal, %s", story)
        .isGreaterThanOrEqualTo(requests);
    assertThat(agent.journal())
        .as(story)
        .anyMatch(event ->
            event instanceof JournalEvent.TickEnded(JournalEvent.Outcome outcome, String text)
                && outcome == JournalEvent.Outcome.LIMIT_REACHED
                && text.startsWith("BUDGET: another call could go beyond the model budget of"));
    System.out.printf(
        "%s: %d kills, %d requests (%d broken off): billed %s, booked %s of %s (10^-12 USD), dearest"
            + " call %s, %d replies lost%n",
        budget,
        killed,
        requests,
        provider.broken(),
        bill,
        booked,
        CENT,
        provider.dearest(),
        agent.count(JournalEvent.ModelReplyLost.class));
  }

  /// One life that nothing ends early.
  private String live(AskingAgent agent) {
    lives++;
    try (WorkerProcess worker = agent.start("", GOALS_WITHOUT_END)) {
      assertThat(worker.endsWithin(LAST_LIFE)).as("%s\n%s", SEED, worker.printed()).isTrue();
      assertThat(worker.status()).as("%s\n%s", SEED, worker.printed()).isZero();
      return worker.printed();
    }
  }
}
