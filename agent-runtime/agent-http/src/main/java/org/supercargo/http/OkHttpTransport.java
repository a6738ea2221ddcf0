package org.supercargo.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpBody;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// The one way out to the network, on one OkHttp client.
///
/// A request's deadline bounds everything: resolving, connecting, waiting, every byte of the reply,
/// and the pauses between attempts; an interrupt ends it early. Redirects are replies. One request
/// that is not repeatable is at most one request on the wire. Messages never carry header values,
/// bodies, users or queries.
public final class OkHttpTransport implements Http, AutoCloseable {
  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);
  private static final int IDLE_CONNECTIONS = 16;

  /// A stream is not held here, and its events wrap a few characters each in hundreds of bytes.
  private static final int STREAM_FACTOR = 8;

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
            // An exchange's own clock bounds reading and writing; a model may think for minutes.
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
    Request prepared = prepare(request);
    long end = System.nanoTime() + request.deadline().toNanos();
    int retries = request.repeatable() ? settings.retries() : 0;
    for (int retry = 1; ; retry++) {
      Outcome outcome = exchange(prepared, end, settings.maximumReplyBytes()).whole();
      if (retry > retries || !outcome.mayPass()) {
        return outcome.replyOrThrow();
      }
      Duration wait = backoff.before(retry, asked(outcome));
      if (wait.toNanos() >= end - System.nanoTime() || !slept(wait)) {
        return outcome.replyOrThrow();
      }
    }
  }

  @Override
  public HttpReply stream(HttpRequest request, Duration idle, HttpBody body) {
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("idle must be positive");
    }
    Request prepared = prepare(request);
    long end = System.nanoTime() + request.deadline().toNanos();
    long most = (long) settings.maximumReplyBytes() * STREAM_FACTOR;
    return exchange(prepared, end, most).streamed(body, idle).replyOrThrow();
  }

  private Exchange exchange(Request prepared, long end, long most) {
    return new Exchange(client, prepared, end, most);
  }

  private Optional<Duration> asked(Outcome outcome) {
    return Optional.ofNullable(outcome.reply()).flatMap(backoff::asked);
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

  private Request prepare(HttpRequest request) {
    HttpUrl url = url(request);
    allowed.check(url);
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

  /// Closes idle connections. Requests under way finish.
  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
