package org.supercargo.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.cli.wire.DeepSeekWire;
import org.supercargo.plugin.offline.OfflineModel;

/// A whole run, recorded once with a provider and run again without one.
class RecordedRunIT {
  private static final String KEY = "sk-canary-0123456789abcdef";

  /// Its results are the same on every chain: nothing moves.
  private static final String GOAL = "send 26 USDC to alice on base";

  @TempDir static @Nullable Path folder;
  private static @Nullable Treasury treasury;

  @BeforeAll
  static void startTheChains() {
    treasury = new Treasury(requireNonNull(folder).resolve("recording"));
  }

  @AfterAll
  static void stopTheChains() {
    requireNonNull(treasury).close();
  }

  private static Path cassette() {
    return requireNonNull(folder).resolve("session.jsonl");
  }

  private static CommandProcess.Finished run(Map<String, String> environment, String... more) {
    String[] usual = {"run", Treasury.file().toString(), "--json", "--goal"};
    String[] arguments = new String[usual.length + more.length];
    System.arraycopy(usual, 0, arguments, 0, usual.length);
    System.arraycopy(more, 0, arguments, usual.length, more.length);
    return CommandProcess.run(environment, arguments);
  }

  private static String report(CommandProcess.Finished finished) {
    return finished
        .documents("report")
        .findFirst()
        .map(report -> report.path("outcome").asText() + ": " + report.path("text").asText())
        .orElse("no report\n" + finished.story());
  }

  @Test
  void a_recorded_run_runs_again_without_its_provider_and_a_changed_goal_does_not()
      throws Exception {
    CommandProcess.Finished recorded;
    URI address;
    try (var provider = new DeepSeekWire(KEY, new OfflineModel())) {
      address = provider.address();
      recorded =
          run(
              requireNonNull(treasury).environment(address, KEY),
              GOAL,
              "--record",
              cassette().toString());
      assertThat(provider.requests()).describedAs(recorded.story()).isNotEmpty();
    }
    assertThat(report(recorded)).startsWith("REFUSED");
    assertThat(Files.readString(cassette(), StandardCharsets.UTF_8))
        .contains("more than 25 USDC at once")
        .doesNotContain(KEY);

    Path again = requireNonNull(folder).resolve("replay");
    Files.createDirectories(again);
    Files.writeString(
        again.resolve("models.yaml"),
        "backends:\n  deepseek: {preset: deepseek, url: \"%s\", cassette: \"%s\"}\n"
            .formatted(address, cassette()));
    var environment = new HashMap<>(requireNonNull(treasury).environment());
    environment.put("SUPERCARGO_DATA", again.toString());
    CommandProcess.Finished replayed = run(environment, GOAL, "--model", "deepseek");
    assertThat(report(replayed)).describedAs(replayed.story()).isEqualTo(report(recorded));
    assertThat(replayed.events("ModelReplied"))
        .describedAs("replies of a provider that is gone")
        .isEqualTo(recorded.events("ModelReplied"));

    CommandProcess.Finished changed =
        run(environment, GOAL.replace("26", "27"), "--model", "deepseek");
    assertThat(changed.status()).describedAs(changed.story()).isEqualTo(2);
    assertThat(changed.output() + changed.errors())
        .contains("was recorded with another exchange 1", "27 USDC");
  }
}
