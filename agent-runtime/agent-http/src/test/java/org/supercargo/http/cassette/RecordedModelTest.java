package org.supercargo.http.cassette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.Usage;
import org.supercargo.http.cassette.ScriptedHttp.Script;

/// An adapter over a cassette, which takes every exception for a broken network.
class RecordedModelTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder = Path.of("");

  /// Answers with the reply and with the times before and after it.
  private record Plain(String name, Http http, InstantSource clock) implements ModelBackend {
    @Override
    public ChatReply chat(ChatRequest request) {
      Instant began = clock.instant();
      var post =
          HttpRequest.postJson(
              URI.create("https://m.example/" + name),
              ((ChatMessage.Owner) request.messages().getFirst()).text(),
              Duration.ofSeconds(20),
              false);
      try {
        String text = http.send(post).text();
        return new ChatReply.Answer(text + " " + began + " " + clock.instant(), null, Usage.NONE);
      } catch (SupercargoException e) {
        return new ChatReply.Failed(ChatReply.Failure.UNREACHABLE, e.what(), null);
      }
    }
  }

  private static ChatRequest question(String words) {
    return new ChatRequest("", List.of(new ChatMessage.Owner(words)), List.of());
  }

  private static String text(ModelBackend model, String words) {
    return ((ChatReply.Answer) model.chat(question(words))).text();
  }

  private ReplayingHttp recorded() {
    var ticks = new AtomicInteger();
    InstantSource clock = () -> NOON.plusSeconds(ticks.getAndIncrement());
    Path file = folder.resolve("one.jsonl");
    var network =
        new ScriptedHttp(request -> Script.whole(request.uri().getPath() + request.body().hex()));
    try (RecordingHttp http = RecordingHttp.to(file, false, network, List.of(), clock)) {
      new Plain("first", http, InstantSource.system()).chat(question("1"));
      new Plain("second", http, InstantSource.system()).chat(question("2"));
    }
    return new ReplayingHttp(Cassette.read(file));
  }

  private static ModelBackend model(String name, ReplayingHttp replay) {
    return new RecordedModel(replay, (http, clock) -> new Plain(name, http, clock));
  }

  @Test
  void backends_of_one_session_take_turns_at_the_time_of_the_recording() {
    ReplayingHttp replay = recorded();

    assertThat(text(model("first", replay), "1"))
        .isEqualTo("/first31 2026-11-24T12:00:01Z 2026-11-24T12:00:02Z");
    assertThat(text(model("second", replay), "2"))
        .isEqualTo("/second32 2026-11-24T12:00:03Z 2026-11-24T12:00:04Z");
  }

  @Test
  void a_difference_is_thrown_and_not_taken_for_a_broken_network() {
    ModelBackend first = model("first", recorded());

    var mismatch = catchThrowableOfType(CassetteMismatch.class, () -> first.chat(question("3")));

    assertThat(mismatch.what()).contains("exchange 1");
    assertThat(catchThrowableOfType(CassetteMismatch.class, () -> first.chat(question("1"))))
        .isSameAs(mismatch);
  }
}
