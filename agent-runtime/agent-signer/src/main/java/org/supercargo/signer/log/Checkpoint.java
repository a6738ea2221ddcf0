package org.supercargo.signer.log;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.key.PrivateFiles;

/// The index as it was after some line, in a file beside the log, so that a start need not read the
/// lines before.
///
/// It is believed only if the very next line of the log names its digest. Without it everything is
/// read, to the same end.
record Checkpoint(SigningIndex index, long end, String head) {
  private static final int MAGIC = 0x53435032;

  /// Reads the file, if it is there and the log vouches for it.
  static Optional<Checkpoint> read(Path path, LogFile log, DomainJson json) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      PrivateFiles.requireClosed(path);
      try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
        if (in.readInt() != MAGIC) {
          return Optional.empty();
        }
        long end = in.readLong();
        String head = Bytes.of(in.readNBytes(32)).hex();
        long line = in.readLong();
        if (!isVouchedFor(path, log, end, head, line, json)) {
          return Optional.empty();
        }
        return Optional.of(new Checkpoint(SigningIndex.read(in, json), end, head));
      }
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      // It only saves time.
      return Optional.empty();
    }
  }

  /// Whether the line behind it names its digest. Checked before anything else in it is read.
  private static boolean isVouchedFor(
      Path path, LogFile log, long end, String head, long line, DomainJson json)
      throws IOException {
    byte[] found = lineAt(log, end);
    return found != null
        && LogLine.verify(found, 0, found.length, line, head) != null
        && LogLine.read(found, json) instanceof CheckpointRecord vouching
        && vouching.digest().equals(digest(path));
  }

  private static byte @Nullable [] lineAt(LogFile log, long offset) throws IOException {
    int longest = 512;
    if (offset < 0 || offset >= log.length()) {
      return null;
    }
    byte[] bytes = log.read(offset, (int) Math.min(longest, log.length() - offset));
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        return java.util.Arrays.copyOf(bytes, at);
      }
    }
    return null;
  }

  private static Bytes digest(Path path) throws IOException {
    MessageDigest digest = LogLine.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Bytes.of(digest.digest());
  }

  /// Writes the file, which counts once the log's next line names its digest.
  ///
  /// @return that digest
  Bytes write(Path path, DomainJson json) throws IOException {
    MessageDigest digest = LogLine.sha256();
    Files.deleteIfExists(path);
    try (FileChannel channel =
            FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PrivateFiles.FILE);
        var out =
            new DataOutputStream(
                new BufferedOutputStream(
                    new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16))) {
      out.writeInt(MAGIC);
      out.writeLong(end);
      out.write(Bytes.fromHex(head).toArray());
      out.writeLong(index.lines() + 1L);
      index.write(out, json);
      out.flush();
      channel.force(true);
    }
    return Bytes.of(digest.digest());
  }

  /// Gives the new file the name of the old one.
  static void replace(Path old, Path fresh) throws IOException {
    Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    PrivateFiles.forceDirectoryOf(old);
  }
}
