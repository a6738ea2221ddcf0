package org.supercargo.http;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// What is known of one sending of a request; travels with it as its tag.
final class Attempt {
  private static final String RETRY_AFTER = "Retry-After";

  private volatile boolean started;
  private volatile @Nullable String retryAfter;

  /// Whether the first byte of the request may have left. Until then nothing was sent for certain.
  boolean started() {
    return started;
  }

  /// The reply's headers as they came.
  Headers headersOf(Response response) {
    String value = retryAfter;
    return value == null
        ? response.headers()
        : response.headers().newBuilder().set(RETRY_AFTER, value).build();
  }

  private static @Nullable Attempt of(okhttp3.Request request) {
    return request.tag(Attempt.class);
  }

  /// Marks an attempt as started just before its first byte is written.
  static final class Listener extends EventListener {
    @Override
    public void requestHeadersStart(Call call) {
      Attempt attempt = of(call.request());
      if (attempt != null) {
        attempt.started = true;
      }
    }
  }

  /// OkHttp repeats a request without a body by itself when the reply is 503 with `Retry-After: 0`,
  /// whatever its retry setting; one with a body is safe as a [OneShotBody]. Keeping the header
  /// from it leaves one request on the wire for each one sent.
  static final class RetryAfterKeeper implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws java.io.IOException {
      Response response = chain.proceed(chain.request());
      String value = response.header(RETRY_AFTER);
      Attempt attempt = of(chain.request());
      if (value == null || attempt == null) {
        return response;
      }
      attempt.retryAfter = value;
      return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }
  }
}
