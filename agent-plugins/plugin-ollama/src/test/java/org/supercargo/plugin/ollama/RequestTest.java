package org.supercargo.plugin.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.plugin.ollama.OllamaStub.json;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.Privacy;

/// What goes to the server, by the published shape of `/api/chat`.
class RequestTest {
  private final OllamaStub server = new OllamaStub();

  @AfterEach
  void stop() {
    server.close();
  }

  private void chat(ChatRequest request) {
    server.answers(200, OllamaStub.words("2 SOL") + OllamaStub.end("stop"));
    assertThat(server.chat(true, request)).isInstanceOf(ChatReply.Answer.class);
  }

  @Test
  void a_request_says_how_large_its_context_is_and_forbids_to_shorten_it() {
    chat(OllamaStub.request(OllamaStub.TRANSFER));

    assertThat(server.sentPath()).isEqualTo("/api/chat");
    assertThat(server.sent())
        .isEqualTo(
            json(
                """
                {"model": "qwen3:8b",
                 "messages": [
                   {"role": "system", "content": "You keep a wallet."},
                   {"role": "user", "content": "balance?"}],
                 "tools": [{"type": "function", "function": {
                   "name": "transfer", "description": "Pays somebody",
                   "parameters": {"type": "object", "properties": {
                     "to": {"type": "string",
                       "description": "who (a known name or an address; names: ann)"},
                     "chain": {"type": "string", "description": "where", "enum": ["solana"]}},
                     "required": ["to"], "additionalProperties": false}}}],
                 "stream": true, "truncate": false, "shift": false,
                 "options": {"num_ctx": 8192, "num_predict": 2048}}
                """));
  }

  @Test
  void a_conversation_keeps_its_calls_thoughts_and_results() {
    var call = new ActionCall("call-2-0", "transfer", "{\"amount\":1.50,\"to\":\"ann\"}");
    chat(
        new ChatRequest(
            "",
            List.of(
                new ChatMessage.Owner("pay"),
                new ChatMessage.Assistant("Wait.", "hm \ud83d", List.of(call)),
                new ChatMessage.Result("call-2-0", "transfer", "done"),
                new ChatMessage.Notice("Go on."),
                new ChatMessage.Assistant("Done.", null, List.of())),
            List.of()));

    assertThat(server.sent().path("messages"))
        .isEqualTo(
            json(
                """
                [{"role": "user", "content": "pay"},
                 {"role": "assistant", "content": "Wait.", "thinking": "hm \\ud83d",
                  "tool_calls": [{"function": {"name": "transfer",
                    "arguments": {"amount": 1.50, "to": "ann"}}}]},
                 {"role": "tool", "tool_name": "transfer", "content": "done"},
                 {"role": "user", "content": "Go on."},
                 {"role": "assistant", "content": "Done."}]
                """));
    assertThat(server.sent().has("tools")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "qwen3:8b, DEFAULT, ''",
    "qwen3:8b, NONE, false",
    "qwen3:8b, LOW, true",
    "qwen3:8b, MAX, true",
    "gpt-oss:20b, MAX, ''"
  })
  void only_a_model_that_can_think_is_told_whether_to(String model, Effort effort, String think) {
    chat(with(model, ChatOptions.DEFAULT.withEffort(effort)));

    assertThat(server.sent().path("think").asText("")).isEqualTo(think);
  }

  @ParameterizedTest
  @CsvSource({"NONE, low", "LOW, low", "HIGH, high", "MAX, high"})
  void a_model_with_levels_is_given_one(Effort effort, String level) {
    var model = LocalModel.of("gpt-oss:20b", 4096).withAbilities(Set.of(Ability.THINKING));

    String body =
        new RequestWriter(model.card("ollama", server.url()), true)
            .write(with("", ChatOptions.DEFAULT.withEffort(effort)));

    assertThat(json(body).path("think")).isEqualTo(json("\"" + level + "\""));
  }

  private static ChatRequest with(String model, ChatOptions options) {
    return new ChatRequest(model, List.of(new ChatMessage.Owner("x")), List.of(), options);
  }

  @Test
  void json_and_a_longest_reply_are_asked_for() {
    server.answers(200, OllamaStub.words("{}") + OllamaStub.end("stop"));

    server.chat(true, with("", ChatOptions.DEFAULT.withJson(true).withLongestReply(99)));

    assertThat(server.sent().path("format").asText()).isEqualTo("json");
    assertThat(server.sent().path("options").path("num_predict").asInt()).isEqualTo(99);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:11434, qwen3:8b, OWN_MACHINE",
    "http://localhost:11434, qwen3:8b, OWN_MACHINE",
    "http://[::1]:11434, qwen3:8b, OWN_MACHINE",
    "http://127.0.0.1.example.org, qwen3:8b, PROVIDER",
    "http://192.168.0.2:11434, qwen3:8b, PROVIDER",
    "https://ollama.com, qwen3:8b, PROVIDER",
    "http://127.0.0.1:11434, gpt-oss:120b-cloud, PROVIDER",
    "http://127.0.0.1:11434, kimi-k2:cloud, PROVIDER"
  })
  void words_stay_on_the_owner_s_machine_only_if_the_model_does(
      URI address, String model, Privacy privacy) {
    var card = LocalModel.of(model, 4096).card("ollama", address);

    assertThat(card.privacy()).isEqualTo(privacy);
    assertThat(card.cost(1_000_000, 1_000_000, OllamaStub.CLOCK.instant()))
        .isEqualTo(Amount.zero(Asset.USD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1",
        "localhost:11434",
        "http://a:b@127.0.0.1",
        "http://127.0.0.1/v1"
      })
  void an_address_that_is_not_a_server_s_is_refused(String address) {
    var settings = OllamaSettings.local(List.of(OllamaStub.MODEL));

    assertThat(settings.host()).isEqualTo("127.0.0.1:11434");
    assertThatThrownBy(() -> settings.withServer(URI.create(address)))
        .isInstanceOf(SupercargoException.class);
  }

  @Test
  void a_model_that_is_not_configured_is_not_asked_for() {
    var failed = (ChatReply.Failed) server.chat(true, with("llama9", ChatOptions.DEFAULT));

    assertThat(failed.failure()).isEqualTo(ChatReply.Failure.INVALID_REQUEST);
    assertThat(server.received()).isZero();
  }
}
