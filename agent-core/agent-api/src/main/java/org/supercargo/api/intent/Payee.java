package org.supercargo.api.intent;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;

/// Who receives value.
///
/// @param name the name in the owner's address book, or the address itself where it has none
/// @param provenance where the address came from, not where the wish to pay came from
public record Payee(String name, Address address, Provenance provenance) {
  public Payee {
    requireNonNull(name, "name is null");
    requireNonNull(address, "address is null");
    requireNonNull(provenance, "provenance is null");
  }
}
