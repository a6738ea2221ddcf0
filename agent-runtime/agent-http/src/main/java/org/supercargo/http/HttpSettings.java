package org.supercargo.http;

import java.time.Duration;

/// Bounds of an [OkHttpTransport].
///
/// @param maximumReplyBytes largest reply body accepted, counted after decompression; a streamed
///   one may be eight times as large
/// @param retries how often a repeatable request is sent again after its first attempt, 0 to 3
/// @param connectTimeout bound on resolving a name and on connecting to one address; the deadline
///   of a request applies besides
public record HttpSettings(int maximumReplyBytes, int retries, Duration connectTimeout) {
  public static final HttpSettings DEFAULT =
      new HttpSettings(16 * 1024 * 1024, 3, Duration.ofSeconds(10));

  private static final int MOST_RETRIES = 3;

  public HttpSettings {
    if (maximumReplyBytes < 1) {
      throw new IllegalArgumentException("maximumReplyBytes must be positive");
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException("retries must be 0 to " + MOST_RETRIES);
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException("connectTimeout must be positive");
    }
  }

  public HttpSettings withMaximumReplyBytes(int bytes) {
    return new HttpSettings(bytes, retries, connectTimeout);
  }

  public HttpSettings withRetries(int count) {
    return new HttpSettings(maximumReplyBytes, count, connectTimeout);
  }

  public HttpSettings withConnectTimeout(Duration timeout) {
    return new HttpSettings(maximumReplyBytes, retries, timeout);
  }
}
