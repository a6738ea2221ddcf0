package org.supercargo.solana;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;

/// The content of an address lookup table account.
///
/// Source: [Address Lookup Table
/// program](https://www.solana-program.com/docs/address-lookup-table).
public record AddressLookupTable(PublicKey address, List<PublicKey> entries) {
  private static final int HEADER = 56;
  private static final BigInteger ACTIVE = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  public AddressLookupTable {
    entries = List.copyOf(entries);
    if (entries.size() > 256) {
      throw new MalformedTransactionException(
          "an address lookup table has at most 256 entries, not " + entries.size());
    }
  }

  /// Reads the account's data. Whether the table's program owns the account is the caller's check.
  ///
  /// @throws MalformedTransactionException if it is not an active table
  public static AddressLookupTable parse(PublicKey address, Bytes data) {
    var reader = new ByteReader(data);
    if (reader.u32("kind of the account") != 1) {
      throw new MalformedTransactionException(address + " is not an address lookup table");
    }
    if (!reader.u64("deactivation slot").equals(ACTIVE)) {
      throw new MalformedTransactionException(
          "the address lookup table " + address + " is deactivated");
    }
    reader.bytes(HEADER - 12, "header of the address lookup table");
    var entries = new ArrayList<PublicKey>();
    while (reader.remaining() > 0) {
      entries.add(reader.key("next entry of the address lookup table"));
    }
    return new AddressLookupTable(address, entries);
  }

  PublicKey entry(int index) {
    if (index >= entries.size()) {
      throw new MalformedTransactionException(
          "the address lookup table "
              + address
              + " has "
              + entries.size()
              + " entries, and entry "
              + index
              + " is asked for");
    }
    return entries.get(index);
  }
}
