package org.supercargo.solana;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.supercargo.api.Bytes;

/// What signers sign. Its bytes and its fields correspond one to one: what [#parse] accepts,
/// [#serialize] writes again byte for byte.
///
/// Source: [Transactions](https://solana.com/docs/core/transactions) and, for version 0, [Versioned
/// transactions](https://docs.anza.xyz/proposals/versioned-transactions).
///
/// @param keys the static account keys; the first pays the fee
/// @param blockhash a recent blockhash or a durable nonce
/// @param lookups empty in legacy messages
public record Message(
    MessageVersion version,
    MessageHeader header,
    List<PublicKey> keys,
    PublicKey blockhash,
    List<CompiledInstruction> instructions,
    List<AddressLookup> lookups) {
  /// Bytes a whole transaction may have, signatures included: what fits into one packet.
  public static final int LARGEST_TRANSACTION = 1232;

  private static final int VERSION_FLAG = 0x80;

  /// The byte `0xff` begins a text to sign, which no message may ever be mistaken for ([off-chain
  /// message signing](https://docs.anza.xyz/proposals/off-chain-message-signing)).
  private static final int OFF_CHAIN = 0x7f;

  private static final int MOST_ACCOUNTS = 256;

  public Message {
    requireNonNull(version, "version is null");
    requireNonNull(blockhash, "blockhash is null");
    keys = List.copyOf(keys);
    instructions = List.copyOf(instructions);
    lookups = List.copyOf(lookups);
    requireKeys(header, keys);
    requireLookups(version, keys, lookups);
    int accounts = keys.size() + taken(lookups);
    for (CompiledInstruction instruction : instructions) {
      requireIndexes(instruction, keys.size(), accounts);
    }
  }

  private static void requireKeys(MessageHeader header, List<PublicKey> keys) {
    if (header.requiredSignatures() + header.readonlyUnsigned() > keys.size()) {
      throw new MalformedTransactionException(
          "its header counts more accounts than the " + keys.size() + " it has");
    }
    if (new HashSet<>(keys).size() != keys.size()) {
      throw new MalformedTransactionException("it lists an account twice");
    }
  }

  private static void requireLookups(
      MessageVersion version, List<PublicKey> keys, List<AddressLookup> lookups) {
    if (version == MessageVersion.LEGACY && !lookups.isEmpty()) {
      throw new MalformedTransactionException("a legacy message has no address lookup tables");
    }
    if (keys.size() + taken(lookups) > MOST_ACCOUNTS) {
      throw new MalformedTransactionException("it names more than " + MOST_ACCOUNTS + " accounts");
    }
  }

  private static void requireIndexes(CompiledInstruction instruction, int programs, int accounts) {
    if (instruction.program() < 1 || instruction.program() >= programs) {
      throw new MalformedTransactionException(
          "an instruction's program has the index " + instruction.program());
    }
    for (byte index : instruction.accounts().toArray()) {
      if ((index & 0xff) >= accounts) {
        throw new MalformedTransactionException(
            "an instruction names account " + (index & 0xff) + " where there are only " + accounts);
      }
    }
  }

  private static int taken(List<AddressLookup> lookups) {
    return lookups.stream()
        .mapToInt(lookup -> lookup.writable().size() + lookup.readonly().size())
        .sum();
  }

  /// Reads exactly one message.
  ///
  /// @throws MalformedTransactionException if a node would not accept the bytes, or a transaction
  ///   with them would be larger than [#LARGEST_TRANSACTION]
  public static Message parse(Bytes bytes) {
    var reader = new ByteReader(bytes);
    Message message = read(reader);
    reader.requireEnd();
    message.requireFits(bytes.size());
    return message;
  }

  static Message read(ByteReader reader) {
    MessageVersion version = MessageVersion.LEGACY;
    if ((reader.peek("message") & VERSION_FLAG) != 0) {
      int number = reader.u8("version") & ~VERSION_FLAG;
      if (number == OFF_CHAIN) {
        throw new MalformedTransactionException("it is an off-chain message, not a transaction");
      }
      if (number != 0) {
        throw new MalformedTransactionException("message version " + number + " is not known");
      }
      version = MessageVersion.V0;
    }
    var header =
        new MessageHeader(
            reader.u8("number of signatures"),
            reader.u8("number of read-only signers"),
            reader.u8("number of read-only accounts"));
    var keys = new ArrayList<PublicKey>();
    for (int left = reader.compactU16("number of accounts"); left > 0; left--) {
      keys.add(reader.key("account key"));
    }
    PublicKey blockhash = reader.key("blockhash");
    var instructions = new ArrayList<CompiledInstruction>();
    for (int left = reader.compactU16("number of instructions"); left > 0; left--) {
      instructions.add(readInstruction(reader));
    }
    var lookups = new ArrayList<AddressLookup>();
    if (version == MessageVersion.V0) {
      for (int left = reader.compactU16("number of address lookups"); left > 0; left--) {
        lookups.add(readLookup(reader));
      }
    }
    return new Message(version, header, keys, blockhash, instructions, lookups);
  }

  private static CompiledInstruction readInstruction(ByteReader reader) {
    int program = reader.u8("program index");
    Bytes accounts = sized(reader, "account indexes");
    return new CompiledInstruction(program, accounts, sized(reader, "instruction data"));
  }

  private static AddressLookup readLookup(ByteReader reader) {
    PublicKey table = reader.key("address lookup table");
    Bytes writable = sized(reader, "writable lookup indexes");
    return new AddressLookup(table, writable, sized(reader, "read-only lookup indexes"));
  }

  private static Bytes sized(ByteReader reader, String what) {
    return reader.bytes(reader.compactU16("number of " + what), what);
  }

  /// The bytes to sign.
  ///
  /// @throws MalformedTransactionException if a transaction with them would be too large
  public Bytes serialize() {
    var writer = new ByteWriter();
    if (version == MessageVersion.V0) {
      writer.u8(VERSION_FLAG);
    }
    writer.u8(header.requiredSignatures());
    writer.u8(header.readonlySigned());
    writer.u8(header.readonlyUnsigned());
    writer.compactU16(keys.size());
    keys.forEach(key -> writer.bytes(key.bytes()));
    writer.bytes(blockhash.bytes());
    writer.compactU16(instructions.size());
    for (CompiledInstruction instruction : instructions) {
      writer.u8(instruction.program());
      writer.compactU16(instruction.accounts().size()).bytes(instruction.accounts());
      writer.compactU16(instruction.data().size()).bytes(instruction.data());
    }
    if (version == MessageVersion.V0) {
      writer.compactU16(lookups.size());
      for (AddressLookup lookup : lookups) {
        writer.bytes(lookup.table().bytes());
        writer.compactU16(lookup.writable().size()).bytes(lookup.writable());
        writer.compactU16(lookup.readonly().size()).bytes(lookup.readonly());
      }
    }
    Bytes bytes = writer.written();
    requireFits(bytes.size());
    return bytes;
  }

  private void requireFits(int messageSize) {
    int size = 1 + Transaction.SIGNATURE_SIZE * header.requiredSignatures() + messageSize;
    if (size > LARGEST_TRANSACTION) {
      throw new MalformedTransactionException(
          "the transaction has " + size + " bytes, more than " + LARGEST_TRANSACTION);
    }
  }

  public PublicKey feePayer() {
    return keys.getFirst();
  }

  /// The accounts that have to sign, in the order of their signatures.
  public List<PublicKey> signers() {
    return keys.subList(0, header.requiredSignatures());
  }

  /// The static accounts with what the header lets programs do with them.
  public List<AccountMeta> staticAccounts() {
    var accounts = new ArrayList<AccountMeta>();
    int signers = header.requiredSignatures();
    for (int index = 0; index < keys.size(); index++) {
      boolean signer = index < signers;
      boolean writable =
          signer
              ? index < signers - header.readonlySigned()
              : index < keys.size() - header.readonlyUnsigned();
      accounts.add(new AccountMeta(keys.get(index), signer, writable));
    }
    return accounts;
  }

  /// All accounts: the static ones, then the writable, then the read-only ones of the tables.
  ///
  /// @param tables by address; has to hold every table the message names
  /// @throws MalformedTransactionException if a table or entry is missing or an account comes twice
  public List<AccountMeta> accounts(Map<PublicKey, AddressLookupTable> tables) {
    var accounts = new ArrayList<>(staticAccounts());
    for (AddressLookup lookup : lookups) {
      AddressLookupTable table = table(lookup, tables);
      for (byte index : lookup.writable().toArray()) {
        accounts.add(AccountMeta.writable(table.entry(index & 0xff)));
      }
    }
    for (AddressLookup lookup : lookups) {
      AddressLookupTable table = table(lookup, tables);
      for (byte index : lookup.readonly().toArray()) {
        accounts.add(AccountMeta.readonly(table.entry(index & 0xff)));
      }
    }
    if (accounts.stream().map(AccountMeta::key).distinct().count() != accounts.size()) {
      throw new MalformedTransactionException("an address lookup table brings an account twice");
    }
    return accounts;
  }

  private static AddressLookupTable table(
      AddressLookup lookup, Map<PublicKey, AddressLookupTable> tables) {
    AddressLookupTable table = tables.get(lookup.table());
    if (table == null) {
      throw new MalformedTransactionException(
          "the content of the address lookup table " + lookup.table() + " is not known");
    }
    return table;
  }
}
