package org.supercargo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The example agent planned by a model that speaks DeepSeek's wire.
class DeepSeekWireIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "sk-canary-0123456789abcdef";
  private static final String REASONING =
      "Die Eigentümerin will zahlen … \"alice\" \\ \u2028 ok \ud83d\udea2";

  @TempDir static @Nullable Path data;
  private static @Nullable Treasury treasury;
  private static final WireMockServer MODEL = new WireMockServer(options().dynamicPort());

  @BeforeAll
  static void start() {
    treasury = new Treasury(java.util.Objects.requireNonNull(data));
    MODEL.start();
  }

  @AfterEach
  void forget() {
    MODEL.resetAll();
  }

  @AfterAll
  static void stop() {
    MODEL.stop();
    treasury().close();
  }

  private static Treasury treasury() {
    return java.util.Objects.requireNonNull(treasury);
  }

  private static CommandProcess.Finished run(String goal) {
    return CommandProcess.run(
        treasury().environment(URI.create(MODEL.baseUrl()), KEY),
        "run",
        Treasury.file().toString(),
        "--goal",
        goal,
        "--json");
  }

  @Test
  void a_transfer_takes_two_calls_with_reasoning_sent_back_and_the_cost_in_the_ledger()
      throws IOException {
    MODEL.stubFor(
        post(urlEqualTo("/chat/completions"))
            .inScenario("pay")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(
                okJson(call("{\"amount\":\"1.25 USDC\",\"payee\":\"alice\",\"chain\":\"solana\"}")))
            .willSetStateTo("called"));
    MODEL.stubFor(
        post(urlEqualTo("/chat/completions"))
            .inScenario("pay")
            .whenScenarioStateIs("called")
            .willReturn(okJson(answer("Alice has been paid 1.25 USDC."))));
    var before = treasury().held("alice", "solana", "USDC");
    var finished = run("please give alice one and a quarter dollars in USDC on solana");
    assertThat(finished.status()).describedAs(finished.story()).isZero();
    assertThat(treasury().held("alice", "solana", "USDC").subtract(before)).isEqualTo(1_250_000);

    List<JsonNode> requests = requests();
    assertThat(requests).hasSize(2);
    assertThat(requests.getFirst().path("model").asText()).isEqualTo("deepseek-flash");
    assertThat(requests.getFirst().at("/tools").findValuesAsText("name")).contains("transfer");
    JsonNode replayed = requests.getLast().at("/messages/2");
    assertThat(replayed.path("reasoning_content").asText()).isEqualTo(REASONING);
    assertThat(requests.getLast().at("/messages/3/role").asText()).isEqualTo("tool");
    assertThat(requests.getLast().at("/messages/3/content").asText()).startsWith("Settled:");

    var ledger = treasury().command("ledger", Treasury.file().toString(), "--json", "--entries");
    assertThat(ledger.status()).describedAs(ledger.story()).isZero();
    assertThat(ledger.documents("balance"))
        .anyMatch(each ->
            each.path("account").asText().equals("expense/model/deepseek")
                && each.path("baseUnits").asText().length() > 3);
    assertThat(ledger.output()).contains("tokens in");
    assertThat(finished.output() + finished.errors() + ledger.output()).doesNotContain(KEY);
  }

  @ParameterizedTest(name = "{0} ends as {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "402 | {\"error\":{\"message\":\"Insufficient Balance\"}} | FUNDS_EXHAUSTED",
        "429 | {\"error\":{\"message\":\"too many requests\"}} | RATE_LIMITED",
        "503 | {\"error\":{\"message\":\"overloaded\"}} | OVERLOADED",
        "500 | oops | SERVER_ERROR",
        "401 | {\"error\":{\"message\":\"no such key\"}} | UNAUTHORISED",
        "400 | {\"error\":{\"message\":\"bad\"}} | INVALID_REQUEST"
      })
  void a_failing_provider_ends_as_its_own_typed_outcome(int status, String body, String outcome) {
    MODEL.stubFor(
        post(urlEqualTo("/chat/completions"))
            .willReturn(aResponse().withStatus(status).withBody(body)));
    assertModelFailed(run("pay alice 1 USDC on solana"), outcome);
  }

  @Test
  void an_empty_reply_ends_as_empty() throws IOException {
    MODEL.stubFor(
        post(urlEqualTo("/chat/completions"))
            .willReturn(okJson(message("\"content\":\"\"", "stop"))));
    assertModelFailed(run("pay alice 1 USDC on solana"), "EMPTY");
  }

  @Test
  void a_truncated_call_is_never_executed() throws IOException {
    MODEL.stubFor(
        post(urlEqualTo("/chat/completions"))
            .willReturn(
                okJson(
                    message(
                        "\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                            + "{\"name\":\"transfer\",\"arguments\":\"{\\\"amount\\\":\\\"1 USDC\\\",\\\"payee\\\":\\\"alice\\\",\\\"chain\\\":\\\"solana\\\"}\"}}]",
                        "length"))));
    var before = treasury().held("alice", "solana", "USDC");
    assertModelFailed(run("pay alice 1 USDC on solana"), "TRUNCATED");
    assertThat(treasury().held("alice", "solana", "USDC")).isEqualTo(before);
  }

  @Test
  void a_malformed_call_is_never_executed() throws IOException {
    MODEL.stubFor(
        post(urlEqualTo("/chat/completions")).willReturn(okJson(call("{\"amount\":\"1 US"))));
    assertModelFailed(run("pay alice 1 USDC on solana"), "MALFORMED_CALL");
  }

  private static void assertModelFailed(CommandProcess.Finished finished, String outcome) {
    assertThat(finished.status())
        .describedAs(finished.story())
        .isEqualTo(ExitCode.MODEL_FAILED.status);
    assertThat(finished.documents("report").map(each -> each.path("text").asText()))
        .describedAs(finished.story())
        .singleElement()
        .asString()
        .startsWith(outcome + ":");
    assertThat(Treasury.types(finished)).doesNotContain("IntentProposed", "TransactionSigned");
    assertThat(finished.output() + finished.errors()).doesNotContain(KEY);
  }

  private static List<JsonNode> requests() {
    return MODEL.getAllServeEvents().reversed().stream()
        .map(event -> {
          try {
            return JSON.readTree(event.getRequest().getBodyAsString());
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        })
        .toList();
  }

  private static String call(String arguments) throws IOException {
    return message(
        "\"content\":\"\",\"reasoning_content\":"
            + JSON.writeValueAsString(REASONING)
            + ",\"tool_calls\":[{\"index\":0,\"id\":\"call_0\",\"type\":\"function\",\"function\":{\"name\":\"transfer\",\"arguments\":"
            + JSON.writeValueAsString(arguments)
            + "}}]",
        "tool_calls");
  }

  private static String answer(String text) throws IOException {
    return message("\"content\":" + JSON.writeValueAsString(text), "stop");
  }

  /// One whole reply in the provider's published form.
  private static String message(String fields, String finish) {
    return """
    {"id":"1","object":"chat.completion","created":1,"model":"deepseek-flash","choices":[{"index":0,
    "message":{"role":"assistant",%s},"finish_reason":"%s"}],
    "usage":{"prompt_tokens":900,"completion_tokens":80,"total_tokens":980,
    "prompt_cache_hit_tokens":640,"prompt_cache_miss_tokens":260,
    "completion_tokens_details":{"reasoning_tokens":40}}}
    """
        .formatted(fields, finish);
  }
}
