package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.signer.key.PrivateFiles;

/// The signer's own memory: every signature it gave, on the disk before the signature leaves.
///
/// A file `signatures.log` of one JSON object per line, each holding the hash of the one before, so
/// that a change anywhere is found at the next start. Whole lines cut off the end are found by
/// `signatures.head`, unless that file was put back too; then the engine's books tell. One process
/// writes at a time.
///
/// What questions need is kept in memory: about seventy bytes for every line, and forty more for
/// every sum that a signature of the longest window belongs to. The rest of a line is read back
/// from the file. `signatures.checkpoint` holds the same, so that a start hashes all lines but
/// reads the newest ones only.
///
/// Not safe for use by several threads.
public final class SigningLog implements AutoCloseable {
  /// Lines between checkpoints.
  static final int EVERY = 10_000;

  private static final int LONGEST_LINE = 2 << 20;

  private final LogFile file;
  private final LogFaults faults;
  private final HeadFile headFile;
  private final Path checkpoint;
  private final DomainJson json;
  private final int every;
  private SigningIndex index;
  private String head = LogLine.FIRST;
  private long end;
  private int summedUp;
  private int readWhole;
  private @Nullable IOException broken;

  private SigningLog(
      LogFile file,
      HeadFile headFile,
      Path checkpoint,
      Duration memory,
      DomainJson json,
      int every) {
    this.file = file;
    this.faults = new LogFaults(file.path());
    this.headFile = headFile;
    this.checkpoint = checkpoint;
    this.json = json;
    this.every = every;
    this.index = new SigningIndex(memory);
  }

  /// Opens or makes the log in the signer's home and verifies every line of it.
  ///
  /// A last line that was cut off by a crash was never acknowledged and is removed.
  ///
  /// @param memory the longest window that sums will be asked for
  /// @throws SupercargoException of category USER if another process has it open; of category
  ///   EXTERNAL, with the line, if it was changed or cut
  public static SigningLog open(Path home, Duration memory, DomainJson json) {
    return open(home, memory, json, EVERY);
  }

  static SigningLog open(Path home, Duration memory, DomainJson json, int every) {
    PrivateFiles.directory(home);
    Path path = home.resolve("signatures.log");
    try {
      LogFile file = LogFile.open(path, home.resolve("signatures.lock"));
      HeadFile headFile = null;
      boolean done = false;
      try {
        headFile = HeadFile.open(home.resolve("signatures.head"));
        Path checkpoint = home.resolve("signatures.checkpoint");
        var log = new SigningLog(file, headFile, checkpoint, memory, json, every);
        log.verify();
        done = true;
        return log;
      } finally {
        if (!done) {
          file.close();
          if (headFile != null) {
            headFile.close();
          }
        }
      }
    } catch (IOException e) {
      throw new LogFaults(path).failure(e);
    }
  }

  private void verify() throws IOException {
    Optional<HeadFile.Head> noted = headFile.read();
    Checkpoint.read(checkpoint, file, json)
        .filter(read -> read.index().memory().compareTo(index.memory()) >= 0)
        .ifPresent(read -> {
          index = read.index();
          summedUp = index.lines();
        });
    int line = 0;
    try (InputStream in = file.stream()) {
      var scanner = new LineScanner(in, LONGEST_LINE);
      while (scanner.next()) {
        line++;
        accept(scanner, line, noted);
      }
      mendTail(scanner, line + 1, noted);
    } catch (LineScanner.TooLong e) {
      throw faults.tampered(line + 1);
    }
    if (noted.isPresent() && noted.get().lines() > index.lines()) {
      throw faults.cut(index.lines(), noted.get().lines());
    }
    noteHead();
    sumUpWhenDue();
  }

  private void accept(LineScanner scanner, int line, Optional<HeadFile.Head> noted) {
    byte[] bytes = scanner.bytes();
    String hash = LogLine.verify(bytes, scanner.from(), scanner.to(), line, head);
    if (hash == null) {
      throw faults.tampered(line);
    }
    end = scanner.offset() + scanner.to() - scanner.from() + 1;
    if (line > index.lines()) {
      LogRecord record = LogLine.parse(bytes, scanner.from(), scanner.to(), json);
      if (record == null) {
        throw LogLine.isOfFirstVersion(bytes, scanner.from(), scanner.to())
            ? faults.otherVersion()
            : faults.tampered(line);
      }
      index.add(record, scanner.offset(), this::signature);
      readWhole++;
    }
    head = hash;
    if (noted.filter(each -> each.lines() == line && !each.hash().equals(hash)).isPresent()) {
      throw faults.replaced(line);
    }
  }

  /// What follows the last line end is the beginning of a line that a crash cut short, or the work
  /// of someone who changed the file.
  private void mendTail(LineScanner scanner, int line, Optional<HeadFile.Head> noted)
      throws IOException {
    if (scanner.from() == scanner.to()) {
      return;
    }
    byte[] tail = Arrays.copyOfRange(scanner.bytes(), scanner.from(), scanner.to());
    if (LogLine.verify(tail, 0, tail.length, line, head) != null) {
      accept(scanner, line, noted);
      file.append(new byte[] {'\n'}, end - 1);
    } else if (isCutOff(tail, line)) {
      file.cut(scanner.offset());
    } else {
      throw faults.tampered(line);
    }
  }

  private boolean isCutOff(byte[] tail, int line) {
    // After a power failure a file may end in zeros where data was still to come.
    int size = tail.length;
    while (size > 0 && tail[size - 1] == 0) {
      size--;
    }
    byte[] start = LogLine.start(line, head);
    int compared = Math.min(size, start.length);
    boolean begins = Arrays.equals(tail, 0, compared, start, 0, compared);
    // A whole line followed by anything but its line end was not cut off but changed.
    return begins && !isLine(tail, size, line) && !isLine(tail, size - 1, line);
  }

  private boolean isLine(byte[] tail, int size, int line) {
    return size > 0 && LogLine.verify(tail, 0, size, line, head) != null;
  }

  /// The time a record would get now, which never runs backwards.
  public Instant time(Instant now) {
    return now.isBefore(index.last()) ? index.last() : now;
  }

  /// Puts a record on the disk. When this returns, no crash can make the signer forget it.
  ///
  /// @return the record with the time it was given, see [#time(Instant)]
  /// @throws SupercargoException of category EXTERNAL if it cannot be written; from then on every
  ///   call fails, because only a restart can tell what reached the disk
  public LogRecord append(LogRecord record) {
    LogRecord timed = write(record);
    sumUpWhenDue();
    return timed;
  }

  private LogRecord write(LogRecord record) {
    if (broken != null) {
      throw faults.failure(broken);
    }
    LogRecord timed = record.at(time(record.at()));
    byte[] bytes = LogLine.write(index.lines() + 1L, head, timed, json);
    if (bytes.length > LONGEST_LINE) {
      throw SupercargoException.bug("A line of the log has " + bytes.length + " bytes", null);
    }
    byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
    ended[bytes.length] = '\n';
    // Until all of it is done, only a restart can tell what is.
    broken = new IOException("a line was not finished");
    try {
      file.append(ended, end);
    } catch (IOException e) {
      broken = e;
      throw faults.failure(e);
    }
    index.add(timed, end, this::signature);
    broken = null;
    head = LogLine.hash(bytes);
    end += ended.length;
    noteHead();
    return timed;
  }

  private void noteHead() {
    try {
      headFile.write(new HeadFile.Head(index.lines(), head));
    } catch (IOException e) {
      // An older one proves less, and nothing wrong.
    }
  }

  private void sumUpWhenDue() {
    if (index.lines() - summedUp < every) {
      return;
    }
    summedUp = index.lines();
    Path fresh = checkpoint.resolveSibling(checkpoint.getFileName() + ".new");
    try {
      Bytes digest = new Checkpoint(index, end, head).write(fresh, json);
      write(new CheckpointRecord(index.last(), digest));
      Checkpoint.replace(checkpoint, fresh);
    } catch (IOException e) {
      // It only saves time, so the next one may do.
    }
  }

  private SigningRecord signature(AgentId agent, long number) {
    return signatureAt(index.find(agent).orElseThrow().line(number));
  }

  private SigningRecord signatureAt(int line) {
    if (record(line) instanceof SigningRecord signing) {
      return signing;
    }
    throw faults.tampered(line);
  }

  private LogRecord record(int line) {
    long from = index.offset(line);
    long to = line < index.lines() ? index.offset(line + 1) : end;
    try {
      LogRecord read = LogLine.read(file.read(from, Math.toIntExact(to - from - 1)), json);
      if (read == null) {
        throw faults.tampered(line);
      }
      return read;
    } catch (IOException e) {
      throw faults.failure(e);
    }
  }

  /// What was signed for an intent, oldest first.
  public List<SigningRecord> find(IntentId intent) {
    return Arrays.stream(index.linesOf(intent))
        .mapToObj(this::signatureAt)
        .filter(signing -> signing.intent().equals(intent))
        .toList();
  }

  /// The intent for which a transaction was signed.
  public Optional<IntentId> signedFor(Address wallet, Bytes unsigned) {
    return Arrays.stream(index.linesOf(wallet, unsigned))
        .mapToObj(this::signatureAt)
        .filter(signing -> signing.wallet().equals(wallet) && signing.unsigned().equals(unsigned))
        .map(SigningRecord::intent)
        .findFirst();
  }

  /// What an agent took, as far as it counts.
  ///
  /// @param except a signature that is left out because another one would take over its sums
  public BigInteger spent(BudgetQuestion question, @Nullable SigningRecord except) {
    BigInteger sum = index.spent(question);
    if (except == null
        || !except.agent().equals(question.agent())
        || (question.since() != null && except.at().isBefore(question.since()))) {
      return sum;
    }
    return except.charges().stream()
        .filter(charge -> counts(charge, question))
        .map(Reservation::baseUnits)
        .reduce(sum, BigInteger::subtract);
  }

  private static boolean counts(Reservation charge, BudgetQuestion question) {
    return charge.rule().equals(question.rule())
        && charge.unit().equals(question.unit())
        && (question.counterparty() == null
            || question.counterparty().equals(charge.counterparty()))
        && (question.asset() == null || question.asset().equals(charge.asset()));
  }

  /// Signatures for an agent with numbers above `after`, oldest first.
  ///
  /// @param size bytes of JSON after which it stops, though never before the first
  public List<SigningRecord> history(AgentId agent, long after, int limit, int size) {
    var found = new ArrayList<SigningRecord>();
    long left = size;
    for (long number = Math.max(after, 0) + 1;
        number <= signatures(agent) && found.size() < limit;
        number++) {
      SigningRecord record = signature(agent, number);
      left -= json.write(record.given()).getBytes(UTF_8).length;
      if (left < 0 && !found.isEmpty()) {
        break;
      }
      found.add(record);
    }
    return found;
  }

  /// How many signatures were given for an agent.
  public long signatures(AgentId agent) {
    return index.find(agent).map(AgentMemory::signatures).orElse(0);
  }

  /// The newest fence under which one was given; 0 before the first.
  public long fence(AgentId agent) {
    return index.find(agent).map(AgentMemory::fence).orElse(0L);
  }

  /// The version of the owner's file that an agent is signed for by.
  public Optional<AdoptionRecord> adoption(AgentId agent) {
    return index.find(agent).flatMap(AgentMemory::adoption);
  }

  /// Since when an account stands in the agent's address book.
  public Optional<Instant> payeeSince(AgentId agent, Address payee) {
    return index.find(agent).flatMap(memory -> memory.since(payee));
  }

  /// The stop of an agent, or of everything, that was seen and not seen lifted.
  public Optional<StopRecord> stop(Optional<AgentId> agent) {
    return index.stop(agent);
  }

  public List<StopRecord> stops() {
    return index.stops();
  }

  /// How many signatures were given.
  public long signatures() {
    return index.signatures();
  }

  /// How many lines there are.
  public long lines() {
    return index.lines();
  }

  /// How many lines were read whole at the start, and not only hashed.
  public int readWhole() {
    return readWhole;
  }

  /// The hash of the last line in hex; 64 zeros before the first.
  public String head() {
    return head;
  }

  SigningIndex index() {
    return index;
  }

  @Override
  public void close() {
    try (file;
        headFile) {
      broken = broken == null ? new IOException("the log is closed") : broken;
    } catch (IOException e) {
      throw faults.failure(e);
    }
  }
}
