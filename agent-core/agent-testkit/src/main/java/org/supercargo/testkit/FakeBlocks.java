package org.supercargo.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.TransactionId;

/// The blocks of a fake chain, the transactions that wait for one, and the forks it took.
final class FakeBlocks {
  private record Block(String hash, FakeLedger after, List<Included> landed) {}

  /// A transaction in a block.
  record Included(
      TransactionId id, FakeTransaction transaction, long height, FakeLedger.Outcome outcome) {}

  private record Waiting(FakeTransaction transaction, long from) {}

  private final AssetId coin;
  private final int finality;
  private final List<Block> blocks = new ArrayList<>();
  private final Map<TransactionId, Waiting> waiting = new LinkedHashMap<>();
  private final Map<TransactionId, Included> landed = new HashMap<>();
  private final Map<String, Integer> heights = new HashMap<>();
  private int forks;

  FakeBlocks(AssetId coin, int finality, FakeLedger genesis) {
    this.coin = coin;
    this.finality = finality;
    add(genesis, List.of());
  }

  long height() {
    return blocks.size() - 1L;
  }

  long finalHeight() {
    return Math.max(0, height() - finality);
  }

  FakeLedger head() {
    return blocks.getLast().after();
  }

  FakeLedger finalLedger() {
    return blocks.get((int) finalHeight()).after();
  }

  String finalHash() {
    return blocks.get((int) finalHeight()).hash();
  }

  String genesisHash() {
    return blocks.getFirst().hash();
  }

  @Nullable Included find(TransactionId id) {
    return landed.get(id);
  }

  List<Included> all() {
    return blocks.stream().flatMap(block -> block.landed().stream()).toList();
  }

  boolean isWaiting(TransactionId id) {
    return waiting.containsKey(id);
  }

  /// The payer's transactions in blocks, and those that wait right behind them.
  long nextNonce(Address payer) {
    long next = head().nonce(payer);
    while (hasWaiting(payer, next)) {
      next++;
    }
    return next;
  }

  private boolean hasWaiting(Address payer, long nonce) {
    return waiting.values().stream()
        .map(Waiting::transaction)
        .anyMatch(each ->
            each.payer().equals(payer) && each.validity().equals(new Validity.Nonce(nonce)));
  }

  /// Gives an account something from nowhere, in every block there is.
  void credit(Address owner, AssetId asset, BigInteger baseUnits) {
    Set<FakeLedger> ledgers = Collections.newSetFromMap(new IdentityHashMap<>());
    blocks.forEach(block -> ledgers.add(block.after()));
    ledgers.forEach(ledger -> ledger.credit(owner, asset, baseUnits));
  }

  /// Why a node would not take the transaction now, or null.
  @Nullable String objection(FakeTransaction transaction) {
    String expired = expired(transaction);
    if (expired != null) {
      return expired;
    }
    return canPay(transaction) ? null : "insufficient funds for the fee";
  }

  private @Nullable String expired(FakeTransaction transaction) {
    return switch (transaction.validity()) {
      case Validity.UntilHeight until -> height() >= until.height() ? "block hash expired" : null;
      case Validity.Nonce nonce ->
          nonce.number() < head().nonce(transaction.payer()) ? "nonce too low" : null;
    };
  }

  private boolean canPay(FakeTransaction transaction) {
    return head().balance(transaction.payer(), coin).compareTo(transaction.fee()) >= 0;
  }

  /// @param delay blocks to wait before it may land
  void await(TransactionId id, FakeTransaction transaction, int delay) {
    waiting.put(id, new Waiting(transaction, height() + delay));
  }

  void mine() {
    long next = blocks.size();
    FakeLedger after = null;
    var included = new ArrayList<Included>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Iterator<Map.Entry<TransactionId, Waiting>> each = waiting.entrySet().iterator();
          each.hasNext(); ) {
        var entry = each.next();
        FakeTransaction transaction = entry.getValue().transaction();
        FakeLedger before = after == null ? head() : after;
        if (isOver(transaction, next, before)) {
          each.remove();
        } else if (entry.getValue().from() < next && isReady(transaction, before)) {
          after = after == null ? head().copy() : after;
          FakeLedger.Outcome outcome = after.execute(transaction);
          included.add(new Included(entry.getKey(), transaction, next, outcome));
          each.remove();
          progress = true;
        }
      }
    }
    add(after == null ? head() : after, included);
  }

  private static boolean isOver(FakeTransaction transaction, long height, FakeLedger before) {
    return switch (transaction.validity()) {
      case Validity.UntilHeight until -> height > until.height();
      case Validity.Nonce nonce -> nonce.number() < before.nonce(transaction.payer());
    };
  }

  private boolean isReady(FakeTransaction transaction, FakeLedger before) {
    if (before.balance(transaction.payer(), coin).compareTo(transaction.fee()) < 0) {
      return false;
    }
    return switch (transaction.validity()) {
      case Validity.UntilHeight _ -> heights.containsKey(transaction.anchor());
      case Validity.Nonce nonce -> nonce.number() == before.nonce(transaction.payer());
    };
  }

  private void add(FakeLedger after, List<Included> included) {
    String previous = blocks.isEmpty() ? "genesis" : blocks.getLast().hash();
    String seed = previous + " " + blocks.size() + " " + forks + " " + coin;
    String hash =
        FakeKey.sha256(Bytes.of(seed.getBytes(StandardCharsets.UTF_8))).hex().substring(0, 32);
    heights.put(hash, blocks.size());
    blocks.add(new Block(hash, after, List.copyOf(included)));
    included.forEach(each -> landed.put(each.id(), each));
  }

  /// Replaces the newest blocks, never final ones, by as many empty ones.
  ///
  /// @param forgets whether the transactions in them are gone; otherwise they wait again
  void reorganise(int depth, boolean forgets) {
    int replaced = (int) Math.min(depth, height() - finalHeight());
    forks++;
    var homeless = new ArrayList<Included>();
    for (int count = 0; count < replaced; count++) {
      Block gone = blocks.removeLast();
      heights.remove(gone.hash());
      gone.landed().forEach(each -> landed.remove(each.id()));
      homeless.addAll(0, gone.landed());
    }
    for (int count = 0; count < replaced; count++) {
      add(head(), List.of());
    }
    if (!forgets) {
      homeless.forEach(each -> await(each.id(), each.transaction(), 0));
    }
  }
}
