package org.supercargo.http.cassette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.http.cassette.ScriptedHttp.bytes;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.http.cassette.ScriptedHttp.Script;

/// No secret reaches a cassette, whichever way it takes.
class ScrubbingTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String CANARY = "sk-canary/0123+456\"789";

  @TempDir Path folder = Path.of("");

  private Path file() {
    return folder.resolve("one.jsonl");
  }

  private RecordingHttp recording(Script script) {
    return RecordingHttp.to(
        file(),
        false,
        new ScriptedHttp(request -> script),
        List.of(() -> CANARY, () -> ""),
        InstantSource.system());
  }

  private String written() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpRequest request(String address, Map<String, String> headers, String body) {
    return new HttpRequest("POST", URI.create(address), headers, bytes(body), LONG, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "x-api-key",
        "api-key",
        "X-Goog-Api-Key",
        "Cookie",
        "X-Sign-In-With-X",
        "X-402-Payment",
        "PAYMENT-SIGNATURE",
        "X-Anything-Else"
      })
  void headers_with_secrets_are_not_written_whoever_knows_the_value(String header) {
    String unknown = "tok-unknown-0123456789";
    try (RecordingHttp http = recording(Script.whole("{}"))) {
      http.send(
          request(
              "https://m.example/",
              Map.of(header, "Bearer " + unknown, "Content-Type", "application/json"),
              "{}"));
    }

    assertThat(written()).doesNotContain(unknown).contains("\"content-type\":\"application/json\"");
  }

  @Test
  void a_key_that_a_reply_echoes_is_known_from_the_request_that_sent_it() {
    String unknown = "tok-unknown-0123456789";
    String payment = "cGF5LXVua25vd24tMDEyMzQ1Ng==";
    String echo = "{\"error\": \"no key " + unknown + " and no payment " + payment + "\"}";
    List<Map<String, String>> sent =
        List.of(
            Map.of("Authorization", "Bearer " + unknown, "X-402-Payment", payment),
            Map.of("Cookie", "a=b; session_id=" + unknown, "Payment-Signature", payment));
    try (RecordingHttp http = recording(Script.whole(echo))) {
      sent.forEach(headers -> http.send(request("https://m.example/", headers, "{}")));
    }

    assertThat(written())
        .doesNotContain(unknown, payment)
        .contains("no key [scrubbed] and no payment [scrubbed]");
  }

  @Test
  void cookies_and_unknown_headers_of_replies_are_not_written() {
    var headers =
        Map.of(
            "set-cookie", "tok-unknown-0123456789",
            "x-organisation", "the owner",
            "retry-after", "7",
            "x-ratelimit-reset-tokens", "6m0s");
    try (RecordingHttp http =
        recording(new Script(429, headers, List.of(Bytes.EMPTY), List.of()))) {
      http.send(request("https://m.example/", Map.of(), "{}"));
    }

    assertThat(written())
        .doesNotContain("tok-unknown", "the owner")
        .contains("\"retry-after\":\"7\"", "\"x-ratelimit-reset-tokens\":\"6m0s\"");
  }

  @Test
  void a_planted_key_is_nowhere_in_the_file() {
    String escaped = CANARY.replace("\"", "\\\"");
    String encoded = URLEncoder.encode(CANARY, StandardCharsets.UTF_8);
    String body = "{\"a\": \"" + escaped + "\", \"b\": \"" + escaped.replace("/", "\\/") + "\"}";
    var failure = new HttpFailure(HttpFailure.Kind.BROKEN_OFF, "with " + CANARY, CANARY, null);
    try (RecordingHttp http = recording(Script.pieces(bytes(body)).then(failure))) {
      assertThatThrownBy(() ->
              http.stream(
                  request(
                      "https://user:pass-word@m.example/" + encoded + "?key=abc&x=1&Token=d#f",
                      Map.of("User-Agent", CANARY),
                      body),
                  LONG,
                  piece -> true))
          .isSameAs(failure);
    }

    assertThat(written())
        .doesNotContain("canary", "0123+456", "0123%2B456", "pass-word", "key=abc", "Token=d")
        .contains("https://m.example/[scrubbed]?key=[scrubbed]&x=1&Token=[scrubbed]#f");
    // What is left can be read again, hashes included.
    assertThat(Cassette.read(file()).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 100})
  void a_key_cut_in_two_by_pieces_of_a_stream_is_found(int pieceBytes) {
    byte[] whole = ("before " + CANARY + " after").getBytes(StandardCharsets.UTF_8);
    var pieces = new ArrayList<Bytes>();
    for (int at = 0; at < whole.length; at += pieceBytes) {
      pieces.add(
          Bytes.of(
              java.util.Arrays.copyOfRange(whole, at, Math.min(whole.length, at + pieceBytes))));
    }
    var request = request("https://m.example/", Map.of(), "{}");
    try (RecordingHttp http = recording(Script.pieces(pieces.toArray(Bytes[]::new)))) {
      http.stream(request, LONG, piece -> true);
    }

    var taken = new StringBuilder();
    new ReplayingHttp(Cassette.read(file()))
        .stream(
            request,
            LONG,
            piece -> {
              taken.append(new String(piece.toArray(), StandardCharsets.UTF_8));
              return true;
            });

    assertThat(taken).hasToString("before [scrubbed] after");
  }

  @Test
  void the_caller_of_a_recording_gets_what_came() {
    try (RecordingHttp http = recording(Script.whole(CANARY))) {
      HttpReply reply = http.send(request("https://m.example/", Map.of(), "{}"));

      assertThat(reply.text()).isEqualTo(CANARY);
    }
  }

  @Test
  void a_body_with_its_own_key_is_the_same_with_the_key_of_the_replay() {
    try (RecordingHttp http = recording(Script.whole("{}"))) {
      http.send(
          request(
              "https://m.example/",
              Map.of("Authorization", "Bearer tok-of-the-recording"),
              "{\"me\": \"tok-of-the-recording\"}"));
    }

    HttpReply reply =
        new ReplayingHttp(Cassette.read(file()))
            .send(
                request(
                    "https://m.example/",
                    Map.of("Authorization", "Bearer tok-of-the-replay"),
                    "{\"me\": \"tok-of-the-replay\"}"));

    assertThat(reply.status()).isEqualTo(200);
  }
}
