package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.signer.key.PrivateFiles;

/// A second file that remembers how far the log went.
///
/// It is written after every line, without waiting for the disk. So a log that is shorter was cut,
/// or replaced by an older copy, and no crash did it: lines reach the disk before this file is
/// touched. It proves nothing against one who puts both files back; the engine's books do.
final class HeadFile implements AutoCloseable {
  private static final Pattern FORM = Pattern.compile("([0-9]{19}) ([0-9a-f]{64})\n");

  /// @param lines how many the log had
  /// @param hash of the last one
  record Head(long lines, String hash) {}

  private final RandomAccessFile file;

  private HeadFile(RandomAccessFile file) {
    this.file = file;
  }

  static HeadFile open(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createFile(path, PrivateFiles.FILE);
    }
    PrivateFiles.requireClosed(path);
    return new HeadFile(new RandomAccessFile(path.toFile(), "rw"));
  }

  /// Empty when it was never written, or not whole.
  Optional<Head> read() throws IOException {
    byte[] content = new byte[(int) Math.min(file.length(), 256)];
    file.seek(0);
    file.readFully(content);
    Matcher matcher = FORM.matcher(new String(content, US_ASCII));
    return matcher.matches()
        ? Optional.of(new Head(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  void write(Head head) throws IOException {
    // Always of one length, so that a newer one covers the older one.
    String digits = Long.toString(head.lines());
    file.seek(0);
    file.write(
        ("0".repeat(19 - digits.length()) + digits + " " + head.hash() + "\n").getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
