package org.supercargo.http;

import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/// An address fit for messages: no user, no query, no fragment, and no path segment so long that it
/// may be a key.
final class RedactedUrl {
  private static final int LONGEST_PLAIN_SEGMENT = 19;

  private RedactedUrl() {}

  static String of(HttpUrl url) {
    String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
    String port = url.port() == HttpUrl.defaultPort(url.scheme()) ? "" : ":" + url.port();
    String path =
        url.encodedPathSegments().stream()
            .map(segment -> segment.length() > LONGEST_PLAIN_SEGMENT ? "…" : segment)
            .collect(Collectors.joining("/", "/", ""));
    return url.scheme() + "://" + host + port + path;
  }
}
