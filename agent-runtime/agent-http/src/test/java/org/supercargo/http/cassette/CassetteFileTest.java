package org.supercargo.http.cassette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.supercargo.http.cassette.ScriptedHttp.bytes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// The file of a cassette: when it is written, and what is refused of one that is not whole.
class CassetteFileTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

  @TempDir Path folder = Path.of("");

  private Path file() {
    return folder.resolve("sessions").resolve("one.jsonl");
  }

  private static HttpRequest post(String body) {
    return HttpRequest.postJson(
        URI.create("https://models.example/v1/chat"), body, Duration.ofSeconds(20), false);
  }

  private static HttpReply reply(String body) {
    return new HttpReply(200, Map.of(), bytes(body));
  }

  private RecordingHttp recording(Http http) {
    return RecordingHttp.to(file(), false, http, List.of(), CLOCK);
  }

  private void record(String answer, String... bodies) {
    try (RecordingHttp http = recording(request -> reply(answer))) {
      for (String body : bodies) {
        http.send(post(body));
      }
    }
  }

  private static SupercargoException refused(Runnable what) {
    return catchThrowableOfType(SupercargoException.class, what::run);
  }

  private SupercargoException refused() {
    return refused(() -> Cassette.read(file()));
  }

  @Test
  void a_recording_is_not_overwritten_unless_that_is_asked_for() throws IOException {
    record("{\"old\": 1}", "{}");
    byte[] old = Files.readAllBytes(file());

    SupercargoException refused = refused(() -> recording(request -> reply("{}")));

    assertThat(refused.what()).contains("is there already");
    assertThat(refused.advice()).contains("--record-again");
    assertThat(Files.readAllBytes(file())).isEqualTo(old);
    RecordingHttp.to(file(), true, request -> reply("{}"), List.of(), CLOCK).close();
    assertThat(Cassette.read(file()).size()).isZero();
  }

  @Test
  void each_exchange_is_on_the_disk_before_its_caller_goes_on() {
    try (RecordingHttp http = recording(request -> reply("{}"))) {
      http.send(post("{}"));
      assertThat(Cassette.read(file()).size()).isEqualTo(1);
      http.send(post("{}"));
      assertThat(Cassette.read(file()).size()).isEqualTo(2);
    }
  }

  @Test
  void a_file_that_was_cut_off_anywhere_in_its_last_line_is_reported() throws IOException {
    record("{\"text\": \"some words\"}", "{\"a\": 1}", "{\"a\": 2}");
    String whole = Files.readString(file());
    int start = whole.lastIndexOf('\n', whole.length() - 2) + 1;
    for (int end = start + 1; end < whole.length() - 1; end++) {
      Files.writeString(file(), whole.substring(0, end));

      SupercargoException refused = refused();

      assertThat(refused.what())
          .as("cut at byte %s", end)
          .contains("one.jsonl:3: the recording was cut off in the middle of exchange 2");
      assertThat(refused.advice()).contains("delete the last line to replay the 1 whole ones");
    }
    Files.writeString(file(), whole.substring(0, start));
    assertThat(Cassette.read(file()).size()).isEqualTo(1);
    Files.writeString(file(), whole.stripTrailing());
    assertThat(Cassette.read(file()).size()).as("an editor took the line feed").isEqualTo(2);
  }

  @Test
  void a_changed_body_a_missing_line_and_damage_in_the_middle_are_reported() throws IOException {
    record("{\"text\": \"some words\"}", "{\"a\": 1}", "{\"a\": 2}");
    String whole = Files.readString(file());
    List<String> lines = whole.lines().toList();

    Files.writeString(file(), whole.replaceFirst("some words", "more words"));
    assertThat(refused().what())
        .contains("one.jsonl:2: a body was changed after it was recorded; its sha256 is now ");
    Files.writeString(file(), lines.getFirst() + "\n" + lines.getLast() + "\n");
    assertThat(refused().what()).contains("one.jsonl:2: exchange 1 should stand here, not 2");
    Files.writeString(file(), whole.replaceFirst("\"method\":\"POST\",", ""));
    assertThat(refused().what()).contains("the text \"method\" is missing");
    Files.writeString(file(), whole.replaceFirst("\\{\"exchange\":1", "exchange 1"));
    assertThat(refused().what()).contains("one.jsonl:2: it is no JSON");
  }

  @Test
  void a_foreign_version_and_other_files_are_refused() throws IOException {
    record("{}", "{}");
    String whole = Files.readString(file());

    Files.writeString(file(), whole.replaceFirst(":1,", ":2,"));
    assertThat(refused().what())
        .contains("is a cassette of format 2, and this version of Supercargo reads format 1");
    Files.writeString(file(), "{\"hello\": 1}\n");
    assertThat(refused().what()).contains("is not a cassette");
    Files.writeString(file(), "");
    assertThat(refused().what()).contains("is not a cassette");
    Files.delete(file());
    assertThat(refused().what()).contains("cannot be read: there is none");
  }
}
