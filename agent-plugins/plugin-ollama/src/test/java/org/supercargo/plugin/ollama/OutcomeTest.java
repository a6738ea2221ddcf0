package org.supercargo.plugin.ollama;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.plugin.ollama.OllamaStub.end;
import static org.supercargo.plugin.ollama.OllamaStub.line;
import static org.supercargo.plugin.ollama.OllamaStub.words;

import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.testkit.model.DribblingProvider;

/// Everything a server can answer, and the type it gets.
@Timeout(60)
class OutcomeTest {
  private final OllamaStub server = new OllamaStub();

  @AfterEach
  void stop() {
    server.close();
  }

  private static String call(String arguments) {
    return line(
        "{\"role\": \"assistant\", \"content\": \"\", \"tool_calls\": [{\"function\": {\"name\":"
            + " \"transfer\", \"arguments\": "
            + arguments
            + "}}]}",
        "\"done\": false");
  }

  private static String thought(String text) {
    return line(
        "{\"role\": \"assistant\", \"content\": \"\", \"thinking\": \"" + text + "\"}",
        "\"done\": false");
  }

  private void unusable(Defect defect, String body) {
    server.answers(200, body);
    ChatReply reply = server.chat(true);
    assertThat(reply).isInstanceOf(ChatReply.Unusable.class);
    assertThat(((ChatReply.Unusable) reply).defect()).as(reply.toString()).isEqualTo(defect);
    assertThat(server.received()).as("requests on the wire").isEqualTo(1);
  }

  @Test
  void the_pieces_of_an_answer_are_put_together() {
    server.answers(
        200, thought("hm ") + thought("so") + words("You hold ") + words("2 §OL") + end("stop"));

    var answer = (ChatReply.Answer) server.chat(true);

    assertThat(answer.text()).isEqualTo("You hold 2 §OL");
    assertThat(answer.reasoning()).isEqualTo("hm so");
    assertThat(answer.usage().input()).isEqualTo(1200);
    assertThat(answer.usage().output()).isEqualTo(290);
    assertThat(answer.usage().cost()).isEqualTo(Amount.zero(Asset.USD));
  }

  @Test
  void a_line_cut_inside_a_character_is_put_together() {
    server.answers(
        aResponse().withBody(words("ä".repeat(3000)) + end("stop")).withChunkedDribbleDelay(7, 50));

    assertThat(((ChatReply.Answer) server.chat(true)).text()).isEqualTo("ä".repeat(3000));
  }

  @Test
  void a_reply_in_one_piece_is_read_the_same_way() {
    server.answers(
        200,
        line(
            "{\"role\": \"assistant\", \"content\": \"2 SOL\"}",
            "\"done\": true, \"done_reason\": \"stop\", \"prompt_eval_count\": 7"));

    var answer = (ChatReply.Answer) server.chat(false);

    assertThat(answer.text()).isEqualTo("2 SOL");
    assertThat(answer.reasoning()).isNull();
    assertThat(server.sent().path("stream").asBoolean(true)).isFalse();
  }

  @Test
  void calls_get_ids_by_their_place_and_one_text_for_the_same_arguments() {
    server.answers(
        200, call("{\"z\": 1.50, \"a\": {\"d\": 1, \"c\": 2}}") + call("{}") + end("stop"));

    var calls = (ChatReply.Calls) server.chat(true);

    assertThat(calls.calls())
        .containsExactly(
            new ActionCall("call-2-0", "transfer", "{\"a\":{\"c\":2,\"d\":1},\"z\":1.50}"),
            new ActionCall("call-2-1", "transfer", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"{\\\"to\\\": \"", "7"})
  void arguments_that_are_not_an_object_are_malformed(String arguments) {
    unusable(Defect.MALFORMED_CALL, call(arguments) + end("stop"));
  }

  @Test
  void a_call_of_a_reply_cut_at_the_limit_is_dropped() {
    unusable(Defect.TRUNCATED, call("{\"to\": \"ann\"}") + end("length"));
  }

  @Test
  void a_call_of_a_stream_that_ends_before_it_is_done_is_dropped() {
    unusable(Defect.TRUNCATED, call("{\"to\": \"ann\"}"));
  }

  @Test
  void an_unknown_reason_is_not_known_to_be_whole() {
    unusable(Defect.TRUNCATED, words("You ho") + end("other"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "load", "unload"})
  void neither_words_nor_calls_is_empty(String reason) {
    unusable(Defect.EMPTY, thought("hm") + end(reason));
  }

  @Test
  void a_body_of_nothing_is_empty() {
    unusable(Defect.EMPTY, "");
  }

  @Test
  void leaked_markup_is_not_an_answer() {
    unusable(Defect.LEAKED_MARKUP, words("<tool_") + words("call>{}") + end("stop"));
  }

  @Test
  void words_that_should_be_json_and_are_not_are_malformed() {
    server.answers(200, words("```json {}```") + end("stop"));

    ChatReply reply =
        server.chat(
            true,
            new ChatRequest(
                "",
                List.of(new ChatMessage.Owner("x")),
                List.of(),
                ChatOptions.DEFAULT.withJson(true)));

    assertThat(((ChatReply.Unusable) reply).defect()).isEqualTo(Defect.MALFORMED_JSON);
  }

  @Test
  void a_prompt_as_long_as_the_context_has_been_cut() {
    server.answers(
        200,
        line(
            "{\"role\": \"assistant\", \"content\": \"2 SOL\"}",
            "\"done\": true, \"done_reason\": \"stop\", \"prompt_eval_count\": 8192"));

    assertThat(((ChatReply.Failed) server.chat(true)).failure())
        .isEqualTo(Failure.CONTEXT_OVERFLOW);
  }

  @ParameterizedTest
  @CsvSource({
    "400, the input length exceeds the context length, CONTEXT_OVERFLOW",
    "400, \"qwen3:8b\" does not support tools, INVALID_REQUEST",
    "401, unauthorized, UNAUTHORISED",
    "402, pay, FUNDS_EXHAUSTED",
    "404, model 'qwen3:8b' not found, INVALID_REQUEST",
    "429, slow, RATE_LIMITED",
    "500, llama runner process has terminated, SERVER_ERROR",
    "503, server busy, OVERLOADED"
  })
  void every_status_has_its_type_and_is_asked_for_once(int status, String words, Failure failure) {
    server.answers(status, Json.write(Json.object().put("error", words)));

    var failed = (ChatReply.Failed) server.chat(true);

    assertThat(failed.failure()).as(failed.detail()).isEqualTo(failure);
    assertThat(failed.detail()).contains("status " + status);
    assertThat(failed.detail().contains("ollama pull qwen3:8b")).isEqualTo(status == 404);
    assertThat(server.received()).isEqualTo(1);
  }

  @Test
  void an_error_in_the_middle_of_a_reply_drops_its_calls() {
    server.answers(200, call("{\"to\": \"ann\"}") + "{\"error\": \"out of memory\"}\n");

    var failed = (ChatReply.Failed) server.chat(true);

    assertThat(failed.failure()).isEqualTo(Failure.SERVER_ERROR);
    assertThat(failed.detail()).contains("out of memory");
  }

  @Test
  void a_line_that_is_not_json_is_a_failure() {
    server.answers(200, words("a") + "<html>\n" + end("stop"));

    assertThat(((ChatReply.Failed) server.chat(true)).failure()).isEqualTo(Failure.SERVER_ERROR);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_connection_that_breaks_is_broken_off(boolean streamed) {
    server.answers(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));

    assertThat(((ChatReply.Failed) server.chat(streamed)).failure()).isEqualTo(Failure.BROKEN_OFF);
  }

  @Test
  void a_server_that_does_not_run_is_unreachable() {
    var settings = server.settings(true).withServer(URI.create("http://127.0.0.1:1"));

    var failed =
        (ChatReply.Failed)
            new OllamaModel(settings, server.http(), OllamaStub.CLOCK).chat(OllamaStub.request());

    assertThat(failed.failure()).isEqualTo(Failure.UNREACHABLE);
    assertThat(failed.detail()).contains("is Ollama running?");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_deadline_holds_while_bytes_keep_arriving(boolean streamed) throws IOException {
    try (var dribbling = new DribblingProvider()) {
      var settings =
          server
              .settings(streamed)
              .withServer(dribbling.url())
              .withTimes(Duration.ofMillis(700), Duration.ofSeconds(20));
      long began = System.nanoTime();

      ChatReply reply =
          new OllamaModel(settings, server.http(), OllamaStub.CLOCK).chat(OllamaStub.request());

      assertThat(((ChatReply.Failed) reply).failure()).isEqualTo(Failure.TIMED_OUT);
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(650), Duration.ofSeconds(4));
      assertThat(dribbling.blankLines()).isPositive();
    }
  }
}
