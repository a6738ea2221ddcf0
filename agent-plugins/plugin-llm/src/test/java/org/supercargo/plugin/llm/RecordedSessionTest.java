package org.supercargo.plugin.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.WireMock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.http.cassette.Cassette;
import org.supercargo.http.cassette.CassetteMismatch;
import org.supercargo.http.cassette.RecordedModel;
import org.supercargo.http.cassette.RecordingHttp;
import org.supercargo.http.cassette.ReplayingHttp;
import org.supercargo.testkit.model.BackendClient;
import org.supercargo.testkit.model.ModelFailureCase;
import org.supercargo.testkit.model.ModelTask;
import org.supercargo.testkit.model.Observed;
import org.supercargo.testkit.model.Scene;
import org.supercargo.testkit.model.StagedProvider;

/// Whatever DeepSeek's wire met once, it meets again from a cassette, to the last byte.
class RecordedSessionTest {
  private static final String KEY = "sk-canary-0123456789abcdef0123456789";

  /// A Tuesday, 10:00 in Beijing: prices are doubled.
  private static final Instant PEAK = Instant.parse("2026-11-24T02:00:00Z");

  private static final StagedProvider STAGE = new StagedProvider();
  private static final OkHttpTransport NETWORK = new OkHttpTransport(Set.of("127.0.0.1"));

  @TempDir Path folder = Path.of("");

  @AfterAll
  static void close() {
    NETWORK.close();
    STAGE.close();
  }

  private Path file() {
    return folder.resolve("session.jsonl");
  }

  /// Keeps every reply.
  private record Heard(ModelBackend backend, List<ChatReply> replies) implements ModelBackend {
    @Override
    public String name() {
      return backend.name();
    }

    @Override
    public List<ModelCard> cards() {
      return backend.cards();
    }

    @Override
    public ChatReply chat(ChatRequest request) {
      ChatReply reply = backend.chat(request);
      replies.add(reply);
      return reply;
    }
  }

  private RecordingHttp recording(Http http, InstantSource clock) {
    return RecordingHttp.to(file(), false, http, List.of(() -> KEY), clock);
  }

  private static ModelBackend deepSeek(Scene scene, Http http, String key, InstantSource clock) {
    Dialect dialect =
        Preset.DEEPSEEK
            .dialect()
            .withBaseUrl(scene.baseUrl())
            .withStream(scene.streamed())
            .withWaiting(scene.deadline(), scene.idle());
    return new OpenAiCompatibleModel(dialect, http, () -> key, clock);
  }

  private static Stream<Arguments> cases() {
    return Stream.of(true, false)
        .flatMap(streamed ->
            ModelFailureCase.all(streamed).stream()
                .map(failure -> Arguments.of(failure, streamed)));
  }

  /// Calls, reasoning, usage and cost, odd packing, error statuses, silence, broken connections.
  @ParameterizedTest(name = "{0} (streamed: {1})")
  @MethodSource("cases")
  void every_case_of_the_kit_is_replayed_with_identical_replies(
      ModelFailureCase failure, boolean streamed) throws IOException {
    var lived = new ArrayList<ChatReply>();
    var scene = new AtomicReference<Scene>();
    Observed before;
    InstantSource clock = InstantSource.system();
    try (RecordingHttp http = recording(NETWORK, clock)) {
      before =
          STAGE
              .play(
                  failure,
                  streamed,
                  (staged, actions) -> {
                    scene.set(staged);
                    return new BackendClient(
                            same -> new Heard(deepSeek(same, http, KEY, clock), lived))
                        .run(staged, actions);
                  })
              .observed();
    }

    var replay = new ReplayingHttp(Cassette.read(file()));
    var replayed = new ArrayList<ChatReply>();
    Observed after =
        new BackendClient(same ->
            new Heard(
                new RecordedModel(
                    replay, (http, time) -> deepSeek(same, http, "no-key-needed", time)),
                replayed))
            .run(scene.get(), (action, arguments) -> ModelTask.result(action));

    assertThat(replayed).isEqualTo(lived).isNotEmpty();
    assertThat(after).isEqualTo(before);
    assertThat(replay.remaining()).as("exchanges nobody asked for").isZero();
    assertThat(Files.readString(file())).doesNotContain("canary");
  }

  private static ChatRequest question(String words) {
    return new ChatRequest(
        "",
        List.of(
            new ChatMessage.Instructions("You keep a wallet.\nPay nobody.\nBe brief."),
            new ChatMessage.Owner(words)),
        ModelTask.actions());
  }

  /// Records one call of a provider that is gone afterwards.
  private ChatReply recorded(String body, InstantSource clock, ChatRequest request, URI[] url) {
    try (var provider = new ProviderStub();
        RecordingHttp http = recording(provider.http(), clock)) {
      provider.answers(
          WireMock.aResponse().withStatus(200).withBody(body).withHeader("x-request-id", "abc"));
      url[0] = provider.url();
      return model(http, provider.url(), KEY, clock).chat(request);
    }
  }

  private static ModelBackend model(Http http, URI url, String key, InstantSource clock) {
    Dialect dialect = Preset.DEEPSEEK.dialect().withBaseUrl(url).withStream(false);
    return new OpenAiCompatibleModel(dialect, http, () -> key, clock);
  }

  private ModelBackend replayed(URI url) {
    return new RecordedModel(
        new ReplayingHttp(Cassette.read(file())),
        (http, clock) -> model(http, url, "no-key-needed", clock));
  }

  @Test
  void a_call_costs_what_it_cost_at_the_hour_of_the_recording() {
    var url = new URI[1];
    String body = ProviderStub.completion("stop", "{\"content\": \"2 SOL\"}");
    ChatReply lived = recorded(body, InstantSource.fixed(PEAK), question("balance?"), url);

    ChatReply again = replayed(url[0]).chat(question("balance?"));

    assertThat(again).isEqualTo(lived);
    assertThat(again.used().cost())
        .as("an evening's cost doubled")
        .isEqualTo(eveningCost(body).plus(eveningCost(body)));
  }

  private static org.supercargo.api.asset.Amount eveningCost(String body) {
    try (var provider = new ProviderStub()) {
      return provider.answers(200, body).chat().used().cost();
    }
  }

  @Test
  void a_changed_prompt_is_thrown_with_the_line_that_changed() {
    var url = new URI[1];
    String body = ProviderStub.completion("stop", "{\"content\": \"2 SOL\"}");
    recorded(body, InstantSource.fixed(PEAK), question("balance?"), url);
    var changed =
        new ChatRequest(
            "",
            List.of(
                new ChatMessage.Instructions("You keep a wallet.\nPay anybody.\nBe brief."),
                new ChatMessage.Owner("balance?")),
            ModelTask.actions());

    var mismatch =
        catchThrowableOfType(CassetteMismatch.class, () -> replayed(url[0]).chat(changed));

    assertThat(mismatch.category()).isEqualTo(SupercargoException.Category.USER);
    assertThat(mismatch.exchange()).isEqualTo(1);
    assertThat(mismatch.what())
        .endsWith(
            """
            session.jsonl was recorded with another exchange 1: the body at messages[0].content line 2
                - messages[0].content line 2: Pay nobody.
                + messages[0].content line 2: Pay anybody.\
            """);
  }

  @Test
  void a_provider_that_quotes_the_key_does_not_get_it_into_a_cassette() throws IOException {
    var url = new URI[1];
    String body = ProviderStub.completion("stop", "{\"content\": \"your key is " + KEY + "\"}");
    ChatReply lived = recorded(body, InstantSource.fixed(PEAK), question("key?"), url);

    var again = (ChatReply.Answer) replayed(url[0]).chat(question("key?"));

    assertThat(((ChatReply.Answer) lived).text()).as("what was lived through").contains(KEY);
    assertThat(again.text()).isEqualTo("your key is [scrubbed]");
    assertThat(Files.readString(file())).doesNotContain("canary", "x-request-id");
  }
}
