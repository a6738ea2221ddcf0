package org.supercargo.http.cassette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.supercargo.http.cassette.ScriptedHttp.bytes;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.http.cassette.ScriptedHttp.Script;

/// What is recorded is what is replayed, and nothing else.
class CassetteTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final URI ADDRESS = URI.create("https://models.example/v1/chat");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);

  @TempDir Path folder = Path.of("");

  private Path file() {
    return folder.resolve("sessions").resolve("one.jsonl");
  }

  private static HttpRequest post(String body) {
    return HttpRequest.postJson(ADDRESS, body, LONG, false);
  }

  private RecordingHttp recording(Http http) {
    return RecordingHttp.to(file(), false, http, List.of(), CLOCK);
  }

  private ReplayingHttp replay() {
    return new ReplayingHttp(Cassette.read(file()));
  }

  private void record(Script script, String... bodies) {
    try (RecordingHttp http = recording(new ScriptedHttp(request -> script))) {
      for (String body : bodies) {
        http.send(post(body));
      }
    }
  }

  private static SupercargoException refused(Runnable what) {
    return catchThrowableOfType(SupercargoException.class, what::run);
  }

  private static final class Taken {
    private final List<Bytes> pieces = new ArrayList<>();

    boolean take(Bytes piece) {
      pieces.add(piece);
      return true;
    }
  }

  @Test
  void replies_come_back_byte_for_byte_in_their_order() {
    var network =
        new ScriptedHttp(request ->
            request.uri().equals(ADDRESS)
                ? Script.whole("{\"echo\": \"Grüße 🚢 \\u2028\r\n\"}")
                : new Script(
                    429,
                    Map.of("retry-after", "7"),
                    List.of(Bytes.fromHex("00fffe80")),
                    List.of()));
    var elsewhere =
        new HttpRequest("GET", ADDRESS.resolve("/m?x=1"), Map.of(), Bytes.EMPTY, LONG, true);
    List<HttpReply> lived;
    try (RecordingHttp http = recording(network)) {
      lived = List.of(http.send(post("{\"a\": 1}")), http.send(elsewhere));
    }

    ReplayingHttp replay = replay();

    assertThat(List.of(replay.send(post("{\"a\": 1}")), replay.send(elsewhere))).isEqualTo(lived);
    assertThat(replay.remaining()).isZero();
    assertThat(network.sent()).isEqualTo(2);
  }

  @Test
  void a_stream_comes_back_in_the_pieces_it_came_in_even_inside_a_character() {
    byte[] ship = "🚢".getBytes(StandardCharsets.UTF_8);
    Bytes[] pieces = {
      bytes("data: "),
      Bytes.of(new byte[] {ship[0]}),
      Bytes.of(new byte[] {ship[1], ship[2], ship[3]}),
      bytes("\n\n")
    };
    var lived = new Taken();
    HttpReply head;
    try (RecordingHttp http = recording(new ScriptedHttp(request -> Script.pieces(pieces)))) {
      head = http.stream(post("{}"), LONG, lived::take);
    }

    var replayed = new Taken();
    HttpReply again = replay().stream(post("{}"), LONG, replayed::take);

    assertThat(replayed.pieces).isEqualTo(lived.pieces).containsExactly(pieces);
    assertThat(again).isEqualTo(head);
  }

  @Test
  void a_stream_that_had_enough_ends_where_it_ended() {
    var network =
        new ScriptedHttp(request -> Script.pieces(bytes("one"), bytes("two"), bytes("three")));
    try (RecordingHttp http = recording(network)) {
      http.stream(post("{}"), LONG, piece -> !piece.equals(bytes("two")));
    }

    var replayed = new Taken();
    replay().stream(post("{}"), LONG, replayed::take);

    assertThat(replayed.pieces).containsExactly(bytes("one"), bytes("two"));
  }

  @ParameterizedTest
  @EnumSource(HttpFailure.Kind.class)
  void a_failure_comes_back_as_the_same_failure_after_the_same_pieces(HttpFailure.Kind kind) {
    var failure = new HttpFailure(kind, "POST /chat went wrong", "Look.", null);
    Script script = Script.pieces(bytes("data: {\"a"), bytes("\": 1")).then(failure);
    try (RecordingHttp http = recording(new ScriptedHttp(request -> script))) {
      var lived = new Taken();
      assertThat(refused(() -> http.stream(post("{}"), LONG, lived::take))).isSameAs(failure);
      assertThat(refused(() -> http.send(post("{}")))).isSameAs(failure);
    }

    ReplayingHttp replay = replay();
    var replayed = new Taken();
    for (Runnable asked :
        List.<Runnable>of(
            () -> replay.stream(post("{}"), LONG, replayed::take), () -> replay.send(post("{}")))) {
      var again = catchThrowableOfType(HttpFailure.class, asked::run);
      assertThat(again.kind()).isEqualTo(kind);
      assertThat(again.what()).isEqualTo("POST /chat went wrong");
      assertThat(again.advice()).isEqualTo("Look.");
    }
    assertThat(replayed.pieces).containsExactly(bytes("data: {\"a"), bytes("\": 1"));
  }

  @Test
  void an_exchange_that_its_caller_ends_at_the_deadline_timed_out() {
    var cancelled = new HttpFailure(HttpFailure.Kind.CANCELLED, "ended", "", null);
    var ticks = new AtomicInteger();
    InstantSource clock = () -> NOON.plusSeconds(ticks.getAndIncrement() * 5L);
    Http network =
        request -> {
          throw cancelled;
        };
    try (RecordingHttp http = RecordingHttp.to(file(), false, network, List.of(), clock)) {
      for (int seconds : List.of(20, 6, 5)) {
        HttpRequest request =
            HttpRequest.postJson(ADDRESS, "{}", Duration.ofSeconds(seconds), false);
        assertThat(refused(() -> http.send(request))).isSameAs(cancelled);
      }
    }

    ReplayingHttp replay = replay();
    assertThat(List.of(20, 6, 5))
        .extracting(seconds ->
            catchThrowableOfType(HttpFailure.class, () -> replay.send(post("{}"))).kind())
        .containsExactly(
            HttpFailure.Kind.CANCELLED, HttpFailure.Kind.CANCELLED, HttpFailure.Kind.TIMED_OUT);
  }

  @Test
  void the_end_of_a_recording_waits_for_what_was_left_behind() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    Http slow =
        request -> {
          begun.countDown();
          await(over);
          return reply("{}");
        };
    RecordingHttp http = recording(slow);
    Thread left = Thread.ofVirtual().start(() -> http.send(post("slow")));
    begun.await();
    Thread closing = Thread.ofVirtual().start(http::close);
    over.countDown();
    closing.join();
    left.join();

    assertThat(replay().remaining()).isEqualTo(1);
  }

  @Test
  void two_thousand_exchanges_are_replayed() {
    var network =
        new ScriptedHttp(request -> Script.whole(request.body().hex() + "\"".repeat(300)));
    try (RecordingHttp http = recording(network)) {
      for (int number = 0; number < 2_000; number++) {
        http.send(post("{\"number\": " + number + "}"));
      }
    }

    ReplayingHttp replay = replay();

    assertThat(replay.remaining()).isEqualTo(2_000);
    for (int number = 0; number < 2_000; number++) {
      HttpRequest request = post("{\"number\": " + number + "}");
      assertThat(replay.send(request).text()).startsWith(request.body().hex());
    }
    assertThat(replay.remaining()).isZero();
  }

  @Test
  void another_exchange_than_the_recorded_ones_is_refused() {
    record(Script.whole("{}"), "{}");
    ReplayingHttp replay = replay();
    replay.send(post("{}"));

    SupercargoException refused = refused(() -> replay.send(post("{}")));

    assertThat(refused).isInstanceOf(CassetteMismatch.class);
    assertThat(refused.what()).contains("has 1 exchanges, and one more is asked for");
  }

  @Test
  void after_a_difference_nothing_is_answered_any_more() {
    record(Script.whole("{}"), "{\"a\": 1}", "{\"a\": 2}");
    ReplayingHttp replay = replay();
    SupercargoException first = refused(() -> replay.send(post("{\"a\": 3}")));

    assertThat(refused(() -> replay.send(post("{\"a\": 1}")))).isSameAs(first);
    assertThat(replay.remaining()).isEqualTo(2);
    assertThat(replay.mismatch()).containsSame((CassetteMismatch) first);
    assertThat(((CassetteMismatch) first).exchange()).isEqualTo(1);
    assertThat(first.category()).isEqualTo(SupercargoException.Category.USER);
  }

  @Test
  void another_address_is_a_difference() {
    record(Script.whole("{}"), "{}");
    var elsewhere =
        HttpRequest.postJson(URI.create("https://other.example/v1/chat"), "{}", LONG, false);

    assertThat(refused(() -> replay().send(elsewhere)).what())
        .contains("- https://models.example/v1/chat")
        .contains("+ https://other.example/v1/chat");
  }

  @Test
  void the_clock_of_a_replay_is_the_clock_of_the_session() {
    var ticks = new AtomicInteger();
    InstantSource clock = () -> NOON.plusSeconds(ticks.getAndIncrement());
    var network = new ScriptedHttp(request -> Script.whole("{}"));
    try (RecordingHttp http = RecordingHttp.to(file(), false, network, List.of(), clock)) {
      http.send(post("{}"));
      http.send(post("{}"));
    }

    ReplayingHttp replay = replay();

    replay.advance();
    assertThat(replay.clock().instant()).isEqualTo(NOON.plusSeconds(1));
    replay.send(post("{}"));
    assertThat(replay.clock().instant()).isEqualTo(NOON.plusSeconds(2));
    replay.advance();
    assertThat(replay.clock().instant()).isEqualTo(NOON.plusSeconds(3));
  }

  private static HttpReply reply(String body) {
    return new HttpReply(200, Map.of(), bytes(body));
  }

  @Test
  void a_reply_survives_a_disk_that_refuses_and_nothing_is_sent_after_it() {
    var opened = new ArrayList<RecordingHttp>();
    var network =
        new ScriptedHttp(request -> {
          opened.getFirst().close();
          return Script.whole("paid for");
        });
    RecordingHttp http = recording(network);
    opened.add(http);

    assertThat(http.send(post("{}")).text()).isEqualTo("paid for");

    assertThat(refused(() -> http.send(post("{}"))).what()).contains("ends after exchange 0");
    assertThat(network.sent()).isEqualTo(1);
  }

  @Test
  void a_refused_request_leaves_no_gap() {
    Http picky =
        request -> {
          if (request.body().equals(bytes("refused"))) {
            throw SupercargoException.policy("not granted", "Grant it.");
          }
          return reply("{}");
        };
    try (RecordingHttp http = recording(picky)) {
      assertThat(refused(() -> http.send(post("refused"))).what()).isEqualTo("not granted");
      http.send(post("{}"));
    }

    assertThat(replay().send(post("{}")).status()).isEqualTo(200);
  }

  @Test
  void an_exchange_that_was_left_behind_keeps_its_place() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    Http slow =
        request -> {
          if (request.body().equals(bytes("slow"))) {
            begun.countDown();
            await(over);
          }
          return reply("{}");
        };
    try (RecordingHttp http = recording(slow)) {
      Thread left = Thread.ofVirtual().start(() -> http.send(post("slow")));
      begun.await();
      http.send(post("quick"));
      over.countDown();
      left.join();
    }

    ReplayingHttp replay = replay();
    assertThatCode(
            () -> {
              replay.send(post("slow"));
              replay.send(post("quick"));
            })
        .doesNotThrowAnyException();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void an_interrupted_caller_does_not_end_the_recording() {
    try (RecordingHttp http = recording(request -> reply("{}"))) {
      Thread.currentThread().interrupt();
      http.send(post("{\"a\": 1}"));
      assertThat(Thread.interrupted()).isTrue();
      http.send(post("{\"a\": 2}"));
    }

    assertThat(Cassette.read(file()).size()).isEqualTo(2);
  }
}
