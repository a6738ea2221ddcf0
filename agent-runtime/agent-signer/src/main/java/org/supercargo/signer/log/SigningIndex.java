package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.BudgetQuestion;

/// The log as questions need it: where the lines are, and the sums. Whatever else a line says is
/// read from the file.
final class SigningIndex {
  /// Reads a signature back.
  interface Signatures {
    SigningRecord signature(AgentId agent, long number);
  }

  private record Account(AgentId agent, String rule, AssetId unit) {}

  private final Duration memory;
  private Longs offsets = new Longs();
  private LineTable intents = new LineTable();
  private LineTable transactions = new LineTable();
  private Texts payees = new Texts();
  private Texts assets = new Texts();
  private final Map<AgentId, AgentMemory> agents =
      new TreeMap<>(Comparator.comparing(AgentId::value));
  private final Map<Account, Spendings> accounts = new HashMap<>();
  // Under an empty text the stop of everything.
  private final Map<String, StopRecord> stops = new TreeMap<>();
  private long signatures;
  private Instant last = Instant.MIN;

  /// @param memory the longest window that sums are asked for
  SigningIndex(Duration memory) {
    this.memory = memory;
  }

  /// Takes in the next line.
  ///
  /// @param offset where in the file it begins
  /// @param before reads the signatures before this one
  void add(LogRecord record, long offset, Signatures before) {
    offsets.add(offset);
    last = record.at();
    Bytes intent = Bytes.EMPTY;
    Bytes transaction = Bytes.EMPTY;
    switch (record) {
      case SigningRecord signing -> {
        intent = digest(signing.intent());
        transaction = digest(signing.wallet(), signing.unsigned());
        sign(signing, before);
      }
      case AdoptionRecord adoption -> agent(adoption.agent()).adopt(adoption);
      case StopRecord stop -> stops.put(scope(Optional.ofNullable(stop.agent())), stop);
      case ResumeRecord resume -> stops.remove(scope(Optional.ofNullable(resume.agent())));
      case SignInRecord _, CheckpointRecord _ -> {}
    }
    intents.add(intent);
    transactions.add(transaction);
  }

  private void sign(SigningRecord record, Signatures before) {
    AgentMemory agent = agent(record.agent());
    if (record.replaces() > 0) {
      SigningRecord replaced = before.signature(record.agent(), record.replaces());
      int line = agent.line(record.replaces());
      for (Reservation charge : replaced.charges()) {
        account(record.agent(), charge)
            .remove(
                line,
                payees.number(charge.counterparty()),
                assets.number(charge.asset().toString()),
                charge.baseUnits());
      }
    }
    int line = offsets.size();
    for (Reservation charge : record.charges()) {
      account(record.agent(), charge)
          .add(
              line,
              record.at(),
              payees.number(charge.counterparty()),
              assets.number(charge.asset().toString()),
              charge.baseUnits(),
              memory);
    }
    agent.sign(line, record);
    signatures++;
  }

  private Spendings account(AgentId agent, Reservation charge) {
    return accounts.computeIfAbsent(
        new Account(agent, charge.rule(), charge.unit()), any -> new Spendings());
  }

  private AgentMemory agent(AgentId agent) {
    return agents.computeIfAbsent(agent, any -> new AgentMemory());
  }

  private static String scope(Optional<AgentId> agent) {
    return agent.map(AgentId::value).orElse("");
  }

  private static Bytes digest(IntentId intent) {
    return digest(intent.toString(), Bytes.EMPTY);
  }

  private static Bytes digest(Address wallet, Bytes unsigned) {
    return digest(wallet.chain() + " " + wallet.text(), unsigned);
  }

  private static Bytes digest(String text, Bytes content) {
    MessageDigest digest = LogLine.sha256();
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) 0);
    digest.update(content.toArray());
    return Bytes.of(digest.digest());
  }

  /// Lines that may be signatures for the intent, oldest first.
  int[] linesOf(IntentId intent) {
    return intents.find(digest(intent));
  }

  /// Lines that may be signatures over these bytes, oldest first.
  int[] linesOf(Address wallet, Bytes unsigned) {
    return transactions.find(digest(wallet, unsigned));
  }

  /// What the agent took so far, as far as it counts.
  ///
  /// @throws IllegalArgumentException for a longer window than the index remembers
  BigInteger spent(BudgetQuestion question) {
    Spendings spendings =
        accounts.get(new Account(question.agent(), question.rule(), question.unit()));
    if (spendings == null) {
      return BigInteger.ZERO;
    }
    Integer payee = null;
    if (question.counterparty() != null) {
      payee = payees.find(question.counterparty());
      if (payee == null) {
        return BigInteger.ZERO;
      }
    }
    Integer asset = null;
    if (question.asset() != null) {
      asset = assets.find(question.asset().toString());
      if (asset == null) {
        return BigInteger.ZERO;
      }
    }
    return spendings.sum(question.since(), payee, asset);
  }

  Optional<AgentMemory> find(AgentId agent) {
    return Optional.ofNullable(agents.get(agent));
  }

  Optional<StopRecord> stop(Optional<AgentId> agent) {
    return Optional.ofNullable(stops.get(scope(agent)));
  }

  List<StopRecord> stops() {
    return List.copyOf(stops.values());
  }

  /// Where a line begins.
  ///
  /// @param line from 1
  long offset(int line) {
    return offsets.get(line - 1);
  }

  int lines() {
    return offsets.size();
  }

  long signatures() {
    return signatures;
  }

  /// The time of the last line.
  Instant last() {
    return last;
  }

  Duration memory() {
    return memory;
  }

  /// Equal indexes write equal bytes.
  void write(DataOutput out, DomainJson json) throws IOException {
    Texts.write(out, memory.toString());
    Texts.write(out, last.toString());
    out.writeLong(signatures);
    offsets.write(out);
    intents.write(out);
    transactions.write(out);
    payees.write(out);
    assets.write(out);
    out.writeInt(agents.size());
    for (var entry : agents.entrySet()) {
      Texts.write(out, entry.getKey().value());
      entry.getValue().write(out, json);
    }
    out.writeInt(accounts.size());
    for (var entry : sorted(accounts)) {
      Texts.write(out, entry.getKey().agent().value());
      Texts.write(out, entry.getKey().rule());
      Texts.write(out, entry.getKey().unit().toString());
      entry.getValue().write(out);
    }
    out.writeInt(stops.size());
    for (StopRecord stop : stops.values()) {
      Texts.write(out, json.write(stop));
    }
  }

  private static List<Map.Entry<Account, Spendings>> sorted(Map<Account, Spendings> accounts) {
    return accounts.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparing((Account account) -> account.agent().value())
                    .thenComparing(Account::rule)
                    .thenComparing(account -> account.unit().toString())))
        .toList();
  }

  static SigningIndex read(DataInput in, DomainJson json) throws IOException {
    var read = new SigningIndex(Duration.parse(Texts.text(in)));
    read.last = Instant.parse(Texts.text(in));
    read.signatures = in.readLong();
    read.offsets = Longs.read(in);
    read.intents = LineTable.read(in);
    read.transactions = LineTable.read(in);
    read.payees = Texts.read(in);
    read.assets = Texts.read(in);
    int agents = in.readInt();
    for (int each = 0; each < agents; each++) {
      read.agents.put(new AgentId(Texts.text(in)), AgentMemory.read(in, json));
    }
    int accounts = in.readInt();
    for (int each = 0; each < accounts; each++) {
      var agent = new AgentId(Texts.text(in));
      String rule = Texts.text(in);
      read.accounts.put(
          new Account(agent, rule, AssetId.parse(Texts.text(in))), Spendings.read(in));
    }
    int stops = in.readInt();
    for (int each = 0; each < stops; each++) {
      StopRecord stop = json.read(Texts.text(in), StopRecord.class);
      read.stops.put(scope(Optional.ofNullable(stop.agent())), stop);
    }
    return read;
  }
}
