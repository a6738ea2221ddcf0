package org.supercargo.plugin.langchain4j;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.supercargo.plugin.langchain4j.ProviderStub.message;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.http.cassette.Cassette;
import org.supercargo.http.cassette.CassetteMismatch;
import org.supercargo.http.cassette.RecordedModel;
import org.supercargo.http.cassette.RecordingHttp;
import org.supercargo.http.cassette.ReplayingHttp;

/// Claude and Gemini from a cassette: the replies are those that were lived through.
class RecordedSessionTest {
  private static final String THOUGHTS =
      """
      [{"type": "thinking", "thinking": "", "signature": "EqQBCgIYAhIM+/=="},
       {"type": "text", "text": "One moment: Grüße 🚢"},
       {"type": "thinking", "thinking": "half \\ud83d a pair", "signature": "SECOND=="},
       {"type": "redacted_thinking", "data": "EmwKAhgBEgy3va3pzix/LafPsn4a"},
       {"type": "tool_use", "id": "toolu_01", "name": "transfer",
        "input": {"to": "ann", "amount": 1.50, "big": 123456789012345678901234567890.10}}]
      """;

  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir Path folder = Path.of("");

  private Path file() {
    return folder.resolve("session.jsonl");
  }

  private RecordingHttp recording(Http http) {
    return RecordingHttp.to(
        file(), false, http, List.of(() -> ProviderStub.KEY), InstantSource.system());
  }

  private static ModelBackend claude(URI url, Http http, String key) {
    return LangChain4jModels.anthropic(
        ProviderSettings.anthropic().withBaseUrl(url), http, () -> key, ProviderStub.CLOCK);
  }

  private static ModelBackend gemini(URI url, Http http, String key) {
    return LangChain4jModels.gemini(
        ProviderSettings.gemini(List.of(ProviderStub.card("gemini", "gemini-test")))
            .withBaseUrl(url),
        http,
        () -> key,
        ProviderStub.CLOCK);
  }

  private RecordedModel replayed(URI url, ReplayingHttp replay) {
    return new RecordedModel(replay, (http, clock) -> claude(url, http, "no-key-needed"));
  }

  @Test
  void a_session_with_signed_thoughts_and_calls_is_replayed_to_the_last_byte() throws IOException {
    var lived = new ArrayList<ChatReply>();
    URI url;
    try (var provider = new ProviderStub();
        RecordingHttp http = recording(provider.http())) {
      url = provider.url();
      lived.addAll(session(claude(url, http, ProviderStub.KEY), provider));
    }

    var replay = new ReplayingHttp(Cassette.read(file()));
    var again = new ArrayList<ChatReply>();
    ModelBackend replayed = replayed(url, replay);
    var calls = (ChatReply.Calls) replayed.chat(ProviderStub.request(ProviderStub.TRANSFER));
    again.add(calls);
    again.add(replayed.chat(ProviderStub.after(calls)));

    assertThat(again).isEqualTo(lived);
    assertThat(calls.reasoning()).contains("EqQBCgIYAhIM+/==", "SECOND==");
    assertThat(replay.remaining()).isZero();
    assertThat(Files.readString(file())).doesNotContain(ProviderStub.KEY);
  }

  private static List<ChatReply> session(ModelBackend claude, ProviderStub provider) {
    provider.answers(200, message("tool_use", THOUGHTS));
    var calls = (ChatReply.Calls) claude.chat(ProviderStub.request(ProviderStub.TRANSFER));
    provider.answers(200, message("end_turn", "[{\"type\": \"text\", \"text\": \"Paid.\"}]"));
    return List.of(calls, claude.chat(ProviderStub.after(calls)));
  }

  @Test
  void gemini_is_replayed_too() throws IOException {
    ChatReply lived;
    URI url;
    try (var provider = new ProviderStub();
        RecordingHttp http = recording(provider.http())) {
      url = provider.url();
      provider.answers(
          200,
          ProviderStub.candidate("STOP", "[{\"text\": \"2 SOL\", \"thoughtSignature\": \"x\"}]"));
      lived = gemini(url, http, ProviderStub.KEY).chat(ProviderStub.request());
    }

    var replayed =
        new RecordedModel(
            new ReplayingHttp(Cassette.read(file())),
            (http, clock) -> gemini(url, http, "no-key-needed"));

    assertThat(replayed.chat(ProviderStub.request()))
        .isEqualTo(lived)
        .isInstanceOf(ChatReply.Answer.class);
    assertThat(Files.readString(file())).doesNotContain(ProviderStub.KEY);
  }

  private static Stream<ResponseDefinitionBuilder> failures() {
    return Stream.of(
        aResponse().withStatus(401).withBody("{\"error\": {\"message\": \"no\"}}"),
        aResponse().withStatus(429).withHeader("Retry-After", "7").withBody("slow down"),
        aResponse().withStatus(529).withBody("{\"error\": {\"message\": \"Overloaded\"}}"),
        aResponse().withStatus(200).withBody("no json"),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withFault(Fault.EMPTY_RESPONSE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_is_replayed_as_the_same_failure(ResponseDefinitionBuilder response) {
    ChatReply lived;
    URI url;
    try (var provider = new ProviderStub();
        RecordingHttp http = recording(provider.http())) {
      url = provider.url();
      provider.answers(response);
      lived = claude(url, http, ProviderStub.KEY).chat(ProviderStub.request());
    }

    assertThat(replayed(url, new ReplayingHttp(Cassette.read(file()))).chat(ProviderStub.request()))
        .isEqualTo(lived)
        .isInstanceOf(ChatReply.Failed.class);
  }

  @Test
  void a_call_that_was_late_is_late_again_and_at_once() {
    ChatReply lived;
    URI url;
    try (var provider = new ProviderStub();
        RecordingHttp http = recording(provider.http())) {
      url = provider.url();
      provider.answers(aResponse().withStatus(200).withBody("late").withFixedDelay(10_000));
      var settings = ProviderSettings.anthropic().withBaseUrl(url).withDeadline(SHORT);
      lived =
          LangChain4jModels.anthropic(settings, http, () -> ProviderStub.KEY, ProviderStub.CLOCK)
              .chat(ProviderStub.request());
    }

    ChatReply again =
        replayed(url, new ReplayingHttp(Cassette.read(file()))).chat(ProviderStub.request());

    assertThat(((ChatReply.Failed) lived).failure()).isEqualTo(ChatReply.Failure.TIMED_OUT);
    assertThat(((ChatReply.Failed) again).failure()).isEqualTo(ChatReply.Failure.TIMED_OUT);
  }

  @Test
  void a_changed_prompt_is_thrown_although_langchain4j_stands_between() {
    URI url;
    try (var provider = new ProviderStub();
        RecordingHttp http = recording(provider.http())) {
      url = provider.url();
      provider.answers(200, message("end_turn", "[{\"type\": \"text\", \"text\": \"2 SOL\"}]"));
      claude(url, http, ProviderStub.KEY).chat(ProviderStub.request());
    }
    var changed = new ChatRequest("", List.of(new ChatMessage.Owner("weather?")), List.of());

    var mismatch =
        catchThrowableOfType(
            CassetteMismatch.class,
            () -> replayed(url, new ReplayingHttp(Cassette.read(file()))).chat(changed));

    assertThat(mismatch.what())
        .contains("- messages[0].content[0].text: balance?")
        .contains("+ messages[0].content[0].text: weather?");
  }
}
