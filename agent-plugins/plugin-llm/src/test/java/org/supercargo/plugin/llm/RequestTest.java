package org.supercargo.plugin.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;

/// What goes to the provider.
class RequestTest {
  private static final ActionSpec TRANSFER =
      new ActionSpec(
          "transfer",
          "Pay someone",
          ActionSpec.Kind.EFFECT,
          List.of(
              parameter("payee", ParameterType.PAYEE, true, "alice", "bob"),
              parameter("amount", ParameterType.AMOUNT, true, "USDC", "SOL"),
              parameter("chain", ParameterType.CHAIN, false, "solana", "base"),
              parameter("memo", ParameterType.TEXT, false)),
          List.of("send {amount} to {payee}"));

  private static final ActionSpec EVERY_TYPE =
      new ActionSpec(
          "every",
          "Every type",
          ActionSpec.Kind.READ,
          List.of(
              parameter("count", ParameterType.INTEGER, true),
              parameter("flag", ParameterType.BOOLEAN, true),
              parameter("choice", ParameterType.CHOICE, true, "red", "blue"),
              parameter("asset", ParameterType.ASSET, true, "USDC"),
              parameter("wait", ParameterType.DURATION, true)),
          List.of());

  private final ProviderStub provider = new ProviderStub();

  @BeforeEach
  void answer() {
    provider.says("stop", "{\"role\": \"assistant\", \"content\": \"done\"}");
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private static Parameter parameter(
      String name, ParameterType type, boolean required, String... choices) {
    return new Parameter(name, "the " + name, type, required, List.of(choices));
  }

  @Test
  void a_deepseek_request_has_the_published_shape() {
    provider.chat(provider.deepSeek(), ProviderStub.request(TRANSFER));

    assertThat(provider.sentPath()).isEqualTo("/chat/completions");
    assertThat(provider.sentHeader("Authorization")).isEqualTo("Bearer " + ProviderStub.KEY);
    assertThat(provider.sentHeader("Content-Type")).isEqualTo("application/json");
    assertThat(provider.sent())
        .isEqualTo(
            ProviderStub.json(
                """
                {
                  "model": "deepseek-flash",
                  "messages": [
                    {"role": "system", "content": "You keep a wallet."},
                    {"role": "user", "content": "balance?"}
                  ],
                  "tools": [
                    {
                      "type": "function",
                      "function": {
                        "name": "transfer",
                        "description": "Pay someone\\nAsked for with: send {amount} to {payee}",
                        "parameters": {
                          "type": "object",
                          "properties": {
                            "payee": {
                              "type": "string",
                              "description": "the payee (a known name or an address; names: alice, bob)"
                            },
                            "amount": {
                              "type": "string",
                              "description": "the amount (a plain positive decimal number, a space and a symbol, such as 2.5 USDC; symbols: USDC, SOL)"
                            },
                            "chain": {
                              "type": "string",
                              "description": "the chain",
                              "enum": ["solana", "base"]
                            },
                            "memo": {"type": "string", "description": "the memo"}
                          },
                          "required": ["payee", "amount"],
                          "additionalProperties": false
                        }
                      }
                    }
                  ],
                  "tool_choice": "auto",
                  "stream": false,
                  "thinking": {"type": "enabled"}
                }
                """));
  }

  @Test
  void every_parameter_type_has_a_schema() {
    provider.chat(provider.deepSeek(), ProviderStub.request(EVERY_TYPE));

    JsonNode properties = provider.sent().at("/tools/0/function/parameters/properties");
    assertThat(properties.at("/count/type").asText()).isEqualTo("integer");
    assertThat(properties.at("/flag/type").asText()).isEqualTo("boolean");
    assertThat(properties.at("/choice/enum").toString()).isEqualTo("[\"red\",\"blue\"]");
    assertThat(properties.at("/asset/enum").toString()).isEqualTo("[\"USDC\"]");
    assertThat(properties.at("/wait/description").asText()).contains("PT5M");
  }

  @Test
  void actions_keep_their_order_and_two_equal_requests_are_equal_bytes() {
    provider.chat(provider.deepSeek(), ProviderStub.request(EVERY_TYPE, TRANSFER));
    String first = provider.sentText();
    provider.chat(provider.deepSeek(), ProviderStub.request(EVERY_TYPE, TRANSFER));

    assertThat(provider.sentText()).isEqualTo(first);
    assertThat(provider.sent().path("tools").findValuesAsText("name"))
        .containsSubsequence("every", "transfer");
  }

  @Test
  void without_actions_there_is_neither_a_tool_nor_a_choice() {
    provider.chat();

    assertThat(provider.sent().has("tools")).isFalse();
    assertThat(provider.sent().has("tool_choice")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "  spaces and\n\ttabs\r\n  ",
        "\"quotes\" \\ back\\u0041slashes </script>",
        "漢字 emoji 🚢 combining e\u0301 zero-width \u200b line \u2028 bell \u0007 null \u0000",
        "half a pair \ud83d and the other \udea2"
      })
  void reasoning_is_kept_and_sent_back_character_for_character(String reasoning) {
    provider.says(
        "tool_calls",
        Json.write(
            Json.object()
                .put("role", "assistant")
                .put("content", "")
                .put("reasoning_content", reasoning)
                .set(
                    "tool_calls",
                    ProviderStub.json(
                        """
                        [{"id": "call_1", "type": "function",
                          "function": {"name": "balances", "arguments": "{ \\"chain\\" :null}"}}]
                        """))));
    var reply = (ChatReply.Calls) provider.chat();
    assertThat(reply.reasoning()).isEqualTo(reasoning);

    provider.chat(
        provider.deepSeek(),
        new ChatRequest(
            "",
            List.of(
                new ChatMessage.Owner("balance?"),
                new ChatMessage.Assistant(reply.text(), reply.reasoning(), reply.calls()),
                new ChatMessage.Result("call_1", "balances", "2 SOL")),
            List.of()));

    JsonNode turn = provider.sent().at("/messages/1");
    assertThat(turn.path("reasoning_content").textValue()).isEqualTo(reasoning);
    assertThat(turn.at("/tool_calls/0/function/arguments").textValue())
        .isEqualTo("{ \"chain\" :null}");
    assertThat(turn.at("/tool_calls/0/id").textValue()).isEqualTo("call_1");
    assertThat(provider.sent().at("/messages/2"))
        .isEqualTo(
            ProviderStub.json(
                "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"2 SOL\"}"));
  }

  @Test
  void every_turn_with_reasoning_gets_it_back_and_turns_without_get_no_field() {
    provider.chat(
        provider.deepSeek(),
        new ChatRequest(
            "",
            List.of(
                new ChatMessage.Owner("one"),
                new ChatMessage.Assistant("a", "thought a", List.of()),
                new ChatMessage.Owner("two"),
                new ChatMessage.Assistant("b", null, List.of()),
                new ChatMessage.Owner("three"),
                new ChatMessage.Assistant(
                    "c", "thought c", List.of(new ActionCall("x", "balances", "{}"))),
                new ChatMessage.Result("x", "balances", "nothing")),
            List.of()));

    JsonNode messages = provider.sent().path("messages");
    assertThat(messages.at("/1/reasoning_content").textValue()).isEqualTo("thought a");
    assertThat(messages.path(3).has("reasoning_content")).isFalse();
    assertThat(messages.at("/5/reasoning_content").textValue()).isEqualTo("thought c");
  }

  @Test
  void a_plain_dialect_sends_neither_thinking_nor_reasoning_nor_a_key() {
    Dialect local =
        Preset.OPENAI_COMPATIBLE
            .dialect()
            .withBaseUrl(URI.create(provider.url() + "/v1/"))
            .withCards(List.of(ProviderStub.free("small")));

    ChatReply reply =
        provider.chat(
            local,
            new ChatRequest(
                "",
                List.of(
                    new ChatMessage.Owner("hi"),
                    new ChatMessage.Assistant("a", "thought", List.of())),
                List.of()));

    assertThat(reply).isInstanceOf(ChatReply.Answer.class);
    assertThat(provider.sentPath()).isEqualTo("/v1/chat/completions");
    assertThat(provider.sentHeader("Authorization")).isNull();
    assertThat(provider.sent().has("thinking")).isFalse();
    assertThat(provider.sentText()).doesNotContain("thought");
  }

  @Test
  void thinking_can_be_switched_off_and_extra_fields_added() {
    provider.chat(
        provider
            .deepSeek()
            .withThinking(provider.deepSeek().thinking().withUsual(Effort.NONE))
            .withExtra(
                provider.deepSeek().extra().withUserId("crew").withOwn("{\"max_tokens\": 4096}")),
        ProviderStub.request());

    assertThat(provider.sent().at("/thinking/type").asText()).isEqualTo("disabled");
    assertThat(provider.sent().path("max_tokens").asInt()).isEqualTo(4096);
    assertThat(provider.sent().path("user_id").asText()).isEqualTo("crew");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"stream\": true}", "{\"messages\": []}", "{} {}"})
  void extra_fields_that_would_break_a_request_are_refused_at_construction(String extra) {
    Dialect dialect = provider.deepSeek().withExtra(provider.deepSeek().extra().withOwn(extra));

    assertThatThrownBy(() -> provider.chat(dialect, ProviderStub.request()))
        .hasMessageContaining("extra body field");
    assertThat(provider.received()).isZero();
  }

  @Test
  void the_model_named_by_the_request_wins() {
    provider.chat(provider.deepSeek(), new ChatRequest("deepseek-v4-flash", List.of(), List.of()));

    assertThat(provider.sent().path("model").asText()).isEqualTo("deepseek-v4-flash");
  }
}
