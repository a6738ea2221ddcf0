package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers for texts that come again and again, in the order in which they came first.
final class Texts {
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /// The number of a text, a new one if it has none.
  int number(String text) {
    Integer known = numbers.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /// The number of a text, or null if it has none.
  @Nullable Integer find(String text) {
    return numbers.get(text);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      write(out, text);
    }
  }

  static Texts read(DataInput in) throws IOException {
    var read = new Texts();
    int size = in.readInt();
    for (int each = 0; each < size; each++) {
      read.number(read(in, in.readInt()));
    }
    return read;
  }

  static void write(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String text(DataInput in) throws IOException {
    return read(in, in.readInt());
  }

  private static String read(DataInput in, int size) throws IOException {
    byte[] bytes = new byte[size];
    in.readFully(bytes);
    return new String(bytes, UTF_8);
  }
}
