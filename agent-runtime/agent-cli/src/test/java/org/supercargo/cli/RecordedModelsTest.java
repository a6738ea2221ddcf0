package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.cli.model.ModelSource;

/// `models try --record` once, and the `recorded` backend ever after.
class RecordedModelsTest {
  private static final String REPLY =
      """
      {"choices": [{"finish_reason": "tool_calls", "message": {"content": "", "tool_calls": [
        {"id": "call_1", "type": "function",
         "function": {"name": "add", "arguments": "{\\"numbers\\": \\"19 23\\"}"}}]}}],
       "usage": {"prompt_tokens": 100, "completion_tokens": 20}}
      """;

  @TempDir Path data = Path.of("");

  private final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void describe() throws IOException {
    server.start();
    server.stubFor(
        WireMock.post(WireMock.anyUrl())
            .willReturn(WireMock.aResponse().withStatus(200).withBody(REPLY)));
    Files.writeString(
        data.resolve("models.yaml"),
        "backends:\n"
            + backend("live", "")
            + backend("recorded", ", cassette: sessions/add.jsonl"));
  }

  private String backend(String name, String more) {
    String url = "http://127.0.0.1:" + server.port();
    return "  "
        + name
        + ": {preset: openai-compatible, url: \""
        + url
        + "\", stream: false, models: [{name: one, prices: {input: 1, output: 2, source: a test,"
        + " dated: 2026-11-24}}]"
        + more
        + "}\n";
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private CommandOutput attempt(String model, String... more) {
    var words = new ArrayList<>(List.of("models", "try", model, "--data", data.toString()));
    words.addAll(List.of(more));
    return CommandOutput.of(words.toArray(String[]::new));
  }

  private String cassette() {
    return data.resolve("sessions").resolve("add.jsonl").toString();
  }

  private static String comparable(CommandOutput output) {
    return output.text().replaceAll("latency.*", "").replaceAll("(live|recorded)/one", "one");
  }

  @Test
  void a_recorded_call_is_given_again_without_its_server() {
    CommandOutput lived = attempt("live", "--record", cassette());
    server.stop();

    CommandOutput again = attempt("recorded");

    assertThat(lived.status()).as(lived.text()).isEqualTo(again.status());
    assertThat(comparable(again)).isEqualTo(comparable(lived)).contains("tokens");
  }

  @Test
  void another_question_is_a_mistake_of_the_user_and_shown() {
    attempt("live", "--record", cassette());

    CommandOutput other = attempt("recorded", "--prompt", "Use the action to add 20 and 23.");

    assertThat(other.status()).as(other.text()).isEqualTo(ExitCode.USAGE.status);
    assertThat(other.text())
        .contains("- messages[1].content: Use the action to add 19 and 23.")
        .contains("+ messages[1].content: Use the action to add 20 and 23.");
  }

  @Test
  void a_recording_is_replaced_only_when_told_so() {
    attempt("live", "--record", cassette());

    assertThat(attempt("live", "--record", cassette()).status()).isEqualTo(ExitCode.USAGE.status);
    assertThat(attempt("live", "--record", cassette(), "--record-again").text())
        .doesNotContain("is there already");
    assertThat(attempt("live", "--record-again").status()).isEqualTo(ExitCode.USAGE.status);
    server.verify(2, WireMock.postRequestedFor(WireMock.anyUrl()));
  }

  @Test
  void a_recorded_backend_is_granted_no_host_and_wants_no_key() {
    Models models = Models.in(data);

    assertThat(models.hosts(ModelSpec.of("recorded"))).isEmpty();
    assertThat(models.hosts(ModelSpec.of("live"))).hasSize(1);
    assertThat(models.source("recorded").keyName()).isEmpty();
  }

  @Test
  void a_missing_cassette_is_named() {
    assertThat(attempt("recorded").text()).contains("add.jsonl cannot be read: there is none");
  }

  @Test
  void every_preset_may_have_a_cassette_beside_the_file() throws IOException {
    Files.writeString(
        data.resolve("models.yaml"),
        """
        backends:
          recorded: {preset: deepseek, cassette: sessions/treasurer.jsonl}
          claude: {preset: anthropic, cassette: "../claude.jsonl"}
          home: {preset: ollama, models: ["qwen3:8b"], cassette: /elsewhere/home.jsonl}
        """);
    Models models = Models.in(data);

    assertThat(List.of("recorded", "claude", "home"))
        .extracting(name -> ((ModelSource.Recorded) models.source(name)).cassette().toString())
        .containsExactly(
            data.resolve("sessions/treasurer.jsonl").toString(),
            data.resolveSibling("claude.jsonl").toString(),
            "/elsewhere/home.jsonl");
    assertThat(models.source("recorded").cards())
        .isNotEmpty()
        .allMatch(card -> card.backend().equals("recorded"));
  }
}
