package org.supercargo.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// Servers that misbehave below the level of HTTP.
class HostileServerTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<Duration> pauses = new ArrayList<>();
  private final OkHttpTransport http = transport(HttpSettings.DEFAULT);

  private OkHttpTransport transport(HttpSettings settings) {
    return new OkHttpTransport(
        Set.of("127.0.0.1"), settings, InstantSource.system(), new Random(7), pauses::add);
  }

  @AfterEach
  void closeClient() {
    http.close();
  }

  private static HttpRequest post(URI uri, Duration deadline, boolean repeatable) {
    return HttpRequest.postJson(uri, "{}", deadline, repeatable);
  }

  private HttpFailure failure(HttpRequest request) {
    return catchThrowableOfType(HttpFailure.class, () -> http.send(request));
  }

  @Test
  void a_body_that_dribbles_for_ever_ends_at_the_deadline() {
    try (var server = new RawServer(out -> dribble(out, "HTTP/1.1 200 OK\r\n\r\n"))) {
      long start = System.nanoTime();

      HttpFailure failure = failure(post(server.uri("/x"), Duration.ofMillis(400), true));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(390), Duration.ofSeconds(5));
      assertThat(server.requests()).as("a timed-out request is not repeated").isEqualTo(1);
    }
  }

  @Test
  void headers_that_dribble_for_ever_end_at_the_deadline() {
    try (var server = new RawServer(out -> dribble(out, "HTTP/1.1 200 OK\r\nX-Long: "))) {
      HttpFailure failure = failure(post(server.uri("/x"), Duration.ofMillis(400), false));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
    }
  }

  @Test
  void silence_after_the_request_ends_at_the_deadline() {
    try (var server = new RawServer(out -> dribble(out, ""))) {
      HttpFailure failure = failure(post(server.uri("/x"), Duration.ofMillis(300), false));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
    }
  }

  private static void dribble(java.io.OutputStream out, String head)
      throws IOException, InterruptedException {
    RawServer.write(out, head);
    var never = new java.util.concurrent.CountDownLatch(1);
    while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      if (!head.isEmpty()) {
        RawServer.write(out, " ");
      }
    }
  }

  @Test
  void a_connection_closed_inside_the_body_is_broken_off() {
    try (var server =
        new RawServer(
            out -> RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"))) {
      HttpFailure failure = failure(post(server.uri("/x"), LONG, false));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.BROKEN_OFF);
      assertThat(failure.advice()).contains("whether the other side acted");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_connection_closed_without_an_answer_is_broken_off_and_never_repeated_by_itself() {
    try (var server = new RawServer(out -> {})) {
      HttpFailure failure = failure(post(server.uri("/x"), LONG, false));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.BROKEN_OFF);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void a_repeatable_request_is_tried_four_times_at_most_when_connections_break() {
    try (var server = new RawServer(out -> {})) {
      HttpFailure failure = failure(post(server.uri("/x"), LONG, true));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.BROKEN_OFF);
      assertThat(server.requests()).isEqualTo(4);
      assertThat(pauses).hasSize(3).isSorted();
    }
  }

  @Test
  void a_repeatable_request_survives_one_broken_connection() {
    var first = new java.util.concurrent.atomic.AtomicBoolean(true);
    try (var server =
        new RawServer(out -> {
          if (!first.getAndSet(false)) {
            RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
          }
        })) {
      HttpReply reply = http.send(post(server.uri("/x"), LONG, true));

      assertThat(reply.text()).isEqualTo("ok");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void a_refused_connection_sent_nothing() throws IOException {
    URI closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    HttpFailure failure = failure(post(closed, LONG, false));

    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("nothing was sent");
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_refused_connection_is_tried_again_for_a_repeatable_request() throws IOException {
    URI closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    HttpFailure failure = failure(post(closed, LONG, true));

    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.NOT_SENT);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void a_peer_that_does_not_speak_tls_got_no_request() {
    try (var server = new RawServer(out -> {})) {
      URI https = URI.create(server.uri("/x").toString().replace("http:", "https:"));
      HttpFailure failure = failure(post(https, Duration.ofMillis(500), false));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.NOT_SENT);
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void an_oversized_body_of_unknown_length_is_refused() {
    try (var server = new RawServer(out -> endless(out, "HTTP/1.1 200 OK\r\n\r\n"));
        var small = transport(HttpSettings.DEFAULT.withMaximumReplyBytes(10_000))) {
      HttpFailure failure =
          catchThrowableOfType(
              HttpFailure.class, () -> small.send(post(server.uri("/x"), LONG, true)));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TOO_LARGE);
      assertThat(server.requests()).as("a larger reply will be as large again").isEqualTo(1);
    }
  }

  @Test
  void an_oversized_body_of_declared_length_is_refused_unread() {
    try (var server =
            new RawServer(
                out -> endless(out, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"));
        var small = transport(HttpSettings.DEFAULT.withMaximumReplyBytes(10_000))) {
      HttpFailure failure =
          catchThrowableOfType(
              HttpFailure.class, () -> small.send(post(server.uri("/x"), LONG, false)));

      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TOO_LARGE);
    }
  }

  private static void endless(java.io.OutputStream out, String head) throws IOException {
    RawServer.write(out, head);
    while (true) {
      RawServer.write(out, "x".repeat(1_000));
    }
  }

  @Test
  void an_interrupted_caller_gets_control_back_and_stays_interrupted() throws Exception {
    try (var server = new RawServer(out -> dribble(out, ""))) {
      var seen = new java.util.concurrent.CompletableFuture<String>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                HttpFailure failure = failure(post(server.uri("/x"), LONG, true));
                seen.complete(failure.kind() + " " + Thread.currentThread().isInterrupted());
              });
      while (server.requests() == 0) {
        assertThat(server.pause(5)).isFalse();
      }
      caller.interrupt();

      assertThat(seen.get(10, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("CANCELLED true");
      assertThat(server.requests()).isEqualTo(1);
    }
  }
}
