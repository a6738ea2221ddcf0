package org.supercargo.evm;

import java.util.List;
import org.supercargo.api.Bytes;

/// An account and storage slots a transaction names in advance.
///
/// Source: [EIP-2930](https://eips.ethereum.org/EIPS/eip-2930).
///
/// @param storageKeys 32 bytes each
public record AccessListEntry(EvmAddress address, List<Bytes> storageKeys) {
  public AccessListEntry {
    storageKeys = List.copyOf(storageKeys);
    for (Bytes key : storageKeys) {
      if (key.size() != 32) {
        throw new MalformedBytesException("a storage key has 32 bytes, not " + key.size());
      }
    }
  }

  Rlp rlp() {
    List<Rlp> keys = storageKeys.stream().<Rlp>map(Rlp::text).toList();
    return new Rlp.Sequence(List.of(Rlp.text(address.value()), new Rlp.Sequence(keys)));
  }

  static AccessListEntry of(Rlp item) {
    if (item instanceof Rlp.Sequence(List<Rlp> parts)
        && parts.size() == 2
        && parts.get(0) instanceof Rlp.Text(Bytes account)
        && parts.get(1) instanceof Rlp.Sequence(List<Rlp> keys)) {
      return new AccessListEntry(
          new EvmAddress(account), keys.stream().map(AccessListEntry::key).toList());
    }
    throw new MalformedBytesException("an access list entry is not an address and its keys");
  }

  private static Bytes key(Rlp item) {
    return switch (item) {
      case Rlp.Text(Bytes content) -> content;
      case Rlp.Sequence _ -> throw new MalformedBytesException("a storage key is a list");
    };
  }
}
