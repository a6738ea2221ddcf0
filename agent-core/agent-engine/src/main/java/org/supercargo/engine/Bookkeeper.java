package org.supercargo.engine;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// Keeps an agent's double-entry book: what it owns, what it spent and on what.
///
/// Wallet accounts carry exactly what the chain says; everything else explains the difference.
final class Bookkeeper {
  static final String WALLET = "wallet/";
  static final String MODEL_COST = "expense/model/";
  static final String MODEL_TOKENS = "usage/model/";
  static final String UNEXPLAINED = "suspense/unexplained";

  private final AgentId agent;
  private final InstantSource clock;

  Bookkeeper(AgentId agent, InstantSource clock) {
    this.agent = agent;
    this.clock = clock;
  }

  static String wallet(ChainId chain) {
    return WALLET + chain.name();
  }

  /// Books what a final transaction did to the wallet, whether it succeeded or not.
  void receipt(StoreTransaction transaction, Intent intent, Receipt receipt) {
    ChainId chain = intent.chain();
    AssetId coin = AssetId.nativeOf(chain);
    Map<AssetId, BigInteger> unexplained = new LinkedHashMap<>();
    var postings = new ArrayList<Posting>();
    for (BalanceChange change : receipt.changes()) {
      add(postings, wallet(chain), change.asset(), change.baseUnits());
      unexplained.merge(change.asset(), change.baseUnits().negate(), BigInteger::add);
    }
    explain(postings, unexplained, "expense/fees/" + chain.name(), coin, receipt.fee());
    explain(postings, unexplained, "expense/rent/" + chain.name(), coin, receipt.rent());
    unexplained.forEach((asset, rest) -> add(postings, counterpart(intent), asset, rest));
    if (!postings.isEmpty()) {
      transaction.post(
          new LedgerEntry(
              agent,
              "transaction:" + receipt.transaction(),
              now(),
              receipt.succeeded() ? intent.summary() : "failed: " + intent.summary(),
              receipt.transaction().text(),
              postings));
    }
  }

  private static void explain(
      List<Posting> postings,
      Map<AssetId, BigInteger> unexplained,
      String account,
      AssetId asset,
      BigInteger baseUnits) {
    add(postings, account, asset, baseUnits);
    unexplained.merge(asset, baseUnits.negate(), BigInteger::add);
  }

  private static void add(
      List<Posting> postings, String account, AssetId asset, BigInteger baseUnits) {
    if (baseUnits.signum() != 0) {
      postings.add(new Posting(account, asset, baseUnits));
    }
  }

  private static String counterpart(Intent intent) {
    return switch (intent) {
      case Intent.Transfer transfer -> "expense/payee/" + transfer.payee().name();
      case Intent.Swap swap -> "exchange/" + swap.venue();
      case Intent.Call call -> "expense/contract/" + call.contract().text();
      case Intent.Payment payment -> "expense/host/" + payment.host();
      case Intent.Order order -> "expense/shop/" + order.shop();
    };
  }

  /// Books what a model call cost and how many tokens it used.
  ///
  /// @param what happened, for people
  void modelCall(
      StoreTransaction transaction, String backend, Amount cost, long tokens, String what) {
    var postings = new ArrayList<Posting>();
    add(postings, MODEL_COST + backend, AssetId.USD, cost.baseUnits());
    add(postings, "liability/model/" + backend, AssetId.USD, cost.baseUnits().negate());
    add(postings, MODEL_TOKENS + backend, AssetId.MODEL_TOKENS, BigInteger.valueOf(tokens));
    add(postings, "metered/model/" + backend, AssetId.MODEL_TOKENS, BigInteger.valueOf(-tokens));
    if (postings.isEmpty()) {
      return;
    }
    long sequence = transaction.lastJournalRow(agent).map(row -> row.sequence() + 1).orElse(1L);
    transaction.post(
        new LedgerEntry(agent, "model:" + sequence, now(), what, "journal:" + sequence, postings));
  }

  /// Books a call whose reply was lost in a crash with all it can have cost.
  void lostModelCall(StoreTransaction transaction, JournalEvent.ModelAsked asked) {
    modelCall(
        transaction,
        backend(asked),
        asked.atMost(),
        asked.tokensAtMost(),
        "model call: reply lost in a crash");
  }

  /// The part of a model's reference that names its backend.
  static String backend(JournalEvent.ModelAsked asked) {
    int slash = asked.model().indexOf('/');
    return slash < 0 ? asked.model() : asked.model().substring(0, slash);
  }

  /// What the books say a wallet holds.
  BigInteger inBooks(StoreView view, Asset asset) {
    return view.balances(agent).stream()
        .filter(balance -> balance.account().equals(wallet(asset.chain())))
        .filter(balance -> balance.asset().equals(asset.id()))
        .map(AccountBalance::baseUnits)
        .findFirst()
        .orElse(BigInteger.ZERO);
  }

  /// Brings the books to what the chain says when nothing of the agent's own is under way.
  ///
  /// @param first whether this wallet was never booked before
  /// @return where the difference was booked, or empty text when there was none
  String observed(StoreTransaction transaction, Asset asset, BigInteger onChain, boolean first) {
    BigInteger difference = onChain.subtract(inBooks(transaction, asset));
    if (difference.signum() == 0) {
      return "";
    }
    String account =
        first ? "equity/opening" : difference.signum() > 0 ? "equity/deposits" : UNEXPLAINED;
    String description =
        first
            ? "opening balance"
            : difference.signum() > 0
                ? "received from outside"
                : "left without a transaction of ours";
    long sequence = transaction.lastJournalRow(agent).map(row -> row.sequence() + 1).orElse(1L);
    transaction.post(
        new LedgerEntry(
            agent,
            "observed:" + sequence + ":" + asset.id(),
            now(),
            description,
            "journal:" + sequence,
            List.of(
                new Posting(wallet(asset.chain()), asset.id(), difference),
                new Posting(account, asset.id(), difference.negate()))));
    return account;
  }

  private java.time.Instant now() {
    return java.time.Instant.ofEpochMilli(clock.millis());
  }
}
