package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same agent on a shared PostgreSQL, killed once in the middle.
class PostgresqlIT {
  @TempDir @Nullable Path data;

  @Test
  void an_agent_on_postgresql_survives_a_kill_and_pays_once() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        var treasury = new Treasury(Objects.requireNonNull(data))) {
      Map<String, String> environment = treasury.environment();
      environment.put(
          "SUPERCARGO_STORE",
          "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres");
      String goal = "send 1.5 USDC to bob on solana and send 2.25 USDC to alice on base";
      BigInteger bob = treasury.held("bob", "solana", "USDC");
      BigInteger alice = treasury.held("alice", "base", "USDC");
      String[] run = {"run", Treasury.file().toString(), "--goal", goal, "--json"};
      try (CommandProcess command = CommandProcess.start(environment, run)) {
        assertThat(command.await(line -> line.contains("\"type\":\"TransactionSigned\"")))
            .isNotNull();
        command.kill();
      }
      CommandProcess.Finished finished = CommandProcess.run(environment, run);
      assertThat(finished.status()).describedAs(finished.story()).isZero();
      assertThat(finished.documents("report").map(each -> each.path("resumed").asBoolean()))
          .containsExactly(true);
      assertThat(treasury.held("bob", "solana", "USDC").subtract(bob)).isEqualTo(1_500_000);
      assertThat(treasury.held("alice", "base", "USDC").subtract(alice)).isEqualTo(2_250_000);
      assertThat(CommandProcess.run(environment, "journal", "verify", "treasurer").status())
          .isZero();
    }
  }
}
