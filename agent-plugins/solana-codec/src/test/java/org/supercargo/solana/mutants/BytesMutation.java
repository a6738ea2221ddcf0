package org.supercargo.solana.mutants;

import java.util.Arrays;
import java.util.Random;
import org.supercargo.api.Bytes;

/// Changes bytes without knowing what they mean.
enum BytesMutation {
  FLIP_BIT,
  SET_BYTE,
  STEP_BYTE,
  INSERT,
  DELETE,
  TRUNCATE,
  APPEND,
  REPEAT,
  SWAP;

  static BytesMutation any(Random random) {
    return values()[random.nextInt(values().length)];
  }

  Bytes apply(Bytes bytes, Random random) {
    byte[] content = bytes.toArray();
    if (content.length == 0) {
      return Material.bytes(random, random.nextInt(4));
    }
    int at = random.nextInt(content.length);
    int some = 1 + random.nextInt(4);
    return switch (this) {
      case FLIP_BIT -> with(content, at, content[at] ^ (1 << random.nextInt(8)));
      case SET_BYTE -> with(content, at, random.nextInt(256));
      case STEP_BYTE -> with(content, at, content[at] + (random.nextBoolean() ? 1 : -1));
      case INSERT -> spliced(content, at, 0, Material.bytes(random, some).toArray());
      case DELETE -> spliced(content, at, some, new byte[0]);
      case TRUNCATE -> Bytes.of(Arrays.copyOf(content, at));
      case APPEND ->
          spliced(
              content,
              content.length,
              0,
              random.nextBoolean() ? new byte[some] : Material.bytes(random, some).toArray());
      case REPEAT -> {
        int from = random.nextInt(content.length);
        yield spliced(
            content,
            at,
            0,
            Arrays.copyOfRange(
                content, from, Math.min(content.length, from + 1 + random.nextInt(40))));
      }
      case SWAP -> {
        int other = random.nextInt(content.length);
        byte kept = content[at];
        content[at] = content[other];
        yield with(content, other, kept);
      }
    };
  }

  private static Bytes with(byte[] content, int at, int value) {
    content[at] = (byte) value;
    return Bytes.of(content);
  }

  private static Bytes spliced(byte[] content, int at, int removed, byte[] inserted) {
    int rest = Math.min(content.length, at + removed);
    var result = new byte[at + inserted.length + content.length - rest];
    System.arraycopy(content, 0, result, 0, at);
    System.arraycopy(inserted, 0, result, at, inserted.length);
    System.arraycopy(content, rest, result, at + inserted.length, content.length - rest);
    return Bytes.of(result);
  }
}
