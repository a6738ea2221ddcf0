package org.supercargo.plugin.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.Privacy;

/// What each provider is sent that others are not.
class DialectTest {
  private static final ActionSpec BALANCES =
      new ActionSpec("balances", "Shows them", ActionSpec.Kind.READ, List.of(), List.of());

  private final ProviderStub provider = new ProviderStub();

  @BeforeEach
  void answer() {
    provider.says("stop", "{\"role\": \"assistant\", \"content\": \"done\"}");
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private static ChatRequest asking(ChatOptions options, ActionSpec... actions) {
    return new ChatRequest(
        "", List.of(new ChatMessage.Owner("balance?")), List.of(actions), options);
  }

  private JsonNode sent(Dialect dialect, ChatRequest request) {
    provider.chat(dialect, request);
    return provider.sent();
  }

  /// A preset on the stub, with a model where it has none.
  private Dialect staged(Preset preset) {
    Dialect dialect = preset.dialect().withBaseUrl(provider.url()).withStream(false);
    return dialect.cards().isEmpty()
        ? dialect.withCards(List.of(ProviderStub.free("small")))
        : dialect;
  }

  @ParameterizedTest
  @CsvSource({
    "DEFAULT,false,enabled,",
    "DEFAULT,true,enabled,",
    "NONE,true,disabled,",
    "LOW,true,enabled,low",
    "HIGH,true,enabled,high",
    "MAX,false,enabled,max",
    "MAX,true,enabled,high"
  })
  void deepseek_is_always_told_whether_to_think(
      Effort effort, boolean actions, String type, String word) {
    ChatOptions options = ChatOptions.DEFAULT.withEffort(effort);

    JsonNode body =
        sent(provider.deepSeek(), actions ? asking(options, BALANCES) : asking(options));

    assertThat(body.at("/thinking/type").asText()).isEqualTo(type);
    assertThat(body.path("reasoning_effort").textValue()).isEqualTo(word);
    assertThat(body.path("tool_choice").textValue()).isEqualTo(actions ? "auto" : null);
  }

  @Test
  void a_request_that_wants_json_and_a_short_reply_says_so() {
    JsonNode body =
        sent(provider.deepSeek(), asking(ChatOptions.DEFAULT.withJson(true).withLongestReply(900)));

    assertThat(body.at("/response_format/type").asText()).isEqualTo("json_object");
    assertThat(body.path("max_tokens").asInt()).isEqualTo(900);
  }

  @Test
  void a_reply_is_never_wanted_longer_than_the_model_can() {
    JsonNode body =
        sent(
            staged(Preset.OPENAI_COMPATIBLE),
            asking(ChatOptions.DEFAULT.withLongestReply(999_999)));

    assertThat(body.path("max_tokens").asInt()).isEqualTo(1_000);
  }

  @Test
  void a_request_that_wants_nothing_special_says_nothing_special() {
    JsonNode body = sent(provider.deepSeek(), asking(ChatOptions.DEFAULT));

    assertThat(body.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("model", "messages", "stream", "thinking");
  }

  @Test
  void a_longer_conversation_begins_with_the_bytes_of_the_shorter_one() {
    List<ChatMessage> shorter =
        List.of(new ChatMessage.Instructions("Keep a wallet."), new ChatMessage.Owner("balance?"));
    List<ChatMessage> longer =
        List.of(
            shorter.get(0),
            shorter.get(1),
            new ChatMessage.Assistant("", "hm", List.of(new ActionCall("a", "balances", "{ }"))),
            new ChatMessage.Result("a", "balances", "2 SOL"),
            new ChatMessage.Notice("Market: 180."));
    provider.chat(provider.deepSeek(), new ChatRequest("", shorter, List.of(BALANCES)));
    String first = provider.sent().path("messages").toString();
    JsonNode tools = provider.sent().path("tools");

    JsonNode second = sent(provider.deepSeek(), new ChatRequest("", longer, List.of(BALANCES)));

    assertThat(second.path("messages").toString())
        .startsWith(first.substring(0, first.length() - 1));
    assertThat(second.path("tools")).isEqualTo(tools);
    assertThat(second.at("/messages/4/role").asText()).isEqualTo("user");
  }

  @Test
  void an_endpoint_that_wants_an_empty_field_gets_it_on_turns_with_calls_only() {
    Dialect dialect = provider.deepSeek();
    var request =
        new ChatRequest(
            "",
            List.of(
                new ChatMessage.Assistant("a", null, List.of()),
                new ChatMessage.Assistant(
                    "", null, List.of(new ActionCall("x", "balances", "{}")))),
            List.of());

    JsonNode plain = sent(dialect, request);
    JsonNode wanted = sent(dialect.withThinking(dialect.thinking().withEmptyField(true)), request);

    assertThat(plain.toString()).doesNotContain("reasoning_content");
    assertThat(wanted.at("/messages/0").has("reasoning_content")).isFalse();
    assertThat(wanted.at("/messages/1/reasoning_content").textValue()).isEmpty();
  }

  @Test
  void strict_actions_go_to_the_beta_path_and_others_do_not() {
    Dialect strict = provider.deepSeek().withStrict(true);

    JsonNode body = sent(strict, asking(ChatOptions.DEFAULT, BALANCES));
    assertThat(provider.sentPath()).isEqualTo("/beta/chat/completions");
    assertThat(body.at("/tools/0/function/strict").asBoolean()).isTrue();

    sent(strict, asking(ChatOptions.DEFAULT));
    assertThat(provider.sentPath()).isEqualTo("/chat/completions");
    sent(provider.deepSeek(), asking(ChatOptions.DEFAULT, BALANCES));
    assertThat(provider.sentText()).doesNotContain("strict");
    assertThat(strict.cards().getFirst().abilities()).contains(Ability.STRICT_ACTIONS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deepseek-chat", "deepseek-reasoner"})
  void a_retired_model_is_refused_with_advice(String model) {
    Dialect dialect = provider.deepSeek();
    var failed =
        (ChatReply.Failed) provider.chat(dialect, new ChatRequest(model, List.of(), List.of()));

    assertThat(failed.failure()).isEqualTo(ChatReply.Failure.INVALID_REQUEST);
    assertThat(failed.detail()).contains("no longer").contains("deepseek-flash");
    assertThat(provider.received()).isZero();
    assertThatThrownBy(() -> dialect.withCards(List.of(ProviderStub.free(model))))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(model);
  }

  @Test
  void venice_adds_neither_its_prompt_nor_a_search() {
    JsonNode body =
        sent(
            staged(Preset.VENICE)
                .withExtra(
                    Preset.VENICE
                        .dialect()
                        .extra()
                        .withOwn("{\"venice_parameters\": {\"strip_thinking_response\": true}}")),
            asking(ChatOptions.DEFAULT.withEffort(Effort.LOW).withLongestReply(5)));

    assertThat(body.path("venice_parameters"))
        .isEqualTo(
            ProviderStub.json(
                """
                {"include_venice_system_prompt": false, "enable_web_search": "off",
                 "strip_thinking_response": true}
                """));
    assertThat(body.path("reasoning_effort").asText()).isEqualTo("low");
    assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void openai_gets_its_own_fields() {
    JsonNode body =
        sent(
            staged(Preset.OPENAI).withExtra(Preset.OPENAI.dialect().extra().withUserId("crew")),
            asking(ChatOptions.DEFAULT.withEffort(Effort.NONE).withLongestReply(7), BALANCES));

    assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(7);
    assertThat(body.path("reasoning_effort").asText()).isEqualTo("none");
    assertThat(body.path("safety_identifier").asText()).isEqualTo("crew");
    assertThat(body.at("/tools/0/function/strict").asBoolean()).isTrue();
    assertThat(provider.sentPath()).isEqualTo("/chat/completions");
  }

  @Test
  void openrouter_says_what_a_call_cost() {
    provider.answers(
        200,
        """
        {"provider": "Somebody", "choices": [{"finish_reason": "stop", "message":
          {"content": "yes", "reasoning": "hm"}}],
         "usage": {"prompt_tokens": 10, "completion_tokens": 1, "cost": 0.00012345678912345}}
        """);
    Dialect dialect = staged(Preset.OPENROUTER);

    var answer =
        (ChatReply.Answer)
            provider.chat(dialect, asking(ChatOptions.DEFAULT.withEffort(Effort.HIGH)));

    assertThat(answer.usage().cost()).hasToString("0.00012345679 USD");
    assertThat(answer.reasoning()).isEqualTo("hm");
    assertThat(provider.sent().at("/usage/include").asBoolean()).isTrue();
    assertThat(provider.sent().at("/provider/data_collection").asText()).isEqualTo("deny");
    assertThat(provider.sent().at("/reasoning/effort").asText()).isEqualTo("high");
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void every_preset_answers_and_has_cards_under_its_name(Preset preset) {
    Dialect dialect = staged(preset);

    assertThat(provider.chat(dialect, asking(ChatOptions.DEFAULT, BALANCES)))
        .isInstanceOf(ChatReply.Answer.class);
    assertThat(dialect.cards()).extracting(ModelCard::backend).containsOnly(preset.word());
    assertThat(Preset.named(preset.word())).isEqualTo(preset);
  }

  @Test
  void a_configuration_changes_what_it_names_and_nothing_else() {
    var settings =
        new BackendSettings(
            "mine",
            Preset.DEEPSEEK,
            null,
            "MY_KEY",
            List.of(new BackendSettings.Model("deepseek-v4-pro", null, 9_000, null, null, null)),
            false,
            true,
            Effort.LOW,
            Duration.ofSeconds(90),
            null,
            "crew",
            "{\"temperature\": 0}");

    Dialect dialect = settings.dialect();

    assertThat(dialect.name()).isEqualTo("mine");
    assertThat(dialect.endpoint()).isEqualTo(Endpoint.of("https://api.deepseek.com", "MY_KEY"));
    assertThat(dialect.wire().stream()).isFalse();
    assertThat(dialect.wire().strict()).isTrue();
    assertThat(dialect.thinking().usual()).isEqualTo(Effort.LOW);
    assertThat(dialect.waiting())
        .isEqualTo(new Waiting(Duration.ofSeconds(90), Duration.ofMinutes(5)));
    assertThat(dialect.cards())
        .extracting(ModelCard::reference)
        .containsExactly("mine/deepseek-v4-pro");
    assertThat(dialect.cards().getFirst().contextTokens()).isEqualTo(9_000);
    assertThat(dialect.cards().getFirst().longestReply()).isEqualTo(384_000);
    assertThat(BackendSettings.of(Preset.DEEPSEEK).dialect()).isEqualTo(Preset.DEEPSEEK.dialect());
  }

  @Test
  void an_unpriced_model_is_free_on_this_machine_only() {
    var here = settings(Preset.VLLM, null, "qwen").dialect().cards().getFirst();

    assertThat(here.privacy()).isEqualTo(Privacy.OWN_MACHINE);
    assertThat(here.cost(1_000, 1_000, ProviderStub.EVENING).isPositive()).isFalse();
    assertThatThrownBy(
            () -> settings(Preset.VLLM, URI.create("https://gpu.example.org/v1"), "qwen").dialect())
        .hasMessageContaining("no price for the model \"qwen\"");
  }

  @Test
  void another_server_does_not_inherit_a_provider_s_promises() {
    Dialect elsewhere =
        settings(Preset.VENICE, URI.create("https://relay.example.org/v1")).dialect();

    assertThat(elsewhere.cards()).extracting(ModelCard::privacy).containsOnly(Privacy.PROVIDER);
  }

  private static BackendSettings settings(Preset preset, @Nullable URI url, String... models) {
    return new BackendSettings(
        preset.word(),
        preset,
        url,
        null,
        List.of(models).stream().map(BackendSettings.Model::named).toList(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void a_backend_without_a_model_is_refused() {
    assertThatThrownBy(() ->
            new OpenAiCompatibleModel(
                Preset.OPENAI.dialect(), provider.http(), () -> "k", InstantSource.system()))
        .hasMessageContaining("No model of openai");
  }

  @Test
  void a_user_id_has_512_bytes_at_the_most() {
    assertThat(ExtraFields.NONE.withUserId("ü".repeat(256)).userId()).hasSize(256);
    assertThatThrownBy(() -> ExtraFields.NONE.withUserId("ü".repeat(257)))
        .hasMessageContaining("512");
  }

  @ParameterizedTest
  @CsvSource({
    "0,1795435260,0,5,PT1M",
    "0,1795435260000,9,5,PT1M",
    "7,1795435260,0,5,PT5S",
    "0,6m1s,9,9,PT6M1S",
    "0,250ms,9,9,PT0.25S",
    "0,1h2m3.5s,9,9,PT1H2M3.5S",
    "7,5,7,5,",
    "0,soon,9,9,"
  })
  void the_limit_that_is_used_up_says_how_long_to_wait(
      String requests, String reset, String tokens, String tokenReset, Duration wait) {
    provider.answers(
        aResponse()
            .withStatus(429)
            .withHeader("x-ratelimit-remaining-requests", requests)
            .withHeader("x-ratelimit-reset-requests", reset)
            .withHeader("x-ratelimit-remaining-tokens", tokens)
            .withHeader("x-ratelimit-reset-tokens", tokenReset));

    assertThat(((ChatReply.Failed) provider.chat()).retryAfter()).isEqualTo(wait);
  }
}
