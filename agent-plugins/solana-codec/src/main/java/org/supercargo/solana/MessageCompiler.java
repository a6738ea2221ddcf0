package org.supercargo.solana;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;

/// Compiles instructions into a message with each account once: the fee payer first, then writable
/// signers, read-only signers, writable and read-only others, each group in the order of its bytes.
///
/// An account gets every privilege that any instruction asks for it.
public final class MessageCompiler {
  private static final Comparator<AccountMeta> CANONICAL =
      Comparator.comparing((AccountMeta meta) -> !meta.signer())
          .thenComparing(meta -> !meta.writable());

  private final PublicKey feePayer;
  private final List<Instruction> instructions;

  public MessageCompiler(PublicKey feePayer, List<Instruction> instructions) {
    this.feePayer = feePayer;
    this.instructions = List.copyOf(instructions);
  }

  /// @throws MalformedTransactionException if the message would break a limit of the protocol
  public Message legacy(PublicKey blockhash) {
    return compile(MessageVersion.LEGACY, blockhash, List.of());
  }

  /// @param tables accounts found in them are taken from them, the first table that has one wins;
  ///   signers and called programs stay static
  /// @throws MalformedTransactionException if the message would break a limit of the protocol
  public Message versioned(PublicKey blockhash, List<AddressLookupTable> tables) {
    return compile(MessageVersion.V0, blockhash, tables);
  }

  private Message compile(
      MessageVersion version, PublicKey blockhash, List<AddressLookupTable> tables) {
    Map<PublicKey, AccountMeta> remaining = merged(feePayer, instructions);
    var lookups = new ArrayList<AddressLookup>();
    var loadedWritable = new ArrayList<PublicKey>();
    var loadedReadonly = new ArrayList<PublicKey>();
    Set<PublicKey> called =
        instructions.stream().map(Instruction::program).collect(Collectors.toSet());
    for (AddressLookupTable table : tables) {
      List<AccountMeta> found =
          remaining.values().stream()
              .filter(meta -> !meta.signer() && !called.contains(meta.key()))
              .filter(meta -> table.entries().contains(meta.key()))
              .toList();
      List<PublicKey> writable = keys(found, true);
      List<PublicKey> readonly = keys(found, false);
      if (!found.isEmpty()) {
        lookups.add(
            new AddressLookup(table.address(), indexes(table, writable), indexes(table, readonly)));
        loadedWritable.addAll(writable);
        loadedReadonly.addAll(readonly);
        found.forEach(meta -> remaining.remove(meta.key()));
      }
    }
    List<AccountMeta> fixed = ordered(remaining);
    List<PublicKey> keys = fixed.stream().map(AccountMeta::key).toList();
    List<CompiledInstruction> compiled =
        compiled(Stream.of(keys, loadedWritable, loadedReadonly).flatMap(List::stream).toList());
    return new Message(version, header(fixed), keys, blockhash, compiled, lookups);
  }

  /// Every account with every privilege that any instruction asks for it.
  static Map<PublicKey, AccountMeta> merged(PublicKey feePayer, List<Instruction> instructions) {
    var merged = new TreeMap<PublicKey, AccountMeta>();
    Stream.concat(
            Stream.of(AccountMeta.writableSigner(feePayer)),
            instructions.stream()
                .flatMap(instruction ->
                    Stream.concat(
                        Stream.of(AccountMeta.readonly(instruction.program())),
                        instruction.accounts().stream())))
        .forEach(meta ->
            merged.merge(
                meta.key(),
                meta,
                (one, other) ->
                    new AccountMeta(
                        one.key(),
                        one.signer() || other.signer(),
                        one.writable() || other.writable())));
    return merged;
  }

  private List<AccountMeta> ordered(Map<PublicKey, AccountMeta> metas) {
    return metas.values().stream()
        .sorted(
            Comparator.comparing((AccountMeta meta) -> !meta.key().equals(feePayer))
                .thenComparing(CANONICAL))
        .toList();
  }

  private static MessageHeader header(List<AccountMeta> metas) {
    return new MessageHeader(
        count(metas.stream().filter(AccountMeta::signer)),
        count(metas.stream().filter(meta -> meta.signer() && !meta.writable())),
        count(metas.stream().filter(meta -> !meta.signer() && !meta.writable())));
  }

  private static int count(Stream<AccountMeta> metas) {
    return Math.toIntExact(metas.count());
  }

  private static List<PublicKey> keys(List<AccountMeta> metas, boolean writable) {
    return metas.stream()
        .filter(meta -> meta.writable() == writable)
        .map(AccountMeta::key)
        .toList();
  }

  private static Bytes indexes(AddressLookupTable table, List<PublicKey> keys) {
    var writer = new ByteWriter();
    keys.forEach(key -> writer.u8(table.entries().indexOf(key)));
    return writer.written();
  }

  private List<CompiledInstruction> compiled(List<PublicKey> keys) {
    var positions = new HashMap<PublicKey, Integer>();
    keys.forEach(key -> positions.put(key, positions.size()));
    return instructions.stream()
        .map(instruction -> {
          var accounts = new ByteWriter();
          instruction.accounts().forEach(meta -> accounts.u8(position(positions, meta.key())));
          return new CompiledInstruction(
              position(positions, instruction.program()), accounts.written(), instruction.data());
        })
        .toList();
  }

  private static int position(Map<PublicKey, Integer> positions, PublicKey key) {
    Integer position = positions.get(key);
    if (position == null) {
      throw new IllegalStateException(key + " was merged and then lost");
    }
    return position;
  }
}
