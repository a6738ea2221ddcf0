package org.supercargo.plugin.llm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.supercargo.api.Bytes;

/// Cuts a stream of bytes, whatever its pieces, into the data of its events. Comments, which keep a
/// connection alive, and other fields are passed over.
///
/// Source: [server-sent
/// events](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
final class EventLines {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Consumer<String> events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;
  private boolean afterReturn;
  private boolean first = true;
  private boolean recognised;

  /// @param events takes the data of each event
  EventLines(Consumer<String> events) {
    this.events = events;
  }

  void take(Bytes piece) {
    for (byte next : piece.toArray()) {
      boolean isFeed = next == '\n';
      if (isFeed && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = next == '\r';
      if (isFeed || afterReturn) {
        endLine();
      } else {
        line.write(next);
      }
    }
  }

  /// Hands over what a server left without its closing blank line.
  void end() {
    endLine();
    endEvent();
  }

  /// Whether anything came that a stream of events has in it, be it a comment.
  boolean isRecognised() {
    return recognised;
  }

  private void endLine() {
    // A whole line, so no character is cut in two.
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (first && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    first = false;
    recognised |= text.startsWith(":") || text.startsWith("data:") || text.startsWith("event:");
    if (text.isEmpty()) {
      endEvent();
    } else if (text.startsWith("data:")) {
      String value = text.substring("data:".length());
      data.append(hasData ? "\n" : "").append(value.startsWith(" ") ? value.substring(1) : value);
      hasData = true;
    }
  }

  private void endEvent() {
    if (hasData) {
      String whole = data.toString();
      data.setLength(0);
      hasData = false;
      events.accept(whole);
    }
  }
}
