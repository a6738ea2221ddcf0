package org.supercargo.signer.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Goes through the lines of a file without holding more than one of them.
final class LineScanner {
  private final InputStream in;
  private final int longest;
  private byte[] buffer = new byte[1 << 16];
  private long base;
  private int filled;
  private boolean ended;
  private int from;
  private int to;
  private int next;

  /// @param longest bytes of a line at the most
  LineScanner(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /// Goes to the next line that has an end. When there is none, what stands behind the last line
  /// end is left in its place.
  ///
  /// @throws TooLong if a line is longer than it may be
  boolean next() throws IOException {
    from = next;
    int at = from;
    while (true) {
      while (at < filled) {
        if (buffer[at] == '\n') {
          to = at;
          next = at + 1;
          return true;
        }
        at++;
      }
      if (at - from > longest) {
        throw new TooLong();
      }
      if (ended) {
        to = filled;
        next = filled;
        return false;
      }
      at -= fill();
    }
  }

  /// Makes place and reads on.
  ///
  /// @return by how much the bytes that were there have moved
  private int fill() throws IOException {
    int moved = from;
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    base += moved;
    filled -= moved;
    from = 0;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int size = in.read(buffer, filled, buffer.length - filled);
    if (size < 0) {
      ended = true;
    } else {
      filled += size;
    }
    return moved;
  }

  /// Holds the line between [#from()] and [#to()], until the next one is asked for.
  byte[] bytes() {
    return buffer;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /// Where in the file the line begins.
  long offset() {
    return base + from;
  }

  /// A line longer than any that is written.
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("a line is too long");
    }
  }
}
