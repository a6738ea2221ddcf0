package org.supercargo.evm.mutation;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;

/// RLP written a second time, from the specification and without the codec, so that the two can be
/// compared. It can also write what the specification forbids.
///
/// Source: [RLP](https://ethereum.org/developers/docs/data-structures-and-encoding/rlp/).
final class PlainRlp {
  sealed interface Node {}

  record Leaf(Bytes content) implements Node {}

  record Branch(List<Node> items) implements Node {
    Branch {
      items = List.copyOf(items);
    }
  }

  /// What the specification forbids.
  enum Deviation {
    LONG_LENGTH,
    PADDED_LENGTH,
    COUNTED_BYTE,
    LEADING_ZERO,
    LIST_FOR_TEXT,
    ZERO_FOR_NOTHING,
    LENGTH_TOO_LARGE,
    LENGTH_TOO_SMALL
  }

  private final int deviatingItem;
  private final @Nullable Deviation deviation;
  private int item;

  private PlainRlp(int deviatingItem, @Nullable Deviation deviation) {
    this.deviatingItem = deviatingItem;
    this.deviation = deviation;
  }

  static byte[] encode(Node node) {
    return new PlainRlp(-1, null).write(node);
  }

  /// @param item the item that is written wrongly, counted in the order of writing
  static byte[] encodeWrongly(Node node, int item, Deviation deviation) {
    return new PlainRlp(item, deviation).write(node);
  }

  static int items(Node node) {
    return switch (node) {
      case Leaf _ -> 1;
      case Branch(List<Node> items) -> 1 + items.stream().mapToInt(PlainRlp::items).sum();
    };
  }

  private byte[] write(Node node) {
    boolean deviates = item++ == deviatingItem;
    Deviation wrong = deviates ? deviation : null;
    return switch (node) {
      case Leaf(Bytes content) -> text(content.toArray(), wrong);
      case Branch(List<Node> items) -> {
        var body = new ByteArrayOutputStream();
        items.forEach(each -> body.writeBytes(write(each)));
        yield headed(0xc0, body.toByteArray(), wrong);
      }
    };
  }

  private static byte[] text(byte[] content, @Nullable Deviation wrong) {
    if (wrong == Deviation.LEADING_ZERO) {
      byte[] longer = new byte[content.length + 1];
      System.arraycopy(content, 0, longer, 1, content.length);
      return text(longer, null);
    }
    if (wrong == Deviation.ZERO_FOR_NOTHING && content.length == 0) {
      return new byte[] {0};
    }
    boolean single = content.length == 1 && (content[0] & 0xff) < 0x80;
    if (single && wrong == null) {
      return content;
    }
    return headed(wrong == Deviation.LIST_FOR_TEXT ? 0xc0 : 0x80, content, wrong);
  }

  private static byte[] headed(int base, byte[] body, @Nullable Deviation wrong) {
    int length = body.length;
    if (wrong == Deviation.LENGTH_TOO_LARGE) {
      length++;
    } else if (wrong == Deviation.LENGTH_TOO_SMALL && length > 0) {
      length--;
    }
    var out = new ByteArrayOutputStream();
    boolean longForm =
        length > 55 || wrong == Deviation.LONG_LENGTH || wrong == Deviation.PADDED_LENGTH;
    if (longForm) {
      byte[] digits = digits(length);
      if (wrong == Deviation.PADDED_LENGTH) {
        byte[] padded = new byte[digits.length + 1];
        System.arraycopy(digits, 0, padded, 1, digits.length);
        digits = padded;
      }
      out.write(base + 55 + digits.length);
      out.writeBytes(digits);
    } else {
      out.write(base + length);
    }
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static byte[] digits(int length) {
    var digits = new ByteArrayOutputStream();
    for (int shift = 24; shift >= 0; shift -= 8) {
      int digit = (length >> shift) & 0xff;
      if (digit != 0 || digits.size() > 0 || shift == 0) {
        digits.write(digit);
      }
    }
    return digits.toByteArray();
  }

  /// The one item the bytes hold, or null when they hold anything else. Forms the specification
  /// forbids may be read, because nothing is accepted before it has been written again.
  static @Nullable Node decode(byte[] bytes) {
    int[] end = {0};
    try {
      Node node = read(bytes, 0, bytes.length, end, 0);
      return end[0] == bytes.length ? node : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static Node read(byte[] bytes, int from, int limit, int[] end, int depth) {
    if (from >= limit || depth > 10) {
      throw new IllegalArgumentException("no item");
    }
    int head = bytes[from] & 0xff;
    if (head < 0x80) {
      end[0] = from + 1;
      return new Leaf(Bytes.of(new byte[] {(byte) head}));
    }
    int code = head < 0xc0 ? head - 0x80 : head - 0xc0;
    int start = from + 1;
    long length = code;
    if (code > 55) {
      start = from + 1 + code - 55;
      length = 0;
      for (int i = from + 1; i < start; i++) {
        length = i < limit && length < 1 << 24 ? (length << 8) | (bytes[i] & 0xff) : 1 << 24;
      }
    }
    if (start + length > limit) {
      throw new IllegalArgumentException("cut off");
    }
    int stop = (int) (start + length);
    if (head < 0xc0) {
      end[0] = stop;
      return new Leaf(Bytes.of(Arrays.copyOfRange(bytes, start, stop)));
    }
    var items = new ArrayList<Node>();
    int position = start;
    while (position < stop) {
      items.add(read(bytes, position, stop, end, depth + 1));
      position = end[0];
    }
    end[0] = stop;
    return new Branch(items);
  }
}
