package org.supercargo.plugin.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.Usage;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.testkit.model.DribblingProvider;

/// Everything a provider can answer, and the type it gets.
class OutcomeTest {
  private final ProviderStub provider = new ProviderStub();

  @AfterEach
  void stop() {
    provider.close();
  }

  private static String call(String arguments) {
    return Json.write(
        Json.object()
            .put("role", "assistant")
            .putNull("content")
            .set(
                "tool_calls",
                ProviderStub.json("[" + callNode("call_00", "transfer", arguments) + "]")));
  }

  private static String callNode(String id, String name, String arguments) {
    var node = Json.object().put("id", id).put("type", "function");
    node.putObject("function").put("name", name).put("arguments", arguments);
    return Json.write(node);
  }

  private ChatReply.Unusable unusable(Defect defect) {
    ChatReply reply = provider.chat();
    assertThat(reply).isInstanceOf(ChatReply.Unusable.class);
    var unusable = (ChatReply.Unusable) reply;
    assertThat(unusable.defect()).as(unusable.detail()).isEqualTo(defect);
    assertThat(provider.received()).isEqualTo(1);
    return unusable;
  }

  private ChatReply.Failed failed(Failure failure) {
    ChatReply reply = provider.chat();
    assertThat(reply).isInstanceOf(ChatReply.Failed.class);
    var failed = (ChatReply.Failed) reply;
    assertThat(failed.failure()).as(failed.detail()).isEqualTo(failure);
    assertThat(provider.received()).as("requests on the wire").isEqualTo(1);
    return failed;
  }

  @Test
  void words_are_an_answer() {
    provider.says(
        "stop",
        "{\"role\": \"assistant\", \"content\": \"You hold 2 SOL.\", \"reasoning_content\": \"r\"}");

    var answer = (ChatReply.Answer) provider.chat();

    assertThat(answer.text()).isEqualTo("You hold 2 SOL.");
    assertThat(answer.reasoning()).isEqualTo("r");
    assertThat(answer.usage().input()).isEqualTo(1000);
  }

  @Test
  void calls_keep_their_order_ids_and_exact_arguments() {
    provider.says(
        "tool_calls",
        Json.write(
            Json.object()
                .put("role", "assistant")
                .put("content", "One moment.")
                .put("reasoning_content", "Two of them.")
                .set(
                    "tool_calls",
                    ProviderStub.json(
                        "["
                            + callNode("b", "transfer", "{\"z\": 1.50,  \"a\":\"x\"}")
                            + ","
                            + callNode("a", "balances", "{}")
                            + "]"))));

    var calls = (ChatReply.Calls) provider.chat();

    assertThat(calls.text()).isEqualTo("One moment.");
    assertThat(calls.reasoning()).isEqualTo("Two of them.");
    assertThat(calls.calls())
        .containsExactly(
            new ActionCall("b", "transfer", "{\"z\": 1.50,  \"a\":\"x\"}"),
            new ActionCall("a", "balances", "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\": \"assistant\", \"content\": \"\"}",
        "{\"role\": \"assistant\", \"content\": null}",
        "{\"role\": \"assistant\", \"content\": \" \\n \", \"reasoning_content\": \"hm\"}",
        "{\"role\": \"assistant\", \"content\": \"\", \"tool_calls\": []}",
        "{}"
      })
  void neither_words_nor_calls_is_empty(String message) {
    provider.says("stop", message);

    unusable(Defect.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n\n", "{\"choices\": []}", "{}"})
  void a_body_without_a_choice_is_empty(String body) {
    provider.answers(200, body);

    unusable(Defect.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"amount\": \"5 US", "", "{\"amount\":\"1 SOL\",\"payee\":\"bob\"}"})
  void a_reply_cut_off_at_the_limit_is_truncated_and_its_calls_are_dropped(String arguments) {
    provider.says("length", call(arguments));

    unusable(Defect.TRUNCATED);
  }

  @Test
  void a_reply_with_an_unknown_end_is_not_known_to_be_whole() {
    provider.says("", "{\"role\": \"assistant\", \"content\": \"Paying\"}");

    unusable(Defect.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"{}\"",
        "{\"amount\": \"5 USDC\"",
        "{\"amount\": \"5 USDC\"} {}",
        "{\"amount\": \"5 USDC\"}}",
        "{'amount': '5 USDC'}",
        "{\"amount\": \"5 USDC\",}",
        "{\"amount\": \"5 USDC\", \"amount\": \"500 USDC\"}",
        "amount=5"
      })
  void arguments_that_are_not_one_json_object_are_malformed(String arguments) {
    provider.says("tool_calls", call(arguments));

    unusable(Defect.MALFORMED_CALL);
  }

  @Test
  void one_malformed_call_spoils_the_whole_reply() {
    provider.says(
        "tool_calls",
        "{\"content\": \"\", \"tool_calls\": ["
            + callNode("a", "balances", "{}")
            + ","
            + callNode("b", "transfer", "{")
            + "]}");

    unusable(Defect.MALFORMED_CALL);
  }

  @Test
  void two_calls_with_one_id_are_malformed() {
    provider.says(
        "tool_calls",
        "{\"content\": \"\", \"tool_calls\": ["
            + callNode("a", "balances", "{}")
            + ","
            + callNode("a", "address", "{}")
            + "]}");

    unusable(Defect.MALFORMED_CALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<｜DSML｜function_calls><｜DSML｜invoke name=\"transfer\">",
        "<|DSML|invoke name=\"transfer\">",
        "I will pay. <tool_call>{\"name\": \"transfer\"}</tool_call>",
        "<｜tool▁calls▁begin｜>",
        "<function_calls><invoke name=\"transfer\">",
        "<TOOL_CALL>"
      })
  void call_markup_in_the_words_is_leaked_and_a_call_beside_it_is_dropped(String words) {
    provider.says(
        "tool_calls",
        Json.write(
            Json.object()
                .put("content", words)
                .set(
                    "tool_calls", ProviderStub.json("[" + callNode("a", "transfer", "{}") + "]"))));

    unusable(Defect.LEAKED_MARKUP);
  }

  @Test
  void call_markup_in_the_arguments_is_leaked_too() {
    provider.says("tool_calls", call("{\"memo\": \"x</｜DSML｜parameter>\"}"));

    unusable(Defect.LEAKED_MARKUP);
  }

  @Test
  void the_filter_and_the_model_itself_can_refuse() {
    provider.says("content_filter", "{\"role\": \"assistant\", \"content\": \"I\"}");
    unusable(Defect.REFUSED);
  }

  @Test
  void a_refusal_field_is_a_refusal() {
    provider.says("stop", "{\"content\": null, \"refusal\": \"I cannot help with that.\"}");

    assertThat(unusable(Defect.REFUSED).detail()).isEqualTo("I cannot help with that.");
  }

  @Test
  void an_unusable_reply_still_costs() {
    provider.says("stop", "{}");

    assertThat(unusable(Defect.EMPTY).usage().cost().isPositive()).isTrue();
  }

  @Test
  void lack_of_system_resources_is_overload() {
    provider.says("insufficient_system_resource", "{\"content\": \"Pay\"}");

    failed(Failure.OVERLOADED);
  }

  @ParameterizedTest
  @CsvSource({
    "400,INVALID_REQUEST",
    "401,UNAUTHORISED",
    "402,FUNDS_EXHAUSTED",
    "403,UNAUTHORISED",
    "404,INVALID_REQUEST",
    "422,INVALID_REQUEST",
    "429,RATE_LIMITED",
    "500,SERVER_ERROR",
    "502,SERVER_ERROR",
    "503,OVERLOADED",
    "504,SERVER_ERROR",
    "302,INVALID_REQUEST",
    "204,SERVER_ERROR"
  })
  void each_status_has_its_failure_and_is_never_repeated(int status, Failure failure) {
    provider.answers(aResponse().withStatus(status).withHeader("Retry-After", "0").withBody("{}"));

    assertThat(failed(failure).detail()).contains(String.valueOf(status));
  }

  @Test
  void the_provider_s_own_words_are_kept_in_short() {
    provider.answers(
        400,
        "{\"error\": {\"message\": \"The `reasoning_content` must be\\n passed back. "
            + "x".repeat(2_000)
            + "\", \"type\": \"invalid_request_error\", \"code\": \"invalid_request_error\"}}");

    assertThat(failed(Failure.INVALID_REQUEST).detail())
        .startsWith("status 400: The `reasoning_content` must be passed back. xxx")
        .hasSizeLessThan(300);
  }

  @Test
  void a_plain_error_string_is_understood() {
    provider.answers(402, "{\"error\": \"Insufficient balance\"}");

    assertThat(failed(Failure.FUNDS_EXHAUSTED).detail()).contains("Insufficient balance");
  }

  @Test
  void a_used_up_quota_is_not_a_rate_limit() {
    provider.answers(
        429, "{\"error\": {\"message\": \"quota\", \"code\": \"insufficient_quota\"}}");

    failed(Failure.FUNDS_EXHAUSTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17|PT17S",
        "Mon, 23 Nov 2026 12:01:30 GMT|PT1M30S",
        "Mon, 23 Nov 2026 11:00:00 GMT|PT0S"
      })
  void the_wait_a_provider_asks_for_is_passed_on(String header, Duration wait) {
    provider.answers(aResponse().withStatus(429).withHeader("Retry-After", header));

    assertThat(failed(Failure.RATE_LIMITED).retryAfter()).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "later", "-5", "99999999999999"})
  void an_unreadable_wait_is_none(String header) {
    provider.answers(aResponse().withStatus(429).withHeader("Retry-After", header));

    assertThat(failed(Failure.RATE_LIMITED).retryAfter()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>bad gateway</html>", "{\"choices\": [", "[]", "data: {}"})
  void a_body_that_is_not_the_protocol_is_a_server_error(String body) {
    provider.answers(200, body);

    failed(Failure.SERVER_ERROR);
  }

  @Test
  void an_error_inside_a_200_is_a_server_error() {
    provider.answers(200, "{\"error\": {\"message\": \"upstream went away\"}}");

    assertThat(failed(Failure.SERVER_ERROR).detail())
        .isEqualTo("instead of a reply: upstream went away");
  }

  @Test
  void a_connection_that_breaks_before_the_reply_is_broken_off_and_may_cost() {
    provider.answers(aResponse().withFault(Fault.EMPTY_RESPONSE));

    assertThat(failed(Failure.BROKEN_OFF).failure().mayCost()).isTrue();
  }

  @Test
  void a_provider_that_is_not_there_is_unreachable() {
    Dialect dialect = provider.deepSeek();
    provider.close();

    var failed = (ChatReply.Failed) provider.chat(dialect, ProviderStub.request());

    assertThat(failed.failure()).isEqualTo(Failure.UNREACHABLE);
  }

  @Test
  void a_host_that_is_not_granted_is_unreachable_and_says_why() {
    try (var closed = new OkHttpTransport(Set.of("api.example.org"))) {
      var model =
          new OpenAiCompatibleModel(
              provider.deepSeek(), closed, () -> "sk-x", InstantSource.system());

      var failed = (ChatReply.Failed) model.chat(ProviderStub.request());

      assertThat(failed.failure()).isEqualTo(Failure.UNREACHABLE);
      assertThat(failed.detail()).contains("not granted");
    }
  }

  @Test
  void a_silent_provider_times_out() {
    provider.answers(aResponse().withFixedDelay(5_000));

    var failed =
        (ChatReply.Failed)
            provider.chat(
                provider.deepSeek().withWaiting(Duration.ofMillis(300), Duration.ofMinutes(1)),
                ProviderStub.request());

    assertThat(failed.failure()).isEqualTo(Failure.TIMED_OUT);
    assertThat(provider.received()).isLessThanOrEqualTo(1);
  }

  @Test
  void blank_lines_that_keep_a_connection_alive_do_not_keep_a_call_alive() throws Exception {
    try (var dribbling = new DribblingProvider()) {
      long start = System.nanoTime();

      var failed =
          (ChatReply.Failed)
              provider.chat(
                  Preset.DEEPSEEK
                      .dialect()
                      .withBaseUrl(dribbling.url())
                      .withStream(false)
                      .withWaiting(Duration.ofMillis(400), Duration.ofMinutes(1)),
                  ProviderStub.request());

      assertThat(failed.failure()).isEqualTo(Failure.TIMED_OUT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(dribbling.blankLines()).as("blank lines sent").isPositive();
    }
  }

  @Test
  void blank_lines_before_a_whole_reply_do_no_harm() {
    provider.answers(
        200, "\n\n\n" + ProviderStub.completion("stop", "{\"content\": \"here\"}") + "\n");

    assertThat(((ChatReply.Answer) provider.chat()).text()).isEqualTo("here");
  }

  @Test
  void a_missing_key_sends_nothing() {
    var model =
        new OpenAiCompatibleModel(
            provider.deepSeek(),
            provider.http(),
            () -> {
              throw SupercargoException.user("DEEPSEEK_API_KEY is not set", "Set it.");
            },
            InstantSource.system());

    var failed = (ChatReply.Failed) model.chat(ProviderStub.request());

    assertThat(failed.failure()).isEqualTo(Failure.UNAUTHORISED);
    assertThat(failed.detail()).contains("DEEPSEEK_API_KEY");
    assertThat(provider.received()).isZero();
  }

  @Test
  void no_usage_at_all_is_estimated_rather_than_free() {
    provider.answers(
        200, "{\"choices\": [{\"finish_reason\": \"stop\", \"message\": {\"content\": \"yes\"}}]}");

    Usage usage = ((ChatReply.Answer) provider.chat()).usage();

    assertThat(usage.input()).isPositive();
    assertThat(usage.output()).isPositive();
    assertThat(usage.cost().isPositive()).isTrue();
  }
}
