package org.supercargo.http.cassette;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpBody;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.http.cassette.RecordedExchange.Ending;

/// Passes every exchange through and writes it to a cassette, failures included.
///
/// What callers get is untouched; what is written has no secrets. An exchange is on the disk when
/// its caller has the reply, so a crash leaves whole exchanges. When the disk refuses, the reply at
/// hand is still given, and every later request is refused before it is sent.
public final class RecordingHttp implements Http, AutoCloseable {
  /// How much earlier than the exchange's own a caller's deadline may be.
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final Http http;
  private final CassetteWriter writer;
  private final Scrubbing scrubbing;
  private final InstantSource clock;

  private RecordingHttp(
      Http http, CassetteWriter writer, Scrubbing scrubbing, InstantSource clock) {
    this.http = http;
    this.writer = writer;
    this.scrubbing = scrubbing;
    this.clock = clock;
  }

  /// @param replace whether a file that is there may be lost
  /// @param secrets values of keys that must not be in the file, asked anew at each exchange; those
  ///   of fewer than 8 characters are not looked for. Headers that carry keys need none of this
  /// @param clock tells when exchanges began and ended
  /// @throws SupercargoException of category USER when the file is there or cannot be made
  public static RecordingHttp to(
      Path file, boolean replace, Http http, List<Supplier<String>> secrets, InstantSource clock) {
    requireNonNull(http, "http is null");
    return new RecordingHttp(
        http, CassetteWriter.create(file, replace, clock.instant()), new Scrubbing(secrets), clock);
  }

  @Override
  public HttpReply send(HttpRequest request) {
    return exchange(request, null, () -> http.send(request));
  }

  @Override
  public HttpReply stream(HttpRequest request, Duration idle, HttpBody body) {
    var pieces = new Pieces();
    return exchange(
        request,
        pieces,
        () ->
            http.stream(
                request,
                idle,
                piece -> {
                  pieces.add(piece);
                  return body.take(piece);
                }));
  }

  private HttpReply exchange(
      HttpRequest request, @Nullable Pieces pieces, Supplier<HttpReply> sending) {
    int place = writer.begin();
    Instant began = clock.instant();
    @Nullable RecordedExchange exchange = null;
    try {
      HttpReply reply = sending.get();
      Scrubbing.Known secrets = scrubbing.with(request);
      exchange = recorded(request, began, secrets, replied(reply, pieces, secrets));
      return reply;
    } catch (HttpFailure failure) {
      Scrubbing.Known secrets = scrubbing.with(request);
      HttpFailure.Kind kind = kind(failure, request, began);
      exchange = recorded(request, began, secrets, broke(kind, failure, pieces, secrets));
      throw failure;
    } finally {
      writer.end(place, exchange);
    }
  }

  private RecordedExchange recorded(
      HttpRequest request, Instant began, Scrubbing.Known secrets, Ending ending) {
    return new RecordedExchange(
        began,
        clock.instant(),
        request.method(),
        secrets.uri(request.uri()),
        secrets.texts(Scrubbing.requestHeaders(request.headers())),
        secrets.body(request.body()),
        ending);
  }

  private static Ending replied(HttpReply reply, @Nullable Pieces pieces, Scrubbing.Known secrets) {
    var headers = secrets.texts(Scrubbing.replyHeaders(reply.headers()));
    if (pieces == null || reply.status() != 200) {
      Bytes body = secrets.body(reply.body());
      return new Ending.Replied(new HttpReply(reply.status(), headers, body), null);
    }
    Scrubbing.Clean clean = pieces.without(secrets);
    return new Ending.Replied(new HttpReply(reply.status(), headers, clean.body()), clean.pieces());
  }

  /// A caller with a clock of its own interrupts an exchange whose time is up. A replay has no such
  /// caller, so that the reason is recorded and not the means.
  private HttpFailure.Kind kind(HttpFailure failure, HttpRequest request, Instant began) {
    Instant late = began.plus(request.deadline()).minus(CLOSE);
    return failure.kind() == HttpFailure.Kind.CANCELLED && clock.instant().isAfter(late)
        ? HttpFailure.Kind.TIMED_OUT
        : failure.kind();
  }

  private static Ending broke(
      HttpFailure.Kind kind,
      HttpFailure failure,
      @Nullable Pieces pieces,
      Scrubbing.Known secrets) {
    Scrubbing.Clean arrived = (pieces == null ? new Pieces() : pieces).without(secrets);
    return new Ending.Broke(
        kind,
        secrets.text(failure.what()),
        secrets.text(failure.advice()),
        arrived.body(),
        arrived.pieces());
  }

  /// Ends the recording; the transport below stays open.
  ///
  /// @throws SupercargoException of category USER when not everything could be written
  @Override
  public void close() {
    writer.close();
  }

  /// A body as it arrives.
  private static final class Pieces {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> sizes = new ArrayList<>();

    void add(Bytes piece) {
      bytes.writeBytes(piece.toArray());
      sizes.add(piece.size());
    }

    Scrubbing.Clean without(Scrubbing.Known secrets) {
      return secrets.body(Bytes.of(bytes.toByteArray()), sizes);
    }
  }
}
