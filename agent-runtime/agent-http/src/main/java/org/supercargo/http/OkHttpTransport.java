package org.supercargo.http;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// The one way out to the network, on one OkHttp client.
///
/// A request's deadline bounds everything: resolving, connecting, waiting, every byte of the reply,
/// and the pauses between attempts. Redirects are replies. One request that is not repeatable is at
/// most one request on the wire. Messages never carry header values, bodies, users or queries.
public final class OkHttpTransport implements Http, AutoCloseable {
  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);
  private static final int IDLE_CONNECTIONS = 16;

  private final HostAllowList allowed;
  private final HttpSettings settings;
  private final Backoff backoff;
  private final Sleeper sleeper;
  private final OkHttpClient client;

  /// @param allowedHosts each a host, which grants every port of it, or `host:port`
  public OkHttpTransport(Set<String> allowedHosts) {
    this(
        allowedHosts,
        HttpSettings.DEFAULT,
        InstantSource.system(),
        RandomGenerator.getDefault(),
        Thread::sleep);
  }

  /// @param allowedHosts each a host, which grants every port of it, or `host:port`
  /// @param clock tells how far away a date in `Retry-After` is
  /// @param jitter spreads the pauses between attempts
  /// @param sleeper waits between attempts
  public OkHttpTransport(
      Set<String> allowedHosts,
      HttpSettings settings,
      InstantSource clock,
      RandomGenerator jitter,
      Sleeper sleeper) {
    this.allowed = new HostAllowList(allowedHosts);
    this.settings = settings;
    this.backoff = new Backoff(clock, jitter);
    this.sleeper = sleeper;
    this.client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(settings.connectTimeout())
            // A request's own deadline bounds reading and writing; a model may think for minutes.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .dns(new BoundedDns(Dns.SYSTEM, settings.connectTimeout()))
            .connectionPool(
                new ConnectionPool(IDLE_CONNECTIONS, IDLE_CONNECTION.toSeconds(), TimeUnit.SECONDS))
            .eventListener(new Attempt.Listener())
            .addNetworkInterceptor(new Attempt.RetryAfterKeeper())
            .build();
  }

  @Override
  public HttpReply send(HttpRequest request) {
    HttpUrl url = url(request);
    allowed.check(url);
    Request prepared = prepare(request, url);
    long end = System.nanoTime() + request.deadline().toNanos();
    int retries = request.repeatable() ? settings.retries() : 0;
    for (int retry = 1; ; retry++) {
      Result result = attempt(prepared, end);
      if (retry > retries || !result.worthRepeating()) {
        return result.replyOrThrow();
      }
      Duration wait = backoff.before(retry, result.asked(backoff));
      if (wait.toNanos() >= end - System.nanoTime() || !slept(wait)) {
        return result.replyOrThrow();
      }
    }
  }

  private static HttpUrl url(HttpRequest request) {
    HttpUrl url = HttpUrl.get(request.uri());
    if (url == null) {
      throw SupercargoException.user(
          "The address of a " + request.method() + " request is not an http or https address",
          "Use a form such as https://api.example.org/path.");
    }
    return url;
  }

  private static Request prepare(HttpRequest request, HttpUrl url) {
    var builder = new Request.Builder().url(url);
    request.headers().forEach((name, value) -> addHeader(builder, name, value));
    try {
      return builder.method(request.method(), OneShotBody.of(request)).build();
    } catch (IllegalArgumentException wrong) {
      throw SupercargoException.user(
          "A " + request.method() + " request to " + RedactedUrl.of(url) + " cannot be built",
          "Give a body to methods that need one, such as POST, and none to GET and HEAD.");
    }
  }

  private static void addHeader(Request.Builder builder, String name, String value) {
    try {
      builder.header(name, value);
    } catch (IllegalArgumentException wrong) {
      // Its message quotes the value, which may be a key.
      throw SupercargoException.user(
          "The header \"" + name + "\" has a character that HTTP does not allow",
          "Use printable ASCII without line breaks in header names and values.");
    }
  }

  private boolean slept(Duration wait) {
    try {
      sleeper.sleep(wait);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Result attempt(Request prepared, long end) {
    long left = end - System.nanoTime();
    var attempt = new Attempt();
    Call call = client.newCall(prepared.newBuilder().tag(Attempt.class, attempt).build());
    if (left <= 0) {
      return failed(prepared, attempt, null, end);
    }
    call.timeout().timeout(left, TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      @Nullable Bytes body = body(response);
      if (body == null) {
        return tooLarge(prepared);
      }
      return new Result.Replied(
          new HttpReply(response.code(), headers(attempt.headersOf(response)), body));
    } catch (IOException broken) {
      return failed(prepared, attempt, broken, end);
    }
  }

  /// Null when there is more than the settings accept.
  private @Nullable Bytes body(Response response) throws IOException {
    int most = settings.maximumReplyBytes();
    BufferedSource source = response.body().source();
    if (response.body().contentLength() > most || source.request(most + 1L)) {
      return null;
    }
    return Bytes.of(source.readByteArray());
  }

  private static Map<String, String> headers(Headers headers) {
    var map = new LinkedHashMap<String, String>();
    headers.forEach(pair -> map.put(pair.getFirst().toLowerCase(Locale.ROOT), pair.getSecond()));
    return map;
  }

  private Result tooLarge(Request request) {
    return new Result.Broke(
        new HttpFailure(
            HttpFailure.Kind.TOO_LARGE,
            described(request)
                + " was answered with more than "
                + settings.maximumReplyBytes()
                + " bytes",
            "Ask for less at a time, or raise the limit on replies.",
            null),
        false);
  }

  private static Result failed(
      Request request, Attempt attempt, @Nullable IOException cause, long end) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    boolean late = end - System.nanoTime() <= 0;
    HttpFailure.Kind kind =
        !attempt.started()
            ? HttpFailure.Kind.NOT_SENT
            : late && !interrupted ? HttpFailure.Kind.TIMED_OUT : HttpFailure.Kind.BROKEN_OFF;
    String reason =
        interrupted ? " (interrupted)" : late ? " (the deadline passed)" : reason(cause);
    boolean repeatable = !interrupted && !late && !isCertificateTrouble(cause);
    return new Result.Broke(
        new HttpFailure(kind, described(request) + text(kind) + reason, advice(kind), cause),
        repeatable);
  }

  private static String reason(@Nullable IOException cause) {
    return cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")";
  }

  private static boolean isCertificateTrouble(@Nullable IOException cause) {
    return cause instanceof SSLPeerUnverifiedException || cause instanceof SSLHandshakeException;
  }

  private static String described(Request request) {
    return request.method() + " " + RedactedUrl.of(request.url());
  }

  private static String text(HttpFailure.Kind kind) {
    return switch (kind) {
      case NOT_SENT -> " could not connect; nothing was sent";
      case TIMED_OUT -> " was not answered in time";
      case BROKEN_OFF -> " broke off before the reply was whole";
      case TOO_LARGE -> " was answered with too many bytes";
    };
  }

  private static String advice(HttpFailure.Kind kind) {
    return switch (kind) {
      case NOT_SENT -> "Check that the host is right and running, then try again.";
      case TIMED_OUT, BROKEN_OFF ->
          "Find out whether the other side acted on it before sending it again.";
      case TOO_LARGE -> "Ask for less at a time, or raise the limit on replies.";
    };
  }

  /// Closes idle connections. Requests under way finish.
  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /// What came of one attempt.
  private sealed interface Result {
    boolean worthRepeating();

    HttpReply replyOrThrow();

    Optional<Duration> asked(Backoff backoff);

    record Replied(HttpReply reply) implements Result {
      private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

      @Override
      public boolean worthRepeating() {
        return PASSING.contains(reply.status());
      }

      @Override
      public HttpReply replyOrThrow() {
        return reply;
      }

      @Override
      public Optional<Duration> asked(Backoff backoff) {
        return backoff.asked(reply);
      }
    }

    record Broke(HttpFailure failure, boolean worthRepeating) implements Result {
      @Override
      public HttpReply replyOrThrow() {
        throw failure;
      }

      @Override
      public Optional<Duration> asked(Backoff backoff) {
        return Optional.empty();
      }
    }
  }
}
