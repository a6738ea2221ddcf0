package org.supercargo.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.http.HttpRequest;

/// A request's bytes, declared as sendable once so that OkHttp never repeats them by itself; the
/// content type is left to the request's headers.
final class OneShotBody extends RequestBody {
  private final byte[] content;

  private OneShotBody(byte[] content) {
    this.content = content;
  }

  /// Null for a method that carries none, such as GET.
  static @Nullable OneShotBody of(HttpRequest request) {
    boolean bodiless =
        switch (request.method()) {
          case "GET", "HEAD" -> request.body().size() == 0;
          default -> false;
        };
    return bodiless ? null : new OneShotBody(request.body().toArray());
  }

  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  @Override
  public long contentLength() {
    return content.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(content);
  }
}
