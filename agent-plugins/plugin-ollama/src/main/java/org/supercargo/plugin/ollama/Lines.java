package org.supercargo.plugin.ollama;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.HttpBody;

/// Cuts a body into lines, whatever pieces it comes in.
final class Lines implements HttpBody {
  private final Predicate<String> taker;
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private boolean more = true;

  /// @param taker takes a line that is not blank; false when nothing more is wanted
  Lines(Predicate<String> taker) {
    this.taker = taker;
  }

  @Override
  public boolean take(Bytes piece) {
    for (byte next : piece.toArray()) {
      if (next != '\n') {
        open.write(next);
      } else if (!end()) {
        return false;
      }
    }
    return more;
  }

  /// Takes what stands after the last line break.
  boolean end() {
    String line = open.toString(StandardCharsets.UTF_8);
    open.reset();
    more = more && (line.isBlank() || taker.test(line));
    return more;
  }
}
