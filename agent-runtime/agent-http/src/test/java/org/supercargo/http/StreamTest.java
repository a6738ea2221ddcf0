package org.supercargo.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.HttpBody;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// Replies that arrive piece by piece, and what ends them.
class StreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
  private static final HttpBody EVERYTHING = piece -> true;

  private final OkHttpTransport http = transport(HttpSettings.DEFAULT);
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  private static OkHttpTransport transport(HttpSettings settings) {
    return new OkHttpTransport(
        Set.of("127.0.0.1"), settings, InstantSource.system(), new Random(3), pause -> {});
  }

  @AfterEach
  void closeClient() {
    http.close();
  }

  private static HttpRequest post(RawServer server, Duration deadline) {
    return HttpRequest.postJson(server.uri("/x"), "{}", deadline, false);
  }

  private boolean keep(Bytes piece) {
    taken.writeBytes(piece.toArray());
    return true;
  }

  private HttpFailure failure(HttpRequest request, Duration idle) {
    return catchThrowableOfType(HttpFailure.class, () -> http.stream(request, idle, EVERYTHING));
  }

  private static void dribble(RawServer.Behaviour each, OutputStream out)
      throws IOException, InterruptedException {
    RawServer.write(out, OK);
    var never = new CountDownLatch(1);
    while (!never.await(20, TimeUnit.MILLISECONDS)) {
      each.answer(out);
    }
  }

  private static void keepAlive(OutputStream out) throws IOException {
    RawServer.write(out, ": keep-alive\n\n");
  }

  private static void silence(OutputStream out) throws InterruptedException {
    assertThat(out).isNotNull();
    new CountDownLatch(1).await();
  }

  @Test
  void a_body_is_handed_over_while_it_arrives_and_the_reply_is_left_empty() {
    var first = new CountDownLatch(1);
    try (var server =
        new RawServer(out -> {
          RawServer.write(out, OK + "one ");
          // The rest is written only once the first piece was seen.
          assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
          RawServer.write(out, "zwölf");
        })) {
      HttpReply reply =
          http.stream(
              post(server, LONG),
              LONG,
              piece -> {
                first.countDown();
                return keep(piece);
              });

      assertThat(taken.toString(StandardCharsets.UTF_8)).isEqualTo("one zwölf");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("content-type")).contains("text/event-stream");
      assertThat(reply.body()).isEqualTo(Bytes.EMPTY);
    }
  }

  @Test
  void a_reply_that_is_no_200_is_read_whole_and_not_handed_over() {
    try (var server =
        new RawServer(
            out -> RawServer.write(out, "HTTP/1.1 429 No\r\nRetry-After: 0\r\n\r\nslower"))) {
      HttpReply reply = http.stream(post(server, LONG), LONG, this::keep);

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.text()).isEqualTo("slower");
      assertThat(taken.size()).isZero();
      assertThat(server.requests()).as("a stream is never repeated").isEqualTo(1);
    }
  }

  @Test
  void keep_alives_without_end_do_not_defeat_the_deadline() {
    try (var server = new RawServer(out -> dribble(StreamTest::keepAlive, out))) {
      long start = System.nanoTime();

      HttpFailure failure = failure(post(server, Duration.ofMillis(400)), LONG);

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
      assertThat(failure).hasMessageContaining("deadline");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(390), Duration.ofSeconds(5));
    }
  }

  @Test
  void a_flood_does_not_defeat_the_deadline_either() {
    var seen = new AtomicInteger();
    try (var server =
        new RawServer(out -> {
          RawServer.write(out, OK);
          while (true) {
            RawServer.write(out, "x");
          }
        })) {
      // Slow enough that the next piece is always there already; at the hundredth it gives up.
      HttpBody slow = piece -> !server.isPausedFor(30) && seen.incrementAndGet() < 100;

      HttpFailure failure =
          catchThrowableOfType(
              HttpFailure.class,
              () -> http.stream(post(server, Duration.ofMillis(300)), LONG, slow));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
      assertThat(seen.get()).isPositive();
    }
  }

  @Test
  void silence_ends_at_the_idle_limit_long_before_the_deadline() {
    try (var server =
        new RawServer(out -> {
          RawServer.write(out, OK + "a");
          silence(out);
        })) {
      long start = System.nanoTime();

      HttpFailure failure = failure(post(server, LONG), Duration.ofMillis(300));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
      assertThat(failure).hasMessageContaining("nothing arrived for 300 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void silence_before_the_first_byte_counts_too() {
    try (var server = new RawServer(StreamTest::silence)) {
      HttpFailure failure = failure(post(server, LONG), Duration.ofMillis(300));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
    }
  }

  @Test
  void each_arrival_starts_the_idle_limit_anew() {
    var left = new AtomicInteger(40);
    try (var server =
        new RawServer(out -> {
          RawServer.write(out, OK);
          var never = new CountDownLatch(1);
          while (left.getAndDecrement() > 0 && !never.await(25, TimeUnit.MILLISECONDS)) {
            keepAlive(out);
          }
        })) {
      // A second in all, and never half a second of silence.
      HttpReply reply = http.stream(post(server, LONG), Duration.ofMillis(500), this::keep);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(taken.size()).isEqualTo(40 * ": keep-alive\n\n".length());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 9\r\n\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "Transfer-Encoding: chunked\r\n\r\n9\r\nabc"
      })
  void a_connection_cut_inside_the_body_is_broken_off(String rest) {
    try (var server = new RawServer(out -> RawServer.write(out, "HTTP/1.1 200 OK\r\n" + rest))) {
      HttpFailure failure =
          catchThrowableOfType(
              HttpFailure.class, () -> http.stream(post(server, LONG), LONG, this::keep));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.BROKEN_OFF);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_body_that_has_enough_ends_the_exchange() {
    try (var server = new RawServer(out -> dribble(StreamTest::keepAlive, out))) {
      long start = System.nanoTime();

      HttpReply reply = http.stream(post(server, LONG), LONG, piece -> false);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_body_larger_than_the_limit_is_refused() {
    try (var server =
            new RawServer(out -> dribble(o -> RawServer.write(o, "x".repeat(4_000)), out));
        var small = transport(HttpSettings.DEFAULT.withMaximumReplyBytes(10_000))) {
      HttpFailure failure =
          catchThrowableOfType(
              HttpFailure.class, () -> small.stream(post(server, LONG), LONG, EVERYTHING));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TOO_LARGE);
    }
  }

  @Test
  void a_host_that_is_not_granted_gets_no_stream() {
    HttpRequest request =
        HttpRequest.postJson(URI.create("http://127.0.0.2:1/"), "{}", LONG, false);

    assertThatThrownBy(() -> http.stream(request, LONG, EVERYTHING))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("not granted");
  }

  @Test
  void a_refused_connection_sent_nothing() throws IOException {
    URI closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    HttpFailure failure = failure(HttpRequest.postJson(closed, "{}", LONG, true), LONG);

    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.NOT_SENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual send", "platform send", "virtual stream", "platform stream"})
  void an_interrupt_ends_the_exchange_at_once_and_stays_set(String how) throws Exception {
    try (var server = new RawServer(out -> dribble(StreamTest::keepAlive, out))) {
      var seen = new CompletableFuture<String>();
      Runnable call =
          () -> {
            HttpFailure failure =
                how.endsWith("send")
                    ? catchThrowableOfType(HttpFailure.class, () -> http.send(post(server, LONG)))
                    : failure(post(server, LONG), LONG);
            seen.complete(failure.kind() + " " + Thread.currentThread().isInterrupted());
          };
      Thread caller =
          how.startsWith("virtual")
              ? Thread.ofVirtual().start(call)
              : Thread.ofPlatform().start(call);
      while (server.requests() == 0) {
        assertThat(server.pause(5)).isFalse();
      }
      long start = System.nanoTime();
      caller.interrupt();

      assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("CANCELLED true");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_caller_that_is_interrupted_already_sends_nothing() {
    try (var server = new RawServer(out -> RawServer.write(out, OK))) {
      Thread.currentThread().interrupt();
      HttpFailure failure = failure(post(server, LONG), LONG);

      assertThat(Thread.interrupted()).as("the interrupt stays set").isTrue();
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.CANCELLED);
      assertThat(failure).hasMessageContaining("nothing was sent");
      assertThat(server.requests()).isZero();
    }
  }
}
