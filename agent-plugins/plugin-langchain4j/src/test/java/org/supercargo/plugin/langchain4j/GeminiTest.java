package org.supercargo.plugin.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.plugin.langchain4j.ProviderStub.candidate;
import static org.supercargo.plugin.langchain4j.ProviderStub.json;

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

/// Gemini, by the published shapes of its contents.
class GeminiTest {
  private static final String CALLS =
      """
      [{"functionCall": {"name": "transfer", "args": {"to": "ann", "amount": 0.10}},
        "thoughtSignature": "CiQBFIRST=="},
       {"functionCall": {"name": "transfer", "args": {"to": "bob"}},
        "thoughtSignature": "CiQBSECOND=="}]
      """;

  private final ProviderStub provider = new ProviderStub();

  @AfterEach
  void stop() {
    provider.close();
  }

  private ChatReply chat() {
    return provider.gemini().chat(ProviderStub.request(ProviderStub.TRANSFER));
  }

  private void unusable(Defect defect) {
    ChatReply reply = chat();
    assertThat(reply).isInstanceOf(ChatReply.Unusable.class);
    assertThat(((ChatReply.Unusable) reply).defect()).as(reply.toString()).isEqualTo(defect);
    assertThat(provider.received()).as("requests on the wire").isEqualTo(1);
  }

  @Test
  void a_request_has_the_published_shape() {
    provider.answers(200, candidate("STOP", "[{\"text\": \"2 SOL\"}]"));

    assertThat(((ChatReply.Answer) chat()).text()).isEqualTo("2 SOL");

    assertThat(provider.newest().getUrl()).isEqualTo("/models/gemini-test:generateContent");
    assertThat(provider.newest().getHeader("x-goog-api-key")).isEqualTo(ProviderStub.KEY);
    assertThat(
            provider.sent().path("systemInstruction").path("parts").path(0).path("text").asText())
        .isEqualTo("You keep a wallet.");
    var declared = provider.sent().path("tools").path(0).path("functionDeclarations").path(0);
    assertThat(declared.path("name").asText()).isEqualTo("transfer");
    assertThat(declared.findValue("required")).isEqualTo(json("[\"to\", \"amount\"]"));
    assertThat(declared.findValue("enum")).isEqualTo(json("[\"solana\"]"));
  }

  @Test
  void options_go_where_the_model_reads_them() {
    provider.answers(200, candidate("STOP", "[{\"text\": \"{}\"}]"));
    var options = ChatOptions.DEFAULT.withEffort(Effort.LOW).withLongestReply(77).withJson(true);

    provider
        .gemini()
        .chat(new ChatRequest("", List.of(new ChatMessage.Owner("x")), List.of(), options));

    var config = provider.sent().path("generationConfig");
    assertThat(config.path("maxOutputTokens").asInt()).isEqualTo(77);
    assertThat(config.path("responseMimeType").asText()).isEqualTo("application/json");
    assertThat(config.path("thinkingConfig").path("thinkingLevel").asText())
        .isEqualToIgnoringCase("low");
  }

  @Test
  void calls_without_ids_get_ids_by_their_place_that_the_provider_never_sees() {
    provider.answers(200, candidate("STOP", CALLS));

    var calls = (ChatReply.Calls) chat();
    provider.gemini().chat(ProviderStub.after(calls));

    assertThat(calls.calls()).extracting(call -> call.id()).containsExactly("call-2-0", "call-2-1");
    assertThat(calls.calls().getFirst().arguments()).isEqualTo("{\"to\":\"ann\",\"amount\":0.10}");
    assertThat(provider.newest().getBodyAsString()).doesNotContain("call-2-");
    assertThat(provider.sent().findValue("functionResponse").path("name").asText())
        .isEqualTo("transfer");
  }

  @Test
  void every_signature_comes_back_on_its_own_part() {
    provider.answers(200, candidate("STOP", CALLS));

    provider.gemini().chat(ProviderStub.after((ChatReply.Calls) chat()));

    assertThat(provider.sent().path("contents").path(1).path("parts")).isEqualTo(json(CALLS));
  }

  @ParameterizedTest
  @CsvSource({
    "MAX_TOKENS, TRUNCATED",
    "OTHER, TRUNCATED",
    "SAFETY, REFUSED",
    "PROHIBITED_CONTENT, REFUSED",
    "MALFORMED_FUNCTION_CALL, MALFORMED_CALL"
  })
  void a_call_of_a_reply_that_is_not_whole_is_dropped_although_LangChain4j_calls_it_whole(
      String reason, Defect defect) {
    provider.answers(200, candidate(reason, CALLS));

    unusable(defect);
  }

  @Test
  void a_reply_without_a_reason_is_not_known_to_be_whole() {
    provider.answers(
        200, "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"You ho\"}]}}]}");

    unusable(Defect.TRUNCATED);
  }

  @Test
  void a_prompt_that_is_blocked_is_refused() {
    provider.answers(200, "{\"promptFeedback\": {\"blockReason\": \"SAFETY\"}}");

    unusable(Defect.REFUSED);
  }

  @Test
  void a_reply_without_parts_is_empty() {
    provider.answers(200, candidate("STOP", "[]"));

    unusable(Defect.EMPTY);
  }

  @Test
  void thoughts_are_counted_as_output_and_the_cache_as_input() {
    provider.answers(200, candidate("STOP", "[{\"text\": \"x\"}]"));

    var usage = chat().used();

    assertThat(List.of(usage.input(), usage.cached(), usage.output(), usage.reasoning()))
        .containsExactly(1000L, 400L, 300L, 250L);
    // 600 at 10 dollars, 400 at 1, 300 at 100.
    assertThat(usage.cost()).isEqualTo(Amount.parse("0.0364", Asset.USD));
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT, bad field, INVALID_REQUEST",
    "400, INVALID_ARGUMENT, API key not valid. Please pass a valid API key., UNAUTHORISED",
    "400, INVALID_ARGUMENT, The input token count exceeds the maximum, CONTEXT_OVERFLOW",
    "403, PERMISSION_DENIED, no, UNAUTHORISED",
    "404, NOT_FOUND, models/x is not found, INVALID_REQUEST",
    "429, RESOURCE_EXHAUSTED, quota, RATE_LIMITED",
    "500, INTERNAL, oops, SERVER_ERROR",
    "503, UNAVAILABLE, overloaded, OVERLOADED",
    "504, DEADLINE_EXCEEDED, long, TIMED_OUT"
  })
  void every_status_has_its_type_and_is_asked_for_once(
      int status, String name, String words, Failure failure) {
    provider.answers(
        status,
        "{\"error\": {\"code\": %d, \"message\": \"%s\", \"status\": \"%s\"}}"
            .formatted(status, words, name));

    var failed = (ChatReply.Failed) chat();

    assertThat(failed.failure()).as(failed.detail()).isEqualTo(failure);
    assertThat(provider.received()).isEqualTo(1);
  }
}
