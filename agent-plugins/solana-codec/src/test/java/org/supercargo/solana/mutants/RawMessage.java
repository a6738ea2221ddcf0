package org.supercargo.solana.mutants;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.solana.AddressLookup;
import org.supercargo.solana.CompiledInstruction;
import org.supercargo.solana.Message;
import org.supercargo.solana.MessageVersion;
import org.supercargo.solana.PublicKey;

/// A message whose every field can be set to anything, also to what no node would accept.
final class RawMessage {
  static final int NO_PREFIX = -1;

  int prefix;
  int signers;
  int readonlySigned;
  int readonlyUnsigned;
  final List<PublicKey> keys = new ArrayList<>();
  PublicKey blockhash;
  final List<Call> calls = new ArrayList<>();
  final List<Lookup> lookups = new ArrayList<>();

  /// Which length, in the order they are written, gets a form that is longer than needed.
  int longLength = -1;

  private int lengths;

  /// @param accounts indexes
  record Call(int program, List<Integer> accounts, Bytes data) {
    Call {
      accounts = List.copyOf(accounts);
    }

    Call withAccounts(List<Integer> changed) {
      return new Call(program, changed, data);
    }

    Call withData(Bytes changed) {
      return new Call(program, accounts, changed);
    }

    Call withProgram(int changed) {
      return new Call(changed, accounts, data);
    }
  }

  record Lookup(PublicKey table, List<Integer> writable, List<Integer> readonly) {}

  RawMessage(Message message) {
    prefix = message.version() == MessageVersion.LEGACY ? NO_PREFIX : 0x80;
    signers = message.header().requiredSignatures();
    readonlySigned = message.header().readonlySigned();
    readonlyUnsigned = message.header().readonlyUnsigned();
    keys.addAll(message.keys());
    blockhash = message.blockhash();
    for (CompiledInstruction each : message.instructions()) {
      calls.add(new Call(each.program(), numbers(each.accounts()), each.data()));
    }
    for (AddressLookup each : message.lookups()) {
      lookups.add(new Lookup(each.table(), numbers(each.writable()), numbers(each.readonly())));
    }
  }

  private static List<Integer> numbers(Bytes bytes) {
    var numbers = new ArrayList<Integer>();
    for (byte each : bytes.toArray()) {
      numbers.add(each & 0xff);
    }
    return numbers;
  }

  /// Gives every index `from` the value `to`, and every `to` the value `from`.
  void swapIndexes(int from, int to) {
    calls.replaceAll(call ->
        new Call(
            swapped(call.program(), from, to),
            call.accounts().stream().map(index -> swapped(index, from, to)).toList(),
            call.data()));
  }

  private static int swapped(int index, int from, int to) {
    if (index == from) {
      return to;
    }
    return index == to ? from : index;
  }

  /// Adds `change` to every index that is `first` or more.
  void shiftIndexes(int first, int change) {
    calls.replaceAll(call ->
        new Call(
            shifted(call.program(), first, change),
            call.accounts().stream().map(index -> shifted(index, first, change)).toList(),
            call.data()));
  }

  private static int shifted(int index, int first, int change) {
    return index >= first ? index + change : index;
  }

  Bytes write() {
    lengths = 0;
    var output = new ByteArrayOutputStream();
    if (prefix != NO_PREFIX) {
      output.write(prefix);
    }
    output.write(signers);
    output.write(readonlySigned);
    output.write(readonlyUnsigned);
    length(output, keys.size());
    keys.forEach(key -> output.writeBytes(key.bytes().toArray()));
    output.writeBytes(blockhash.bytes().toArray());
    length(output, calls.size());
    for (Call call : calls) {
      output.write(call.program());
      indexes(output, call.accounts());
      length(output, call.data().size());
      output.writeBytes(call.data().toArray());
    }
    if (prefix != NO_PREFIX) {
      length(output, lookups.size());
      for (Lookup lookup : lookups) {
        output.writeBytes(lookup.table().bytes().toArray());
        indexes(output, lookup.writable());
        indexes(output, lookup.readonly());
      }
    }
    return Bytes.of(output.toByteArray());
  }

  private void indexes(ByteArrayOutputStream output, List<Integer> indexes) {
    length(output, indexes.size());
    indexes.forEach(output::write);
  }

  private void length(ByteArrayOutputStream output, int value) {
    int rest = value;
    while (rest > 0x7f) {
      output.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    boolean longer = lengths++ == longLength;
    output.write(longer ? rest | 0x80 : rest);
    if (longer) {
      output.write(0);
    }
  }
}
