package org.supercargo.signer.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.PrivateFiles;

/// The file of the log, held by one process at a time.
final class LogFile implements AutoCloseable {
  private static final int LOCK_ATTEMPTS = 60;
  private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

  private final Path path;
  private final FileChannel lockFile;
  // A RandomAccessFile, because an interrupted thread would close a FileChannel for good.
  private final RandomAccessFile file;

  private LogFile(Path path, FileChannel lockFile, RandomAccessFile file) {
    this.path = path;
    this.lockFile = lockFile;
    this.file = file;
  }

  /// Opens or makes it.
  ///
  /// @throws SupercargoException of category USER if another process has it open
  static LogFile open(Path path, Path lock) throws IOException {
    FileChannel lockFile =
        FileChannel.open(
            lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PrivateFiles.FILE);
    boolean done = false;
    try {
      if (!isLocked(lockFile)) {
        throw SupercargoException.user(
            "Another signer is using " + path.getParent(),
            "Stop it, or give this one a home of its own.");
      }
      if (!Files.exists(path)) {
        Files.createFile(path, PrivateFiles.FILE);
        PrivateFiles.forceDirectoryOf(path);
      }
      PrivateFiles.requireClosed(path);
      var opened = new LogFile(path, lockFile, new RandomAccessFile(path.toFile(), "rw"));
      done = true;
      return opened;
    } finally {
      if (!done) {
        lockFile.close();
      }
    }
  }

  /// The lock lasts as long as its channel is open. A signer whose engine was killed needs a moment
  /// to notice and to end, so its successor waits for it.
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
        if (channel.tryLock() != null) {
          return true;
        }
        LockSupport.parkNanos(LOCK_PAUSE.toNanos());
      }
      return false;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  InputStream stream() throws IOException {
    return Files.newInputStream(path);
  }

  byte[] read(long offset, int size) throws IOException {
    byte[] content = new byte[size];
    file.seek(offset);
    file.readFully(content);
    return content;
  }

  long length() throws IOException {
    return file.length();
  }

  /// Writes at the end. On the disk when it returns.
  ///
  /// @param end where that must be
  void append(byte[] content, long end) throws IOException {
    if (file.length() != end) {
      throw new IOException("somebody else has written to it");
    }
    file.seek(end);
    file.write(content);
    file.getFD().sync();
  }

  /// Takes away everything behind `length`.
  void cut(long length) throws IOException {
    file.setLength(length);
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    try (lockFile;
        file) {
      // Closes both.
    }
  }
}
