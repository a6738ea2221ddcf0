package org.supercargo.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.HttpBody;
import org.supercargo.api.http.HttpReply;

/// One sending of a request.
///
/// The network is read on a virtual thread of its own. The caller only waits for what that thread
/// hands over, so it can leave at once when its time is up or it is interrupted, whatever the
/// network does and whatever kind of thread the caller is.
final class Exchange {
  private static final int PIECE_BYTES = 16 * 1024;
  private static final int PIECES_AHEAD = 16;

  /// How long the end of a reply is waited for after its reader had enough, to keep the connection.
  private static final Duration LINGER = Duration.ofMillis(100);

  private final Attempt attempt = new Attempt();
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(PIECES_AHEAD);
  private final Breakage breakage;
  private final Call call;
  private final long end;
  private final long most;

  /// @param end the deadline on the clock of [System#nanoTime()]
  /// @param most bytes of the reply's body at the most
  Exchange(OkHttpClient client, Request request, long end, long most) {
    this.breakage = new Breakage(request, attempt);
    this.call = client.newCall(request.newBuilder().tag(Attempt.class, attempt).build());
    this.end = end;
    this.most = most;
  }

  /// What the network's thread hands over.
  private sealed interface Event {
    /// A reply with its body.
    record Whole(HttpReply reply) implements Event {}

    /// @param head the reply without its body
    record Piece(HttpReply head, Bytes bytes) implements Event {}

    /// @param head the reply without its body, all of which was handed over
    record End(HttpReply head) implements Event {}

    record TooLarge() implements Event {}

    record Broken(IOException cause) implements Event {}

    /// A defect, to be thrown where somebody sees it.
    record Defect(Throwable cause) implements Event {}
  }

  /// Waits for the whole reply.
  Outcome whole() {
    return run(null, Duration.ofNanos(Long.MAX_VALUE));
  }

  /// Waits for the whole reply and hands the body of one with status 200 over as it comes.
  Outcome streamed(HttpBody body, Duration idle) {
    return run(body, idle);
  }

  private Outcome run(@Nullable HttpBody body, Duration idle) {
    if (Thread.currentThread().isInterrupted()) {
      return Outcome.broke(breakage.cancelled());
    }
    if (end - System.nanoTime() <= 0) {
      return Outcome.broke(breakage.late("the deadline passed"));
    }
    Thread network = ofCallersKind().name("http").start(() -> read(body != null));
    boolean ended = false;
    try {
      Outcome outcome = await(body, idle);
      ended = outcome.ended();
      return outcome;
    } catch (InterruptedException interrupted) {
      call.cancel();
      Thread.currentThread().interrupt();
      return Outcome.broke(breakage.cancelled());
    } finally {
      if (!ended) {
        call.cancel();
        network.interrupt();
      }
    }
  }

  /// A platform thread must not depend on carriers that virtual threads may keep busy, and a
  /// virtual one must not cost a platform thread.
  private static Thread.Builder ofCallersKind() {
    return Thread.currentThread().isVirtual() ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
  }

  private Outcome await(@Nullable HttpBody body, Duration idle) throws InterruptedException {
    while (true) {
      long left = end - System.nanoTime();
      // A queue that is never empty must not keep the exchange alive.
      @Nullable Event event = left <= 0 ? null : next(Math.min(left, idle.toNanos()));
      switch (event) {
        case null -> {
          return late(left <= idle.toNanos() ? "the deadline passed" : silent(idle));
        }
        case Event.Whole(HttpReply reply) -> {
          return Outcome.replied(reply);
        }
        case Event.Piece(HttpReply head, Bytes bytes) -> {
          if (body != null && !body.take(bytes)) {
            return new Outcome(head, null, false, drained());
          }
        }
        case Event.End(HttpReply head) -> {
          return Outcome.replied(head);
        }
        case Event.TooLarge() -> {
          return new Outcome(null, breakage.tooLarge(most), false, false);
        }
        case Event.Broken(IOException cause) -> {
          return new Outcome(null, breakage.broken(cause), Breakage.mayPass(cause), true);
        }
        case Event.Defect(Throwable cause) -> throw asUnchecked(cause);
      }
    }
  }

  private static RuntimeException asUnchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("the network's side failed", cause);
  }

  private @Nullable Event next(long nanos) throws InterruptedException {
    return events.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /// Cancels before it looks whether anything was sent, so that nothing is sent after the look.
  private Outcome late(String reason) {
    call.cancel();
    return Outcome.broke(breakage.late(reason));
  }

  private static String silent(Duration idle) {
    return "nothing arrived for " + idle.toMillis() + " ms";
  }

  /// Whether the reply ended by itself soon after its reader had enough.
  private boolean drained() throws InterruptedException {
    long until = System.nanoTime() + LINGER.toNanos();
    @Nullable Event event = next(LINGER.toNanos());
    while (event instanceof Event.Piece && until - System.nanoTime() > 0) {
      event = next(until - System.nanoTime());
    }
    return event instanceof Event.End;
  }

  /// The network's side. Every way out hands over one last event, unless the caller has left.
  private void read(boolean inPieces) {
    try {
      events.put(exchanged(inPieces));
    } catch (InterruptedException callerLeft) {
      Thread.currentThread().interrupt();
    }
  }

  private Event exchanged(boolean inPieces) throws InterruptedException {
    try (Response response = call.execute()) {
      return inPieces && response.code() == 200 ? pieces(response) : body(response);
    } catch (IOException broken) {
      return new Event.Broken(broken);
    } catch (RuntimeException | Error defect) {
      // Whoever waits must hear of it: an unheard one looks like a silent network.
      return new Event.Defect(defect);
    }
  }

  private Event body(Response response) throws IOException {
    BufferedSource source = response.body().source();
    if (response.body().contentLength() > most || source.request(most + 1)) {
      return new Event.TooLarge();
    }
    return new Event.Whole(reply(response, Bytes.of(source.readByteArray())));
  }

  private Event pieces(Response response) throws IOException, InterruptedException {
    HttpReply head = reply(response, Bytes.EMPTY);
    BufferedSource source = response.body().source();
    byte[] buffer = new byte[PIECE_BYTES];
    long all = 0;
    for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
      all += read;
      if (all > most) {
        return new Event.TooLarge();
      }
      events.put(new Event.Piece(head, Bytes.of(Arrays.copyOf(buffer, read))));
    }
    return new Event.End(head);
  }

  private HttpReply reply(Response response, Bytes body) {
    return new HttpReply(response.code(), headers(attempt.headersOf(response)), body);
  }

  private static Map<String, String> headers(Headers headers) {
    var map = new LinkedHashMap<String, String>();
    headers.forEach(pair -> map.put(pair.getFirst().toLowerCase(Locale.ROOT), pair.getSecond()));
    return map;
  }
}
