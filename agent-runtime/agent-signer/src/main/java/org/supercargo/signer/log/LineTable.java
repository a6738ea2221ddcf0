package org.supercargo.signer.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.supercargo.api.Bytes;

/// Finds lines by a digest of something in them, at sixteen bytes a line.
///
/// It keeps eight bytes of each digest, so a line that it finds may be another one's; the line
/// itself tells.
final class LineTable {
  private static final int SMALLEST = 64;

  // By line, from 1; zero for a line that is not found.
  private final Longs hashes;
  private int[] places = new int[SMALLEST];

  LineTable() {
    this(new Longs());
  }

  private LineTable(Longs hashes) {
    this.hashes = hashes;
    spread();
  }

  /// @param digest of the next line, or empty for a line that is not to be found
  void add(Bytes digest) {
    hashes.add(digest.size() == 0 ? 0 : hash(digest));
    if (hashes.size() * 2 > places.length) {
      spread();
    } else {
      place(hashes.size());
    }
  }

  /// Lines that may hold it, oldest first.
  int[] find(Bytes digest) {
    long hash = hash(digest);
    int[] found = new int[4];
    int count = 0;
    int place = home(hash);
    while (places[place] != 0) {
      if (hashes.get(places[place] - 1) == hash) {
        found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
        found[count] = places[place];
        count++;
      }
      place = after(place);
    }
    int[] lines = Arrays.copyOf(found, count);
    Arrays.sort(lines);
    return lines;
  }

  private void spread() {
    int size = places.length;
    while (hashes.size() * 2 > size) {
      size *= 2;
    }
    places = new int[size];
    for (int line = 1; line <= hashes.size(); line++) {
      place(line);
    }
  }

  private void place(int line) {
    long hash = hashes.get(line - 1);
    if (hash != 0) {
      int place = home(hash);
      while (places[place] != 0) {
        place = after(place);
      }
      places[place] = line;
    }
  }

  private int home(long hash) {
    return (int) (hash >>> 32) & (places.length - 1);
  }

  private int after(int place) {
    return (place + 1) & (places.length - 1);
  }

  private static long hash(Bytes digest) {
    long hash = ByteBuffer.wrap(digest.toArray()).getLong();
    return hash == 0 ? 1 : hash;
  }

  void write(DataOutput out) throws IOException {
    hashes.write(out);
  }

  static LineTable read(DataInput in) throws IOException {
    return new LineTable(Longs.read(in));
  }
}
