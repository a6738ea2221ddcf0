package org.supercargo.engine;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// Compares the books with the chains. What came in from outside is booked; what went out without a
/// transaction of ours is booked as unexplained, raises an alarm, and stops the agent.
record Reconciler(Execution execution, Bookkeeper books) {
  private static final int RECENT = 400;
  private static final String ELSEWHERE = "somebody else uses its key";

  /// @return false when intents are under way or something happened meanwhile, because then a
  ///   difference proves nothing
  boolean reconcile() {
    AgentId agent = execution.spec().id();
    record Before(boolean quiet, long sequence) {}
    Before before =
        execution.store().read(view -> new Before(isQuiet(view, agent), sequence(view, agent)));
    if (!before.quiet()) {
      return false;
    }
    Map<Asset, BigInteger> onChain = onChain();
    Map<ChainId, Long> foreign = foreign();
    String cause = isAnythingMissing(onChain) ? cause(foreign) : "";
    return execution
        .store()
        .transact(
            execution.lease(),
            transaction -> {
              if (sequence(transaction, agent) != before.sequence()
                  || !isQuiet(transaction, agent)) {
                return false;
              }
              foreign.forEach((chain, count) -> count(transaction, chain, count));
              book(transaction, onChain, cause);
              return true;
            });
  }

  /// Whether nothing of the agent's own can be under way. What waits for people has no bytes yet,
  /// and may wait for days.
  private static boolean isQuiet(StoreView view, AgentId agent) {
    return view.openIntents(agent).stream().allMatch(open -> open.state() == IntentState.AWAITING);
  }

  private static long sequence(StoreView view, AgentId agent) {
    return view.lastJournalRow(agent).map(JournalRow::sequence).orElse(0L);
  }

  private Map<Asset, BigInteger> onChain() {
    Map<Asset, BigInteger> balances = new LinkedHashMap<>();
    for (Asset asset : execution.spec().assets()) {
      Chain chain = execution.chains().get(asset.chain());
      Address wallet = execution.wallets().get(asset.chain());
      if (chain != null && wallet != null) {
        balances.put(asset, chain.balance(wallet, asset).baseUnits());
      }
    }
    return balances;
  }

  private boolean isAnythingMissing(Map<Asset, BigInteger> onChain) {
    return execution
        .store()
        .read(view ->
            onChain.entrySet().stream()
                .anyMatch(
                    each -> books.inBooks(view, each.getKey()).compareTo(each.getValue()) > 0));
  }

  private void book(StoreTransaction transaction, Map<Asset, BigInteger> onChain, String cause) {
    AgentId agent = execution.spec().id();
    boolean first =
        transaction.balances(agent).stream()
            .noneMatch(balance -> balance.account().startsWith(Bookkeeper.WALLET));
    onChain.forEach((asset, balance) -> {
      BigInteger before = books.inBooks(transaction, asset);
      String booked = books.observed(transaction, asset, balance, first);
      if (booked.isEmpty()) {
        return;
      }
      execution
          .journal()
          .append(
              transaction,
              agent,
              0,
              new JournalEvent.BalanceObserved(asset.chain(), asset.id(), balance, before, booked));
      if (booked.equals(Bookkeeper.UNEXPLAINED)) {
        raise(transaction, asset, before.subtract(balance), cause);
      }
    });
  }

  private void raise(StoreTransaction transaction, Asset asset, BigInteger gone, String cause) {
    execution.raiseAlarm(
        transaction,
        new Amount(asset, gone)
            + " left the wallet on "
            + asset.chain().name()
            + " without a transaction of this agent",
        cause);
  }

  /// What is known of why value is missing.
  private String cause(Map<ChainId, Long> foreign) {
    if (!foreign.isEmpty()) {
      return ELSEWHERE;
    }
    return risen()
        .orElse(
            "nothing in these books explains it: its key may be used elsewhere, or someone holds an"
                + " allowance");
  }

  /// Chains that count more transactions of the wallet than these books, and how many.
  private Map<ChainId, Long> foreign() {
    Map<ChainId, Long> foreign = new LinkedHashMap<>();
    for (ChainId id : execution.spec().assets().stream().map(Asset::chain).distinct().toList()) {
      Chain chain = execution.chains().get(id);
      Address wallet = execution.wallets().get(id);
      if (chain != null && wallet != null) {
        long onChain = chain.nextNonce(wallet);
        long ours = execution.store().read(view -> view.nextNonce(wallet)).orElse(onChain);
        if (onChain > ours) {
          foreign.put(id, onChain);
        }
      }
    }
    return foreign;
  }

  /// Goes on from the chain's count, or nothing could be sent even after the owner has looked.
  private void count(StoreTransaction transaction, ChainId chain, long onChain) {
    Address wallet = execution.wallets().get(chain);
    long ours = wallet == null ? onChain : transaction.nextNonce(wallet).orElse(onChain);
    if (wallet != null && onChain > ours) {
      execution.raiseAlarm(
          transaction,
          "The wallet has sent "
              + (onChain - ours)
              + " transactions on "
              + chain.name()
              + " that are not in these books",
          ELSEWHERE);
      transaction.setNextNonce(wallet, onChain);
    }
  }

  /// A transaction that was proved dead and landed after all: a node lied, or the chain forked
  /// deeper than it promises.
  private Optional<String> risen() {
    AgentId agent = execution.spec().id();
    return execution.store().read(view -> execution.journal().recent(view, agent, RECENT)).stream()
        .filter(JournalEvent.TransactionDead.class::isInstance)
        .map(JournalEvent.TransactionDead.class::cast)
        .filter(dead -> hasLanded(dead))
        .map(dead ->
            "transaction "
                + dead.transaction()
                + " of "
                + dead.id()
                + " landed although it was proved dead ("
                + dead.proof()
                + ")")
        .findFirst();
  }

  private boolean hasLanded(JournalEvent.TransactionDead dead) {
    return execution.store().read(view -> view.attempts(dead.id())).stream()
        .filter(attempt -> attempt.state() == AttemptState.DEAD)
        .filter(attempt -> attempt.number() == dead.attempt())
        .anyMatch(this::hasLanded);
  }

  private boolean hasLanded(Attempt attempt) {
    var transaction = IntentExecutor.signed(attempt);
    Chain chain = execution.chains().get(transaction.id().chain());
    Address wallet = execution.wallets().get(transaction.id().chain());
    return chain != null
        && wallet != null
        && chain.status(transaction, wallet, List.of()) instanceof TransactionStatus.Final;
  }
}
