package org.supercargo.plugin.ollama;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.supercargo.plugin.ollama.OllamaStub.end;
import static org.supercargo.plugin.ollama.OllamaStub.line;
import static org.supercargo.plugin.ollama.OllamaStub.words;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.http.cassette.Cassette;
import org.supercargo.http.cassette.CassetteMismatch;
import org.supercargo.http.cassette.RecordedModel;
import org.supercargo.http.cassette.RecordingHttp;
import org.supercargo.http.cassette.ReplayingHttp;

/// Ollama's own protocol from a cassette.
@Timeout(60)
class RecordedSessionTest {
  private static final String CALL =
      line(
              "{\"role\": \"assistant\", \"content\": \"\", \"thinking\": \"Grüße? 看 🚢\"}",
              "\"done\": false")
          + line(
              "{\"role\": \"assistant\", \"content\": \"\", \"tool_calls\": [{\"function\":"
                  + " {\"name\": \"transfer\", \"arguments\": {\"to\": \"ann\"}}}]}",
              "\"done\": false")
          + end("stop");

  @TempDir Path folder = Path.of("");

  private RecordingHttp recording(OllamaStub server) {
    return RecordingHttp.to(
        folder.resolve("session.jsonl"), false, server.http(), List.of(), OllamaStub.CLOCK);
  }

  private ReplayingHttp replay() {
    return new ReplayingHttp(Cassette.read(folder.resolve("session.jsonl")));
  }

  private static RecordedModel replayed(OllamaSettings settings, ReplayingHttp replay) {
    return new RecordedModel(replay, (http, clock) -> new OllamaModel(settings, http, clock));
  }

  private static ChatRequest after(ChatReply.Calls calls) {
    var messages = new ArrayList<>(OllamaStub.request().messages());
    messages.add(new ChatMessage.Assistant(calls.text(), calls.reasoning(), calls.calls()));
    calls
        .calls()
        .forEach(call -> messages.add(new ChatMessage.Result(call.id(), call.action(), "done")));
    return new ChatRequest("", messages, List.of(OllamaStub.TRANSFER));
  }

  @ParameterizedTest(name = "streamed: {0}")
  @ValueSource(booleans = {true, false})
  void a_session_with_thoughts_and_calls_is_replayed_to_the_last_byte(boolean streamed) {
    var lived = new ArrayList<ChatReply>();
    OllamaSettings settings;
    try (var server = new OllamaStub();
        RecordingHttp http = recording(server)) {
      settings = server.settings(streamed);
      var model = new OllamaModel(settings, http, OllamaStub.CLOCK);
      String whole =
          line(
              "{\"role\": \"assistant\", \"content\": \"\", \"thinking\": \"看 🚢\", \"tool_calls\":"
                  + " [{\"function\": {\"name\": \"transfer\", \"arguments\": {\"to\": \"ann\"}}}]}",
              "\"done\": true, \"done_reason\": \"stop\", \"prompt_eval_count\": 12,"
                  + " \"eval_count\": 9");
      server.answers(
          aResponse()
              .withStatus(200)
              .withBody(streamed ? CALL : whole)
              .withChunkedDribbleDelay(40, 200));
      var calls = (ChatReply.Calls) model.chat(OllamaStub.request(OllamaStub.TRANSFER));
      server.answers(200, streamed ? words("Paid.") + end("stop") : whole);
      lived.add(calls);
      lived.add(model.chat(after(calls)));
    }

    ReplayingHttp replay = replay();
    RecordedModel replayed = replayed(settings, replay);
    var again = new ArrayList<ChatReply>();
    var calls = (ChatReply.Calls) replayed.chat(OllamaStub.request(OllamaStub.TRANSFER));
    again.add(calls);
    again.add(replayed.chat(after(calls)));

    assertThat(again).isEqualTo(lived);
    assertThat(calls.calls()).hasSize(1);
    assertThat(replay.remaining()).isZero();
  }

  private static Stream<ResponseDefinitionBuilder> failures() {
    return Stream.of(
        aResponse().withStatus(404).withBody("{\"error\": \"model not found\"}"),
        aResponse().withStatus(500).withBody("{\"error\": \"no memory\"}"),
        aResponse().withStatus(200).withBody(words("half a")),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void what_went_wrong_goes_wrong_in_the_same_way(ResponseDefinitionBuilder response) {
    ChatReply lived;
    OllamaSettings settings;
    try (var server = new OllamaStub();
        RecordingHttp http = recording(server)) {
      settings = server.settings(true);
      server.answers(response);
      lived = new OllamaModel(settings, http, OllamaStub.CLOCK).chat(OllamaStub.request());
    }

    assertThat(replayed(settings, replay()).chat(OllamaStub.request()))
        .isEqualTo(lived)
        .isNotInstanceOf(ChatReply.Answer.class);
  }

  @Test
  void a_changed_prompt_is_thrown_with_its_line() {
    OllamaSettings settings;
    try (var server = new OllamaStub();
        RecordingHttp http = recording(server)) {
      settings = server.settings(true);
      server.answers(200, words("2 SOL") + end("stop"));
      new OllamaModel(settings, http, OllamaStub.CLOCK).chat(OllamaStub.request());
    }
    var changed = new ChatRequest("", List.of(new ChatMessage.Owner("weather?")), List.of());

    var mismatch =
        catchThrowableOfType(
            CassetteMismatch.class, () -> replayed(settings, replay()).chat(changed));

    assertThat(mismatch.what()).contains("weather?", "messages[0]");
  }
}
