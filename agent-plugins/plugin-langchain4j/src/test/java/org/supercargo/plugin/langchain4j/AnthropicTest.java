package org.supercargo.plugin.langchain4j;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.plugin.langchain4j.ProviderStub.json;
import static org.supercargo.plugin.langchain4j.ProviderStub.message;

import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;

/// Claude, by the published shapes of its messages.
class AnthropicTest {
  private static final String CALL =
      """
      {"type": "tool_use", "id": "toolu_01", "name": "transfer",
       "input": {"to": "ann", "amount": 1.50, "big": 123456789012345678901234567890.10}}
      """;

  /// A signed thought without words, then one with words, as a model gives them around its calls.
  private static final String THOUGHTS =
      """
      {"type": "thinking", "thinking": "", "signature": "EqQBCgIYAhIM+/=="},
      {"type": "text", "text": "One moment."},
      {"type": "thinking", "thinking": "half \\ud83d a pair", "signature": "SECOND=="},
      {"type": "redacted_thinking", "data": "EmwKAhgBEgy3va3pzix/LafPsn4a"},
      """;

  private final ProviderStub provider = new ProviderStub();

  @AfterEach
  void stop() {
    provider.close();
  }

  private ChatReply chat() {
    return provider.claude().chat(ProviderStub.request(ProviderStub.TRANSFER));
  }

  private ChatReply.Unusable unusable(Defect defect) {
    ChatReply reply = chat();
    assertThat(reply).isInstanceOf(ChatReply.Unusable.class);
    var unusable = (ChatReply.Unusable) reply;
    assertThat(unusable.defect()).as(unusable.detail()).isEqualTo(defect);
    assertThat(provider.received()).as("requests on the wire").isEqualTo(1);
    return unusable;
  }

  private ChatReply.Failed failed(Failure failure) {
    ChatReply reply = chat();
    assertThat(reply).isInstanceOf(ChatReply.Failed.class);
    var failed = (ChatReply.Failed) reply;
    assertThat(failed.failure()).as(failed.detail()).isEqualTo(failure);
    assertThat(provider.received()).as("requests on the wire").isEqualTo(1);
    return failed;
  }

  @Test
  void a_request_has_the_published_shape() {
    provider.answers(200, message("end_turn", "[{\"type\": \"text\", \"text\": \"2 SOL\"}]"));

    var answer = (ChatReply.Answer) chat();

    assertThat(answer.text()).isEqualTo("2 SOL");
    assertThat(answer.reasoning()).isNull();
    assertThat(provider.newest().getUrl()).isEqualTo("/messages");
    assertThat(provider.newest().getHeader("x-api-key")).isEqualTo(ProviderStub.KEY);
    assertThat(provider.newest().getHeader("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(provider.sent().path("model").asText()).isEqualTo("claude-sonnet-5-5");
    assertThat(provider.sent().path("max_tokens").asInt()).isEqualTo(32_000);
    assertThat(provider.sent().path("system").path(0).path("text").asText())
        .isEqualTo("You keep a wallet.");
    assertThat(provider.sent().path("tools"))
        .isEqualTo(
            json(
                """
                [{"name": "transfer", "description": "Pays somebody\\nAsked for with: pay ann",
                  "input_schema": {"type": "object", "properties": {
                    "to": {"type": "string",
                      "description": "who (a known name or an address; names: ann)"},
                    "amount": {"type": "string", "description": "how much (a plain positive \
                decimal number, a space and a symbol, such as 2.5 USDC; symbols: SOL)"},
                    "chain": {"type": "string", "description": "where", "enum": ["solana"]}},
                    "required": ["to", "amount"]}, "cache_control": {"type": "ephemeral"}}]
                """));
    assertThat(provider.sent().has("thinking") || provider.sent().has("output_config")).isFalse();
  }

  @Test
  void options_go_where_the_model_reads_them() {
    provider.answers(200, message("end_turn", "[{\"type\": \"text\", \"text\": \"{}\"}]"));
    var options = ChatOptions.DEFAULT.withEffort(Effort.MAX).withLongestReply(77).withJson(true);

    ChatReply reply =
        provider
            .claude()
            .chat(
                new ChatRequest(
                    "claude-opus-5-5", List.of(new ChatMessage.Owner("x")), List.of(), options));

    assertThat(reply).isInstanceOf(ChatReply.Answer.class);
    assertThat(provider.sent().path("model").asText()).isEqualTo("claude-opus-5-5");
    assertThat(provider.sent().path("max_tokens").asInt()).isEqualTo(77);
    assertThat(provider.sent().path("output_config")).isEqualTo(json("{\"effort\": \"max\"}"));
  }

  @Test
  void calls_keep_every_digit_of_their_arguments() {
    provider.answers(200, message("tool_use", "[" + CALL + "]"));

    var calls = (ChatReply.Calls) chat();

    assertThat(calls.calls().getFirst().id()).isEqualTo("toolu_01");
    assertThat(calls.calls().getFirst().arguments())
        .isEqualTo("{\"to\":\"ann\",\"amount\":1.50,\"big\":123456789012345678901234567890.10}");
  }

  @Test
  void signed_thoughts_come_back_byte_for_byte_and_in_their_places() {
    provider.answers(200, message("tool_use", "[" + THOUGHTS + CALL + "]"));
    var calls = (ChatReply.Calls) chat();

    provider.claude().chat(ProviderStub.after(calls));

    assertThat(calls.reasoning()).contains("EqQBCgIYAhIM+/==");
    assertThat(provider.sent().path("messages").path(1).path("content"))
        .isEqualTo(json("[" + THOUGHTS + CALL + "]"));
    assertThat(provider.newest().getBodyAsString()).contains("\\uD83D").contains("0.10");
    assertThat(provider.sent().path("messages").path(2).path("content").path(0))
        .isEqualTo(
            json(
                "{\"type\": \"tool_result\", \"tool_use_id\": \"toolu_01\", \"content\": \"done\"}"));
  }

  @Test
  void thoughts_of_another_model_are_not_shown_to_this_one() {
    provider.answers(200, message("tool_use", "[" + THOUGHTS + CALL + "]"));
    var calls = (ChatReply.Calls) chat();
    ChatRequest after = ProviderStub.after(calls);

    provider.claude().chat(new ChatRequest("claude-opus-5-5", after.messages(), after.actions()));

    assertThat(provider.newest().getBodyAsString())
        .doesNotContain("EqQB")
        .doesNotContain("SECOND")
        .contains("toolu_01");
  }

  @Test
  void a_turn_that_was_changed_is_sent_as_it_is_now() {
    provider.answers(200, message("tool_use", "[" + THOUGHTS + CALL + "]"));
    var calls = (ChatReply.Calls) chat();
    var cut = new ChatMessage.Assistant("I waited.", calls.reasoning(), List.of());

    provider
        .claude()
        .chat(new ChatRequest("", List.of(new ChatMessage.Owner("x"), cut), List.of()));

    assertThat(provider.sent().path("messages").path(1).path("content"))
        .isEqualTo(json("[{\"type\": \"text\", \"text\": \"I waited.\"}]"));
  }

  @Test
  void what_was_used_is_counted_with_its_cache_and_priced() {
    provider.answers(200, message("end_turn", "[{\"type\": \"text\", \"text\": \"x\"}]"));

    var usage = chat().used();

    assertThat(List.of(usage.input(), usage.cached(), usage.output()))
        .containsExactly(3400L, 2000L, 300L);
    // 1000 fresh and 400 written at 5/4, at 2 dollars; 2000 read at 0.20; 300 written at 10.
    assertThat(usage.cost()).isEqualTo(Amount.parse("0.0064", Asset.USD));
  }

  @ParameterizedTest
  @CsvSource({
    "max_tokens, TRUNCATED",
    "model_context_window_exceeded, TRUNCATED",
    "pause_turn, TRUNCATED",
    "'', TRUNCATED",
    "refusal, REFUSED"
  })
  void a_call_of_a_reply_that_is_not_whole_is_dropped(String stopReason, Defect defect) {
    provider.answers(200, message(stopReason, "[" + CALL + "]"));

    assertThat(unusable(defect).usage().input()).isEqualTo(3400);
  }

  @Test
  void a_reply_without_anything_in_it_is_empty() {
    provider.answers(200, message("end_turn", "[]"));

    unusable(Defect.EMPTY);
  }

  @Test
  void a_body_of_nothing_is_empty() {
    provider.answers(200, "");

    unusable(Defect.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({
    "<｜DSML｜invoke name=transfer>",
    "<tool_call>{}</tool_call>",
  })
  void leaked_markup_is_not_an_answer(String text) {
    provider.answers(
        200, message("end_turn", "[{\"type\": \"text\", \"text\": \"" + text + "\"}]"));

    unusable(Defect.LEAKED_MARKUP);
  }

  @Test
  void two_calls_of_one_id_are_malformed() {
    provider.answers(200, message("tool_use", "[" + CALL + "," + CALL + "]"));

    unusable(Defect.MALFORMED_CALL);
  }

  @Test
  void words_that_should_be_json_and_are_not_are_malformed() {
    provider.answers(200, message("end_turn", "[{\"type\": \"text\", \"text\": \"[1]\"}]"));

    ChatReply reply =
        provider
            .claude()
            .chat(
                new ChatRequest(
                    "",
                    List.of(new ChatMessage.Owner("x")),
                    List.of(),
                    ChatOptions.DEFAULT.withJson(true)));

    assertThat(((ChatReply.Unusable) reply).defect()).isEqualTo(Defect.MALFORMED_JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, bad field, INVALID_REQUEST",
    "400, invalid_request_error, Your credit balance is too low, FUNDS_EXHAUSTED",
    "400, invalid_request_error, prompt is too long: 1000001 tokens, CONTEXT_OVERFLOW",
    "401, authentication_error, invalid x-api-key, UNAUTHORISED",
    "402, billing_error, pay, FUNDS_EXHAUSTED",
    "403, permission_error, no, UNAUTHORISED",
    "404, not_found_error, model: claude-none, INVALID_REQUEST",
    "413, request_too_large, too large, CONTEXT_OVERFLOW",
    "429, rate_limit_error, slow down, RATE_LIMITED",
    "500, api_error, oops, SERVER_ERROR",
    "504, timeout_error, long, TIMED_OUT",
    "529, overloaded_error, busy, OVERLOADED"
  })
  void every_status_has_its_type_and_is_asked_for_once(
      int status, String type, String words, Failure failure) {
    provider.answers(
        status,
        "{\"type\": \"error\", \"error\": {\"type\": \"%s\", \"message\": \"%s\"}}"
            .formatted(type, words));

    assertThat(failed(failure).detail()).contains("status " + status);
  }

  @Test
  void the_wait_the_provider_asks_for_is_kept() {
    provider.answers(aResponse().withStatus(429).withHeader("Retry-After", "17"));

    assertThat(failed(Failure.RATE_LIMITED).retryAfter()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void an_error_inside_a_200_is_a_failure() {
    provider.answers(
        200, "{\"type\": \"error\", \"error\": {\"type\": \"api_error\", \"message\": \"oops\"}}");

    failed(Failure.SERVER_ERROR);
  }

  @Test
  void a_body_that_is_not_json_is_a_failure() {
    provider.answers(200, "<html>welcome</html>");

    failed(Failure.SERVER_ERROR);
  }

  @Test
  void a_broken_connection_may_have_cost() {
    provider.answers(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));

    assertThat(((ChatReply.Failed) chat()).failure().mayCost()).isTrue();
  }

  @Test
  void a_host_that_is_not_granted_is_not_asked() {
    var settings =
        ProviderSettings.anthropic()
            .withBaseUrl(java.net.URI.create("https://api.anthropic.com/v1"));

    var failed =
        (ChatReply.Failed)
            LangChain4jModels.anthropic(
                    settings, provider.http(), () -> ProviderStub.KEY, ProviderStub.CLOCK)
                .chat(ProviderStub.request());

    assertThat(failed.failure()).isEqualTo(Failure.UNREACHABLE);
    assertThat(failed.detail()).contains("api.anthropic.com").contains("not granted");
  }
}
