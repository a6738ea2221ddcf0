package org.supercargo.signer;

import java.util.Optional;
import java.util.stream.Stream;
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
/// the owner's address book and for no other reason. Whom a host lets itself be paid to is the
/// host's own, so there the mandate goes by the host; a contract, by its rules.
record Proposal(@Nullable Intent intent, String objection) {
  static Proposal of(Intent claimed, AgentSpec spec) {
    return switch (claimed) {
      case Intent.Transfer transfer ->
          listed(
              spec,
              new Intent.Transfer(
                  payee(transfer.payee(), spec), transfer.amount(), transfer.memo()),
              transfer.amount());
      case Intent.Swap swap -> listed(spec, swap, swap.sell(), swap.minimum());
      case Intent.Call call -> listed(spec, call, call.spends(), call.value());
      case Intent.Payment payment ->
          listed(
              spec,
              new Intent.Payment(
                  payee(payment.payee(), spec),
                  payment.amount(),
                  payment.host(),
                  payment.resource(),
                  payment.terms()),
              payment.amount());
      case Intent.Order _ -> new Proposal(null, "an order has no bytes to sign");
    };
  }

  /// The intent, unless one of the amounts is in an asset the agent file knows otherwise.
  private static Proposal listed(AgentSpec spec, Intent intent, Amount... amounts) {
    return Stream.of(amounts)
        .map(amount -> objection(amount, spec))
        .flatMap(Optional::stream)
        .findFirst()
        .map(objection -> new Proposal(null, objection))
        .orElseGet(() -> new Proposal(intent, ""));
  }

  private static Payee payee(Payee claimed, AgentSpec spec) {
    Address address = claimed.address();
    return spec.addressBook()
        .nameOf(address)
        .map(name -> new Payee(name, address, Provenance.MANDATE))
        .orElseGet(() -> new Payee(address.text(), address, Provenance.MODEL));
  }

  private static Optional<String> objection(Amount amount, AgentSpec spec) {
    Asset claimed = amount.asset();
    Optional<Asset> own = spec.asset(claimed.id());
    if (own.isEmpty()) {
      return Optional.of("the agent file does not list the asset " + claimed.id());
    }
    if (!own.get().equals(claimed)) {
      return Optional.of(
          "the agent file knows "
              + claimed.id()
              + " as "
              + own.get().symbol()
              + " with "
              + own.get().decimals()
              + " decimals, not as "
              + claimed.symbol()
              + " with "
              + claimed.decimals());
    }
    return Optional.empty();
  }
}
