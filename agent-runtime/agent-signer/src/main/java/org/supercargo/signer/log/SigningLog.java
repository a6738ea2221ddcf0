package org.supercargo.signer.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.key.PrivateFiles;

/// The signer's own memory: every signature it gave, on the disk before the signature leaves.
///
/// A file `signatures.log` of one JSON object per line, each holding the hash of the one before, so
/// that a change anywhere is found at the next start. Cutting whole lines off the end is not found
/// from the file alone; compare [#head()] with an earlier one. One process writes at a time.
///
/// Not safe for use by several threads.
public final class SigningLog implements AutoCloseable {
  private static final int LONGEST_LINE = 1 << 20;

  private final Path file;
  private final DomainJson json;
  private static final int LOCK_ATTEMPTS = 60;
  private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

  private final FileChannel lockFile;
  // A RandomAccessFile, because an interrupted thread would close a FileChannel for good.
  private final RandomAccessFile writer;
  private final SigningIndex index = new SigningIndex();
  private long records;
  private String head = LogLine.FIRST;
  private Instant last = Instant.MIN;
  private @Nullable IOException broken;

  private SigningLog(Path file, DomainJson json, FileChannel lockFile, RandomAccessFile writer) {
    this.file = file;
    this.json = json;
    this.lockFile = lockFile;
    this.writer = writer;
  }

  /// Opens or makes the log in the signer's home and verifies every line of it.
  ///
  /// A last line that was cut off by a crash was never acknowledged and is removed.
  ///
  /// @throws SupercargoException of category USER if another process has it open; of category
  ///   EXTERNAL, with the line, if it was changed
  public static SigningLog open(Path home, DomainJson json) {
    PrivateFiles.directory(home);
    Path file = home.resolve("signatures.log");
    try {
      FileChannel lockFile =
          FileChannel.open(
              home.resolve("signatures.lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PrivateFiles.FILE);
      if (!isLocked(lockFile)) {
        lockFile.close();
        throw SupercargoException.user(
            "Another signer is using " + home, "Stop it, or give this one a home of its own.");
      }
      return verified(file, json, lockFile);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static SigningLog verified(Path file, DomainJson json, FileChannel lockFile)
      throws IOException {
    boolean done = false;
    RandomAccessFile writer = null;
    try {
      if (!Files.exists(file)) {
        Files.createFile(file, PrivateFiles.FILE);
        PrivateFiles.forceDirectoryOf(file);
      }
      PrivateFiles.requireClosed(file);
      writer = new RandomAccessFile(file.toFile(), "rw");
      var log = new SigningLog(file, json, lockFile, writer);
      log.verify();
      done = true;
      return log;
    } finally {
      if (!done) {
        if (writer != null) {
          writer.close();
        }
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

  private void verify() throws IOException {
    long verified = 0;
    var line = new ByteArrayOutputStream();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
        int start = 0;
        for (int at = 0; at < size; at++) {
          if (chunk[at] == '\n') {
            line.write(chunk, start, at - start);
            accept(verified(line.toByteArray()));
            verified += line.size() + 1;
            line.reset();
            start = at + 1;
          }
        }
        line.write(chunk, start, size - start);
        if (line.size() > LONGEST_LINE) {
          throw tampered();
        }
      }
    }
    mendTail(line.toByteArray(), verified);
    writer.seek(writer.length());
  }

  private LogLine verified(byte[] line) {
    LogLine read = LogLine.read(line, records + 1, head, json);
    if (read == null) {
      throw tampered();
    }
    return read;
  }

  /// What follows the last line end is the beginning of a line that a crash cut short, or the work
  /// of someone who changed the file.
  private void mendTail(byte[] tail, long verified) throws IOException {
    if (tail.length == 0) {
      return;
    }
    LogLine whole = LogLine.read(tail, records + 1, head, json);
    if (whole != null) {
      writer.seek(verified + tail.length);
      writer.write('\n');
      accept(whole);
    } else if (isCutOff(tail)) {
      writer.setLength(verified);
    } else {
      throw tampered();
    }
    writer.getFD().sync();
  }

  private boolean isCutOff(byte[] tail) {
    // After a power failure a file may end in zeros where data was still to come.
    int size = tail.length;
    while (size > 0 && tail[size - 1] == 0) {
      size--;
    }
    byte[] start = LogLine.start(records + 1, head);
    int compared = Math.min(size, start.length);
    boolean begins = Arrays.equals(tail, 0, compared, start, 0, compared);
    // A whole line followed by anything but its line end was not cut off but changed.
    return begins && !isLine(tail, size) && !isLine(tail, size - 1);
  }

  private boolean isLine(byte[] tail, int size) {
    return size > 0 && LogLine.read(Arrays.copyOf(tail, size), records + 1, head, json) != null;
  }

  private void accept(LogLine line) {
    records = line.sequence();
    head = line.hash();
    last = line.record().at();
    index.add(line.record(), json);
  }

  /// Puts a record on the disk. When this returns, no crash can make the signer forget it.
  ///
  /// @return the record with the time it was given, which never runs backwards
  /// @throws SupercargoException of category EXTERNAL if it cannot be written; from then on every
  ///   call fails, because only a restart can tell what reached the disk
  public SigningRecord append(SigningRecord record) {
    if (broken != null) {
      throw failure(file, broken);
    }
    SigningRecord timed = record.at().isBefore(last) ? record.at(last) : record;
    LogLine line = LogLine.of(records + 1, head, timed, json);
    byte[] bytes = line.bytes(json);
    if (bytes.length > LONGEST_LINE) {
      throw SupercargoException.bug("A signing record has " + bytes.length + " bytes", null);
    }
    byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
    ended[bytes.length] = '\n';
    try {
      writer.write(ended);
      writer.getFD().sync();
    } catch (IOException e) {
      broken = e;
      throw failure(file, e);
    }
    accept(line);
    return timed;
  }

  /// What was signed for an intent.
  public Optional<SignedIntent> find(IntentId intent) {
    return index.find(intent);
  }

  /// Whether an intent proposes what an approval was signed for before, whatever its payee is
  /// called now. Answers for intents whose movement is not signed yet.
  public boolean isSameProposal(Intent intent, SignedIntent signed) {
    return SignedIntent.proposal(intent, json).equals(signed.proposal());
  }

  /// The intent for which a transaction was signed.
  public Optional<IntentId> signedFor(Bytes fingerprint) {
    return index.signedFor(fingerprint);
  }

  /// What other intents of an agent took from a rolling sum at or after `since`, each counted once
  /// with the most that any of its transactions took.
  public BigInteger spent(AgentId agent, BudgetKey key, Instant since, IntentId except) {
    return index.spent(agent, key, since, except);
  }

  /// How many signatures were given.
  public long records() {
    return records;
  }

  /// The hash of the last line in hex; 64 zeros before the first.
  public String head() {
    return head;
  }

  @Override
  public void close() {
    try (lockFile;
        writer) {
      broken = broken == null ? new IOException("the log is closed") : broken;
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private SupercargoException tampered() {
    return SupercargoException.external(
        "Line " + (records + 1) + " of " + file + " is not what the signer wrote",
        "The record of signatures was changed or damaged. Find out why and restore the file; the"
            + " signer does not start without it.",
        null);
  }

  private static SupercargoException failure(Path file, IOException cause) {
    return new SupercargoException(
        Category.EXTERNAL,
        "The record of signatures "
            + file
            + " cannot be written or read: "
            + PrivateFiles.reason(cause),
        "Nothing is signed without it. Check the disk, then start the signer again.",
        cause);
  }
}
