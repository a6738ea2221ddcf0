package org.supercargo.signer.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one agent took under one rule in one unit: each taking as long as any window may ask for
/// it, and the sums of all there ever were.
///
/// Takings come in the order of their lines, whose times never run backwards.
final class Spendings {
  /// Stands for an amount that does not fit.
  private static final long LARGE = -1;

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  // One column for each part, because boxed values would take ten times the memory.
  private Longs times = new Longs();
  private Ints lines = new Ints();
  private Ints payees = new Ints();
  private Ints assets = new Ints();
  private Longs amounts = new Longs();
  private final Map<Integer, BigInteger> large = new TreeMap<>();

  private BigInteger total = BigInteger.ZERO;
  private final Map<Integer, BigInteger> byPayee = new TreeMap<>();
  private final Map<Integer, BigInteger> byAsset = new TreeMap<>();
  private long forgotten = Long.MIN_VALUE;
  private int room = 256;

  /// @param payee the number of a counterparty
  /// @param asset the number of an asset
  void add(int line, Instant at, int payee, int asset, BigInteger amount, Duration memory) {
    if (times.size() >= room) {
      forget(nanos(minus(at, memory)));
      room = Math.max(room, times.size() * 2);
    }
    times.add(nanos(at));
    lines.add(line);
    payees.add(payee);
    assets.add(asset);
    if (amount.compareTo(MOST) > 0) {
      amounts.add(LARGE);
      large.put(line, amount);
    } else {
      amounts.add(amount.longValueExact());
    }
    count(payee, asset, amount);
  }

  /// Takes back what a line took.
  void remove(int line, int payee, int asset, BigInteger amount) {
    int at = find(line);
    if (at >= 0) {
      amounts.set(at, 0);
      large.remove(line);
    }
    count(payee, asset, amount.negate());
  }

  private void count(int payee, int asset, BigInteger amount) {
    total = total.add(amount);
    byPayee.merge(payee, amount, BigInteger::add);
    byAsset.merge(asset, amount, BigInteger::add);
  }

  /// The place of a line, or a negative number.
  private int find(int line) {
    int low = 0;
    int high = lines.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (lines.get(middle) == line) {
        return middle;
      }
      if (lines.get(middle) < line) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private void forget(long before) {
    int count = 0;
    while (count < times.size() && times.get(count) < before) {
      large.remove(lines.get(count));
      count++;
    }
    if (count > 0) {
      forgotten = times.get(count - 1);
      times.removeFirst(count);
      lines.removeFirst(count);
      payees.removeFirst(count);
      assets.removeFirst(count);
      amounts.removeFirst(count);
    }
  }

  /// @param since null for everything
  /// @param payee null for all
  /// @param asset null for all
  /// @throws IllegalArgumentException if it is asked for more than is remembered
  BigInteger sum(@Nullable Instant since, @Nullable Integer payee, @Nullable Integer asset) {
    if (since == null) {
      return ever(payee, asset);
    }
    long first = nanos(since);
    if (first <= forgotten) {
      throw new IllegalArgumentException("spendings since " + since + " are not remembered");
    }
    BigInteger sum = BigInteger.ZERO;
    long small = 0;
    for (int at = times.size() - 1; at >= 0 && times.get(at) >= first; at--) {
      boolean counts =
          (payee == null || payees.get(at) == payee) && (asset == null || assets.get(at) == asset);
      if (counts) {
        long amount = amounts.get(at);
        if (amount == LARGE) {
          sum = sum.add(large.getOrDefault(lines.get(at), BigInteger.ZERO));
        } else if (small > Long.MAX_VALUE - amount) {
          sum = sum.add(BigInteger.valueOf(small)).add(BigInteger.valueOf(amount));
          small = 0;
        } else {
          small += amount;
        }
      }
    }
    return sum.add(BigInteger.valueOf(small));
  }

  private BigInteger ever(@Nullable Integer payee, @Nullable Integer asset) {
    if (payee != null && asset != null) {
      throw new IllegalArgumentException("no budget is kept by payee and by asset");
    }
    if (payee != null) {
      return byPayee.getOrDefault(payee, BigInteger.ZERO);
    }
    return asset == null ? total : byAsset.getOrDefault(asset, BigInteger.ZERO);
  }

  private static Instant minus(Instant at, Duration memory) {
    try {
      return at.minus(memory);
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.MIN;
    }
  }

  /// Since 1970. Times beyond the year 2262 are as good as its end.
  private static long nanos(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (ArithmeticException e) {
      return time.getEpochSecond() < 0 ? Long.MIN_VALUE + 1 : Long.MAX_VALUE;
    }
  }

  void write(DataOutput out) throws IOException {
    times.write(out);
    lines.write(out);
    payees.write(out);
    assets.write(out);
    amounts.write(out);
    write(out, large);
    write(out, total);
    write(out, byPayee);
    write(out, byAsset);
    out.writeLong(forgotten);
    out.writeInt(room);
  }

  static Spendings read(DataInput in) throws IOException {
    var read = new Spendings();
    read.times = Longs.read(in);
    read.lines = Ints.read(in);
    read.payees = Ints.read(in);
    read.assets = Ints.read(in);
    read.amounts = Longs.read(in);
    read(in, read.large);
    read.total = amount(in);
    read(in, read.byPayee);
    read(in, read.byAsset);
    read.forgotten = in.readLong();
    read.room = in.readInt();
    return read;
  }

  private static void write(DataOutput out, Map<Integer, BigInteger> amounts) throws IOException {
    out.writeInt(amounts.size());
    for (var entry : amounts.entrySet()) {
      out.writeInt(entry.getKey());
      write(out, entry.getValue());
    }
  }

  private static void read(DataInput in, Map<Integer, BigInteger> amounts) throws IOException {
    int size = in.readInt();
    for (int each = 0; each < size; each++) {
      amounts.put(in.readInt(), amount(in));
    }
  }

  private static void write(DataOutput out, BigInteger amount) throws IOException {
    byte[] bytes = amount.toByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static BigInteger amount(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new BigInteger(bytes);
  }
}
