package org.supercargo.signer;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// The engine's intent in the words of the signer's own agent file.
///
/// Names, decimals and provenance of the engine are not believed: an address is trusted if it is in
/// the owner's address book and for no other reason.
record Proposal(@Nullable Intent intent, String objection) {
  static Proposal of(Intent claimed, AgentSpec spec) {
    return switch (claimed) {
      case Intent.Transfer transfer -> {
        String objection = objection(transfer.amount(), spec);
        yield objection == null
            ? accepted(
                new Intent.Transfer(
                    payee(transfer.payee().address(), spec), transfer.amount(), transfer.memo()))
            : new Proposal(null, objection);
      }
      case Intent.Swap swap -> {
        String sold = objection(swap.sell(), spec);
        String objection = sold == null ? objection(swap.minimum(), spec) : sold;
        yield objection == null ? accepted(swap) : new Proposal(null, objection);
      }
    };
  }

  /// The accounts besides the wallet that the intent names.
  static Set<Address> counterparties(Intent intent) {
    return switch (intent) {
      case Intent.Transfer transfer -> Set.of(transfer.payee().address());
      case Intent.Swap swap -> Set.of();
    };
  }

  private static Proposal accepted(Intent intent) {
    return new Proposal(intent, "");
  }

  private static Payee payee(Address address, AgentSpec spec) {
    return spec.addressBook()
        .nameOf(address)
        .map(name -> new Payee(name, address, Provenance.MANDATE))
        .orElseGet(() -> new Payee(address.text(), address, Provenance.MODEL));
  }

  private static @Nullable String objection(Amount amount, AgentSpec spec) {
    Asset claimed = amount.asset();
    Optional<Asset> own = spec.asset(claimed.id());
    if (own.isEmpty()) {
      return "the agent file does not list the asset " + claimed.id();
    }
    if (!own.get().equals(claimed)) {
      return "the agent file knows "
          + claimed.id()
          + " as "
          + own.get().symbol()
          + " with "
          + own.get().decimals()
          + " decimals, not as "
          + claimed.symbol()
          + " with "
          + claimed.decimals();
    }
    return null;
  }
}
