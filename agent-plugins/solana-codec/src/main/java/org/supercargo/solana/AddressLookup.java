package org.supercargo.solana;

import org.supercargo.api.Bytes;

/// The accounts a message takes from one address lookup table.
///
/// @param writable one unsigned byte per account: an index into the table
/// @param readonly the same for accounts that are only read
public record AddressLookup(PublicKey table, Bytes writable, Bytes readonly) {
  public AddressLookup {
    if (writable.size() + readonly.size() == 0) {
      throw new MalformedTransactionException(
          "it names the address lookup table " + table + " and takes nothing from it");
    }
  }
}
