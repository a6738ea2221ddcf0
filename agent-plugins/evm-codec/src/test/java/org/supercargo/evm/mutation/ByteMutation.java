package org.supercargo.evm.mutation;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/// Changes bytes without knowing what they mean.
record ByteMutation(Random random) {
  byte[] of(byte[] bytes) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(bytes.length);
    int count = 1 + random.nextInt(Math.min(40, bytes.length - at));
    return switch (random.nextInt(11)) {
      case 0 -> replaced(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
      case 1 -> replaced(bytes, at, (byte) random.nextInt(256));
      case 2 -> replaced(bytes, at, (byte) (bytes[at] + (random.nextBoolean() ? 1 : -1)));
      case 3 -> spliced(bytes, at, 0, new byte[1 + random.nextInt(40)]);
      case 4 -> spliced(bytes, at, 0, noise(1 + random.nextInt(40)));
      case 5 -> spliced(bytes, at, count, new byte[0]);
      case 6 -> Arrays.copyOf(bytes, at);
      case 7 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + count));
      case 8 -> spliced(bytes, at, count, new byte[count]);
      case 9 -> spliced(bytes, at, count, noise(count));
      default -> spliced(bytes, bytes.length, 0, noise(1 + random.nextInt(64)));
    };
  }

  private byte[] noise(int size) {
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] replaced(byte[] bytes, int at, byte value) {
    byte[] copy = bytes.clone();
    copy[at] = value;
    return copy;
  }

  /// What is to be removed beyond the end is not there.
  static byte[] spliced(byte[] bytes, int at, int removed, byte[] inserted) {
    var out = new ByteArrayOutputStream();
    int from = Math.min(at, bytes.length);
    int to = Math.min(at + removed, bytes.length);
    out.write(bytes, 0, from);
    out.writeBytes(inserted);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
