package org.supercargo.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/// Resolves names within a time limit. The platform's resolver can neither be interrupted nor
/// cancelled, so it runs on a thread of its own that may be left behind.
final class BoundedDns implements Dns {
  private final Dns resolver;
  private final Duration limit;

  BoundedDns(Dns resolver, Duration limit) {
    this.resolver = resolver;
    this.limit = limit;
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    var lookup = new FutureTask<>(() -> resolver.lookup(hostname));
    Thread.ofPlatform().daemon().name("resolve " + hostname).start(lookup);
    try {
      return lookup.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      throw unknown(hostname + " was not resolved within " + limit.toMillis() + " ms", slow);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unknown("Resolving " + hostname + " was interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw unknown(hostname + " is not known", failed);
    }
  }

  private static UnknownHostException unknown(String what, Exception cause) {
    var exception = new UnknownHostException(what);
    exception.initCause(cause);
    return exception;
  }
}
