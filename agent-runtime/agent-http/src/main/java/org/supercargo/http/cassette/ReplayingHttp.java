package org.supercargo.http.cassette;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpBody;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.http.cassette.RecordedExchange.Ending;

/// Answers from a cassette, without a network and without waiting.
///
/// The n-th request has to be the n-th recorded one: the same method, address and body, byte for
/// byte, secrets aside. After the first that is not, nothing is answered any more, and every
/// request gets the same [CassetteMismatch]. Deadlines are not looked at.
public final class ReplayingHttp implements Http {
  private static final String MEANT =
      "If the change is meant, record the session again; otherwise undo it.";

  private final Cassette cassette;
  private final Scrubbing scrubbing = new Scrubbing(List.of());
  private int used;
  private @Nullable CassetteMismatch mismatch;
  private Instant now;

  public ReplayingHttp(Cassette cassette) {
    this.cassette = cassette;
    this.now = cassette.size() == 0 ? Instant.EPOCH : cassette.exchange(1).began();
  }

  public Cassette cassette() {
    return cassette;
  }

  /// How many recorded exchanges nobody has asked for yet.
  public synchronized int remaining() {
    return cassette.size() - used;
  }

  /// What ended the replay; callers above may have taken it for a broken network.
  public synchronized Optional<CassetteMismatch> mismatch() {
    return Optional.ofNullable(mismatch);
  }

  /// The time of the session: when the newest exchange ended, or when the next one began after
  /// [#advance()]. Prices depend on it.
  public InstantSource clock() {
    return this::instant;
  }

  private synchronized Instant instant() {
    return now;
  }

  /// Turns the clock to the moment the next exchange began, if there is one.
  public synchronized void advance() {
    if (remaining() > 0) {
      now = cassette.exchange(used + 1).began();
    }
  }

  @Override
  public HttpReply send(HttpRequest request) {
    return switch (next(request)) {
      case Ending.Replied(HttpReply reply, var pieces) -> reply;
      case Ending.Broke broke -> throw failure(broke);
    };
  }

  @Override
  public HttpReply stream(HttpRequest request, Duration idle, HttpBody body) {
    return switch (next(request)) {
      case Ending.Replied(HttpReply reply, var pieces) when reply.status() != 200 -> reply;
      case Ending.Replied(HttpReply reply, @Nullable List<Integer> pieces) -> {
        hand(reply.body(), pieces == null ? List.of(reply.body().size()) : pieces, body);
        yield new HttpReply(reply.status(), reply.headers(), Bytes.EMPTY);
      }
      case Ending.Broke broke -> {
        if (hand(broke.arrived(), broke.pieces(), body)) {
          throw failure(broke);
        }
        yield new HttpReply(200, Map.of(), Bytes.EMPTY);
      }
    };
  }

  /// @return whether more would have been taken
  private static boolean hand(Bytes whole, List<Integer> pieces, HttpBody body) {
    byte[] bytes = whole.toArray();
    int at = 0;
    for (int size : pieces) {
      if (!body.take(Bytes.of(Arrays.copyOfRange(bytes, at, at + size)))) {
        return false;
      }
      at += size;
    }
    return true;
  }

  private static HttpFailure failure(Ending.Broke broke) {
    return new HttpFailure(broke.kind(), broke.what(), broke.advice(), null);
  }

  private synchronized Ending next(HttpRequest request) {
    if (mismatch != null) {
      throw mismatch;
    }
    Scrubbing.Known secrets = scrubbing.with(request);
    if (remaining() == 0) {
      throw end(
          cassette.size() + 1,
          "has "
              + cassette.size()
              + " exchanges, and one more is asked for: "
              + request.method()
              + " "
              + secrets.uri(request.uri()));
    }
    int number = used + 1;
    RecordedExchange recorded = cassette.exchange(number);
    require(number, "method", recorded.method(), request.method());
    require(number, "address", recorded.uri(), secrets.uri(request.uri()));
    Bytes body = secrets.body(request.body());
    if (!body.equals(recorded.body())) {
      throw end(number, differs(number) + "the body " + BodyDifference.of(recorded.body(), body));
    }
    used = number;
    now = recorded.ended();
    return recorded.ending();
  }

  private void require(int number, String part, String recorded, String asked) {
    if (!recorded.equals(asked)) {
      throw end(
          number, differs(number) + "the " + part + "\n    - " + recorded + "\n    + " + asked);
    }
  }

  private static String differs(int number) {
    return "was recorded with another exchange " + number + ": ";
  }

  private CassetteMismatch end(int number, String what) {
    var found = new CassetteMismatch(number, cassette.file() + " " + what, MEANT);
    mismatch = found;
    return found;
  }
}
