package org.supercargo.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// How much is tried, and from which seed.
///
/// @param cases with the mandate on; the negative control has a fifth of them, within bounds
public record Settings(int cases, long seed) {
  public static Settings ofProperties() {
    return new Settings(
        Integer.getInteger("proof.cases", 3_000), Long.getLong("proof.seed", 20_261_123L));
  }

  /// A part of it.
  Settings share(int percent) {
    return new Settings(Math.max(1, (int) (cases * (long) percent / 100)), seed);
  }

  /// A seed for one case, the same for the same case.
  public long seed(Object plot, int number) {
    long mixed = seed * 0x9e3779b97f4a7c15L + plot.hashCode() * 31L + number;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    return mixed ^ (mixed >>> 27);
  }

  /// A folder in memory where there is one: what is proved is not how fast a disk is.
  public static Path folder() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "proof")
          : Files.createTempDirectory("proof");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes a folder of ours with all that is in it.
  public static void remove(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
