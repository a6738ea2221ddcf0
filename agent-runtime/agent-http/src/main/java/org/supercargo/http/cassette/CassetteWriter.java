package org.supercargo.http.cassette;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;

/// Appends exchanges in the order in which they began, each on the disk before the next.
///
/// The order matters where a caller left an exchange behind whose time was up: the next one may be
/// over before that one is.
final class CassetteWriter implements AutoCloseable {
  /// How long the end of an exchange is waited for that nobody waits for any more.
  private static final Duration LEFT_BEHIND = Duration.ofSeconds(2);

  private final Path file;

  /// Not a channel, which an interrupt of the calling thread would close.
  private final RandomAccessFile open;

  private final TreeMap<Integer, Optional<RecordedExchange>> waiting = new TreeMap<>();
  private int begun;
  private int settled;
  private int written;
  private boolean closed;
  private @Nullable IOException broken;

  private CassetteWriter(Path file, RandomAccessFile open) {
    this.file = file;
    this.open = open;
  }

  /// @param replace whether a file that is there may be lost
  static CassetteWriter create(Path file, boolean replace, Instant now) {
    try {
      @Nullable Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (!replace) {
        Files.createFile(file);
      }
      var writer = new CassetteWriter(file, new RandomAccessFile(file.toFile(), "rw"));
      writer.open.setLength(0);
      writer.append(CassetteLine.header(now));
      return writer;
    } catch (FileAlreadyExistsException e) {
      throw SupercargoException.user(
          file + " is there already, and a recording is not overwritten",
          "Name another file, delete this one, or say that it may be replaced (--record-again).");
    } catch (IOException e) {
      throw SupercargoException.user(
          "The recording " + file + " cannot be made: " + e.getMessage(),
          "Name a file in a folder that you may write to.");
    }
  }

  /// Refused where nothing more can be recorded, before anything is sent.
  ///
  /// @return the exchange's place in the order
  synchronized int begin() {
    refuseIfBroken();
    if (closed) {
      throw SupercargoException.bug("A recording goes on after its end", null);
    }
    return begun++;
  }

  /// @param exchange null when nothing came of it that could be replayed
  synchronized void end(int place, @Nullable RecordedExchange exchange) {
    waiting.put(place, Optional.ofNullable(exchange));
    while (!waiting.isEmpty() && waiting.firstKey() == settled) {
      settle();
    }
    notifyAll();
  }

  private void settle() {
    var first = waiting.pollFirstEntry();
    settled = first.getKey() + 1;
    first
        .getValue()
        .ifPresent(exchange -> {
          if (broken == null) {
            try {
              append(CassetteLine.write(written + 1, exchange));
              written++;
            } catch (IOException e) {
              // The reply is there and paid for; the recording's end is told before the next one.
              broken = e;
            }
          }
        });
  }

  private void append(String line) throws IOException {
    long good = open.getFilePointer();
    try {
      open.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      open.getFD().sync();
    } catch (IOException e) {
      cutTo(good, e);
      throw e;
    }
  }

  private void cutTo(long length, IOException cause) {
    try {
      open.setLength(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void refuseIfBroken() {
    if (broken != null) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The recording " + file + " ends after exchange " + written + ": " + broken.getMessage(),
          "Make room or name another file, and record the session again.",
          broken);
    }
  }

  /// An exchange that was left behind is being ended by an interrupt, and belongs to the session.
  private void awaitEndings() {
    long until = System.nanoTime() + LEFT_BEHIND.toNanos();
    try {
      for (long left = LEFT_BEHIND.toNanos();
          settled < begun && left > 0;
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// @throws SupercargoException of category USER when something could not be written
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    awaitEndings();
    while (!waiting.isEmpty()) {
      settle();
    }
    try {
      open.close();
    } catch (IOException e) {
      broken = broken == null ? e : broken;
    }
    refuseIfBroken();
  }
}
