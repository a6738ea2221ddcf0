package org.supercargo.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Validity;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// Numbers a wallet's transactions on chains that count them. On other chains it does nothing.
///
/// The wallet's own numbering wins; the chain's is taken over once, and must never be ahead.
final class Numbering {
  private final AgentStore store;
  private final AgentId agent;

  Numbering(AgentStore store, AgentId agent) {
    this.store = store;
    this.agent = agent;
  }

  /// The number for the wallet's next transaction: the lowest that none of its own has.
  ///
  /// @throws SupercargoException of category TRANSIENT while it is not known whether another number
  ///   will be used: were that one refused, later ones could wait behind it for ever
  long next(Chain chain, Address wallet) {
    long onChain = chain.nextNonce(wallet);
    record Open(Set<Long> taken, boolean isUndecided, long next) {}
    Open open =
        store.read(view -> {
          List<Attempt> numbered = numbered(view, chain.id());
          return new Open(
              numbered.stream().map(Numbering::number).collect(Collectors.toSet()),
              numbered.stream().anyMatch(each -> each.state() == AttemptState.PREPARED),
              view.nextNonce(wallet).orElse(onChain));
        });
    if (open.isUndecided()) {
      throw SupercargoException.transientFailure(
          "An earlier transaction on " + chain.id().name() + " is not signed yet",
          "It goes first.",
          null);
    }
    long ours = open.next();
    while (open.taken().contains(ours)) {
      ours++;
    }
    if (onChain > ours) {
      throw SupercargoException.external(
          "The wallet "
              + wallet
              + " has sent "
              + (onChain - ours)
              + " transactions on "
              + chain.id().name()
              + " that are not in these books",
          "Find out who else uses its key; one wallet belongs to one agent.",
          null);
    }
    return ours;
  }

  private List<Attempt> numbered(StoreView view, ChainId chain) {
    return view.openIntents(agent).stream()
        .filter(open -> open.intent().chain().equals(chain))
        .flatMap(open -> view.attempts(open.id()).stream())
        .filter(attempt -> !attempt.state().isFinal())
        .filter(attempt -> attempt.validity() instanceof Validity.Nonce)
        .toList();
  }

  private static long number(Attempt attempt) {
    return attempt.validity() instanceof Validity.Nonce nonce ? nonce.number() : -1;
  }

  void take(StoreTransaction transaction, Address wallet, Validity validity) {
    if (validity instanceof Validity.Nonce nonce) {
      transaction.setNextNonce(wallet, nonce.number() + 1);
    }
  }

  /// Later transactions may wait behind the number of one that will never be sent, so it comes
  /// first again.
  void giveBack(StoreTransaction transaction, Address wallet, Validity validity) {
    if (validity instanceof Validity.Nonce nonce) {
      // Never above one that was given back before, or that one would be a gap for ever.
      long next = transaction.nextNonce(wallet).orElse(nonce.number());
      transaction.setNextNonce(wallet, Math.min(next, nonce.number()));
    }
  }

  /// Goes on from the chain's own count, after somebody else used a number of ours.
  void restart(StoreTransaction transaction, Address wallet, long onChain) {
    transaction.setNextNonce(wallet, onChain);
  }

  /// A number that was used up is never given again, even if a lower one was given back since.
  void useUp(StoreTransaction transaction, Address wallet, Validity validity) {
    if (validity instanceof Validity.Nonce nonce
        && transaction.nextNonce(wallet).orElse(0) <= nonce.number()) {
      transaction.setNextNonce(wallet, nonce.number() + 1);
    }
  }
}
