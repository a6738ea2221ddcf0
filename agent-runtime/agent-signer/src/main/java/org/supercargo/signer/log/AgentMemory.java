package org.supercargo.signer.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.engine.json.DomainJson;

/// What the log says of one agent besides its budgets.
final class AgentMemory {
  private Ints signatures = new Ints();
  private long fence;
  private @Nullable AdoptionRecord adoption;
  private final Map<Address, Instant> since =
      new TreeMap<>(Comparator.comparing(payee -> payee.chain() + " " + payee.text()));

  void sign(int line, SigningRecord record) {
    signatures.add(line);
    fence = Math.max(fence, record.fence());
  }

  /// Payees who stay keep their time; those who are gone lose it.
  void adopt(AdoptionRecord record) {
    var before = new HashMap<>(since);
    since.clear();
    record.payees().forEach(payee -> since.put(payee, before.getOrDefault(payee, record.at())));
    adoption = record;
  }

  int signatures() {
    return signatures.size();
  }

  /// The line of a signature.
  ///
  /// @param number from 1
  int line(long number) {
    return signatures.get(Math.toIntExact(number - 1));
  }

  long fence() {
    return fence;
  }

  Optional<AdoptionRecord> adoption() {
    return Optional.ofNullable(adoption);
  }

  Optional<Instant> since(Address payee) {
    return Optional.ofNullable(since.get(payee));
  }

  void write(DataOutput out, DomainJson json) throws IOException {
    signatures.write(out);
    out.writeLong(fence);
    out.writeBoolean(adoption != null);
    if (adoption != null) {
      Texts.write(out, json.write(adoption));
    }
    // In the order of the adoption's payees, which is this map's.
    for (Instant time : since.values()) {
      Texts.write(out, time.toString());
    }
  }

  static AgentMemory read(DataInput in, DomainJson json) throws IOException {
    var read = new AgentMemory();
    read.signatures = Ints.read(in);
    read.fence = in.readLong();
    if (in.readBoolean()) {
      AdoptionRecord adoption = json.read(Texts.text(in), AdoptionRecord.class);
      read.adoption = adoption;
      for (Address payee : adoption.payees()) {
        read.since.put(payee, Instant.parse(Texts.text(in)));
      }
    }
    return read;
  }
}
