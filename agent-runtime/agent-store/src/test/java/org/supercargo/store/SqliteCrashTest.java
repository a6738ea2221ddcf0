package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.engine.store.JournalRow;

final class SqliteCrashTest {
  private static final int ROUNDS = 5;

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void a_killed_process_loses_nothing_that_was_acknowledged() throws Exception {
    long seed = 8_453;
    var random = new Random(seed);
    Path file = folder.resolve("agents.db");
    long acknowledged = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      acknowledged =
          writeAndKill(file, acknowledged + 1 + random.nextInt(120), random.nextInt(3_000_000));
      String story = "round %d of seed %d".formatted(round, seed);
      try (var store = SqlAgentStore.sqlite(file)) {
        List<JournalRow> rows = store.read(view -> view.journal(Rig.AGENT, 0, Integer.MAX_VALUE));
        assertThat(rows.size()).as(story).isGreaterThanOrEqualTo(Math.toIntExact(acknowledged));
        assertThat(rows.getLast().sequence()).as(story).isEqualTo(rows.size());
        assertThat(store.<Long>read(view -> view.nextNonce(Rig.WALLET).orElseThrow()))
            .as(story + ": the wallet agrees with the journal")
            .isEqualTo(rows.size());
        assertThat(store.<Integer>read(view -> view.entries(Rig.AGENT).size()))
            .as(story + ": the book agrees with the journal")
            .isEqualTo(rows.size());
        acknowledged = rows.size();
      }
    }
    System.out.printf("%d rounds of kill -9, %d transactions, none lost%n", ROUNDS, acknowledged);
  }

  /// @param until the acknowledged number after which the process is killed
  /// @param delay nanoseconds more, so that it dies anywhere in a transaction
  /// @return the last number it acknowledged
  private static long writeAndKill(Path file, long until, long delay)
      throws IOException, InterruptedException {
    Process process = OtherProcess.start(AcknowledgingWriter.class, file);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        BufferedReader complaints = process.errorReader(StandardCharsets.UTF_8)) {
      long last = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Long.parseLong(line);
        if (last == until) {
          for (long end = System.nanoTime() + delay; System.nanoTime() < end; ) {
            Thread.onSpinWait();
          }
          // Unlike the process, its handle leaves the streams open to be read to their end.
          process.toHandle().destroyForcibly();
        }
      }
      assertThat(complaints.lines().toList()).as("what the process printed as errors").isEmpty();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);
      return last;
    } finally {
      process.destroyForcibly();
    }
  }
}
