package org.supercargo.signer.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Numbers in the order in which they came, four bytes each.
final class Ints {
  private int[] values = new int[16];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size] = value;
    size++;
  }

  /// @throws IndexOutOfBoundsException if there is none
  int get(int index) {
    return values[java.util.Objects.checkIndex(index, size)];
  }

  int size() {
    return size;
  }

  void set(int index, int value) {
    values[java.util.Objects.checkIndex(index, size)] = value;
  }

  void removeFirst(int count) {
    System.arraycopy(values, count, values, 0, size - count);
    size -= count;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int at = 0; at < size; at++) {
      out.writeInt(values[at]);
    }
  }

  static Ints read(DataInput in) throws IOException {
    var read = new Ints();
    int size = in.readInt();
    for (int at = 0; at < size; at++) {
      read.add(in.readInt());
    }
    return read;
  }
}
