package org.supercargo.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.Bytes;

/// A whole reply, whatever its status.
///
/// @param headers lower-case names; of repeated headers the last value
public record HttpReply(int status, Map<String, String> headers, Bytes body) {
  public HttpReply {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  public String text() {
    return new String(body.toArray(), StandardCharsets.UTF_8);
  }
}
