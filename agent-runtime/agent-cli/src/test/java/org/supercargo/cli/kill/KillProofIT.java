package org.supercargo.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.cli.Voyage;

/// Real processes on real local chains, killed at every named point of an effect and at any moment:
/// nothing is paid twice, nothing is lost, nothing exceeds the budget.
///
/// `-Dproof.kills=1000` for the long run, `-Dproof.seed=...` to repeat one.
class KillProofIT {
  private static final int KILLS = Integer.getInteger("proof.kills", 30);
  private static final long SEED = Long.getLong("proof.seed", System.nanoTime());
  private static final int REPLICAS = 10;
  private static final int REPLICA_KILLS = Math.max(10, KILLS / 10);
  private static final int ROUNDS = 2_000;
  private static final int PAYMENTS_ALLOWED = Math.max(12, KILLS / 8);
  private static final Duration LIFE_AT_THE_MOST = Duration.ofSeconds(30);

  private static final String AGENT =
      """
      agent: killed
      purpose: It pays one supplier after another.
      model: offline
      plugins: [wallet]
      wallets: { solana: killed, base: killed }
      address-book:
        alice:
          solana: 3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv
          base: "0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0"
        bob:
          solana: 2DssAHsp9sux5WdYXSL3odKb76eyehx8DG9dzCejZizJ
          base: "0x973961849b8df4006055510E2885847Bc48A10d5"
      mandate:
        expires: 2100-01-01
        fees:
          solana: { per-transaction: 0.01 SOL, rolling: 40 SOL per 24h }
          base: { per-transaction: 0.0005 ETH, rolling: 0.9 ETH per 24h }
        limits:
          lifetime: [1000 USDC]
        rules:
          - name: suppliers
            allow: transfer
            chains: [solana, base]
            assets: [USDC]
            payees: [alice, bob]
            per-transaction: 0.2 USDC
            rolling: [400 USDC per 24h]
            count: [%d per 24h]
      """;

  @TempDir @Nullable Path folder;

  @Test
  void killed_at_every_named_point_and_at_any_moment_every_goal_is_paid_exactly_once() {
    var random = new Random(SEED);
    Map<String, Integer> deaths = new TreeMap<>();
    int kills = 0;
    int restored = 0;
    int signersKilled = 0;
    try (var fleet =
        new KilledFleet(Objects.requireNonNull(folder), AGENT.formatted(100_000), "agents.db")) {
      List<String> points = CrashPlan.points();
      for (int life = 0; kills < KILLS; life++) {
        assertThat(life).as("lives until %s kills, seed %s", KILLS, SEED).isLessThan(KILLS * 3);
        boolean named = life % 4 != 3;
        String point = points.get(random.nextInt(points.size()));
        // Early lives walk through all points, so that a short run meets many of them.
        String chosen = life < points.size() ? points.get(life) : point;
        try (WorkerProcess worker =
            fleet.worker(
                "only one", named ? chosen + ":" + (1 + random.nextInt(2)) : "", 2, false)) {
          Duration patience =
              named ? LIFE_AT_THE_MOST : Duration.ofMillis(400 + random.nextInt(3_000));
          if (!worker.endsWithin(patience)) {
            worker.kill();
            kills++;
            deaths.merge("any moment", 1, Integer::sum);
          } else if (worker.status() == CrashPlan.STATUS) {
            kills++;
            deaths.merge(chosen, 1, Integer::sum);
          } else {
            assertThat(worker.status()).as("seed %s\n%s", SEED, worker.printed()).isZero();
          }
        }
        if (life % 10 == 4) {
          fleet.killSigner();
          kills++;
          signersKilled++;
        }
        if (life % 14 == 6) {
          fleet.saveStore();
        }
        if (life % 14 == 13 && fleet.restoreStore()) {
          restored++;
        }
      }
      String end = fleet.finish("only one");
      String story = "seed " + SEED + ", deaths " + deaths + ", " + end;
      long goals = Long.parseLong(end.replaceAll(".*ticks ", "").strip());
      assertThat(fleet.received()).as(story).isEqualTo(expected(goals));
      assertThat(end).as(story).contains("reconciled true, agree true, alarm none");
      assertThat(restored).as(story).isPositive();
      System.out.printf(
          "kills: %d (%d of the signer), %d older databases restored, %d named points, %d goals:"
              + " 0 paid twice, 0 lost, books equal chains, seed %d%n",
          kills, signersKilled, restored, deaths.size() - 1, goals, SEED);
    }
  }

  private static Map<String, BigInteger> expected(long goals) {
    Map<String, BigInteger> expected = new HashMap<>();
    List.of("alice solana", "alice base", "bob solana", "bob base")
        .forEach(place -> expected.put(place, BigInteger.ZERO));
    for (long number = 1; number <= goals; number++) {
      Voyage.Payment payment = Voyage.payment(number);
      expected.merge(
          payment.payee() + " " + payment.chain(),
          BigInteger.valueOf(payment.baseUnits()),
          BigInteger::add);
    }
    return expected;
  }

  @Test
  void ten_replicas_on_one_database_spend_one_budget_and_not_a_unit_more() throws Exception {
    var random = new Random(SEED);
    int kills = 0;
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .start();
        var fleet =
            new KilledFleet(
                Objects.requireNonNull(folder),
                AGENT.formatted(PAYMENTS_ALLOWED),
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres")) {
      List<WorkerProcess> workers = new ArrayList<>();
      try {
        for (int replica = 0; replica < REPLICAS; replica++) {
          workers.add(replica(fleet, replica));
        }
        int refused = 0;
        for (int round = 0; refused < REPLICAS; round++) {
          assertThat(round).as("rounds until nothing is left, seed %s", SEED).isLessThan(ROUNDS);
          int replica = round % REPLICAS;
          WorkerProcess worker = workers.get(replica);
          boolean ended = worker.endsWithin(Duration.ofMillis(200 + random.nextInt(400)));
          String printed = worker.printed();
          if (printed.contains("refused")) {
            refused++;
          }
          if (!ended && kills < REPLICA_KILLS && random.nextInt(10) == 0) {
            worker.kill();
            kills++;
            ended = true;
          }
          if (ended) {
            workers.set(replica, replica(fleet, replica));
          }
        }
      } finally {
        workers.forEach(WorkerProcess::close);
      }
      String end = fleet.finish("replica last");
      String story = "seed " + SEED + ", " + kills + " kills, " + end;
      BigInteger paid = fleet.received().values().stream().reduce(BigInteger.ZERO, BigInteger::add);
      BigInteger allowed =
          expected(PAYMENTS_ALLOWED).values().stream().reduce(BigInteger.ZERO, BigInteger::add);
      assertThat(fleet.received()).as(story).isEqualTo(expected(PAYMENTS_ALLOWED));
      assertThat(paid).as(story).isEqualTo(allowed);
      assertThat(end).as(story).contains("agree true, alarm none");
      System.out.printf(
          "replicas: %d processes on one PostgreSQL, %d kills, %d payments allowed, %d base units"
              + " over, seed %d%n",
          REPLICAS, kills, PAYMENTS_ALLOWED, paid.subtract(allowed).longValueExact(), SEED);
    }
  }

  private static WorkerProcess replica(KilledFleet fleet, int number) {
    return fleet.worker("replica " + number, "", 4, false);
  }
}
