package org.supercargo.signer.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Numbers in the order in which they came, eight bytes each.
final class Longs {
  private long[] values = new long[16];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size] = value;
    size++;
  }

  /// @throws IndexOutOfBoundsException if there is none
  long get(int index) {
    return values[java.util.Objects.checkIndex(index, size)];
  }

  int size() {
    return size;
  }

  void set(int index, long value) {
    values[java.util.Objects.checkIndex(index, size)] = value;
  }

  void removeFirst(int count) {
    System.arraycopy(values, count, values, 0, size - count);
    size -= count;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int at = 0; at < size; at++) {
      out.writeLong(values[at]);
    }
  }

  static Longs read(DataInput in) throws IOException {
    var read = new Longs();
    int size = in.readInt();
    for (int at = 0; at < size; at++) {
      read.add(in.readLong());
    }
    return read;
  }
}
