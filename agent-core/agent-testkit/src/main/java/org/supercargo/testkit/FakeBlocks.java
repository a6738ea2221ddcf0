package org.supercargo.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.TransactionId;

/// The blocks of a fake chain, the transactions that wait for one, and the forks it took.
///
/// Empty blocks are only counted, so that years of them pass in no time.
final class FakeBlocks {
  private static final int ANCHORS = 1_000;

  /// A block with transactions in it.
  private record Block(long height, List<Included> landed) {}

  /// A transaction in a block.
  record Included(
      TransactionId id, FakeTransaction transaction, long height, FakeLedger.Outcome outcome) {}

  private record Waiting(FakeTransaction transaction, long from) {}

  private final AssetId coin;
  private final int finality;
  private final FakeLedger ledger;
  private final Deque<Block> recent = new ArrayDeque<>();
  private final List<Included> finals = new ArrayList<>();
  private final Map<Address, Long> finalNonces = new HashMap<>();
  private final Map<TransactionId, Waiting> waiting = new LinkedHashMap<>();
  private final Map<TransactionId, Included> landed = new HashMap<>();
  private final Map<String, Long> anchors =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > ANCHORS;
        }
      };
  private long height;
  private long named = -1;
  private String name = "";
  private boolean still;

  FakeBlocks(AssetId coin, int finality, FakeLedger genesis) {
    this.coin = coin;
    this.finality = finality;
    this.ledger = genesis;
  }

  long height() {
    return height;
  }

  long finalHeight() {
    return Math.max(0, height - finality);
  }

  /// The state after the newest block.
  FakeLedger head() {
    return ledger;
  }

  /// The number of an account's transactions in final blocks.
  long finalNonce(Address payer) {
    return finalNonces.getOrDefault(payer, 0L);
  }

  /// What the account held after the newest final block.
  BigInteger finalBalance(Address owner, AssetId asset) {
    var holding = new FakeLedger.Holding(owner, asset);
    BigInteger balance = ledger.balance(owner, asset);
    for (Block block : recent) {
      for (Included each : block.landed()) {
        balance = balance.subtract(each.outcome().changes().getOrDefault(holding, BigInteger.ZERO));
      }
    }
    return balance;
  }

  /// Final blocks are never replaced, so their height is enough to name them.
  String finalHash() {
    if (named != finalHeight()) {
      named = finalHeight();
      name = hash(named);
      anchors.put(name, named);
    }
    return name;
  }

  String genesisHash() {
    return hash(0);
  }

  private String hash(long number) {
    String seed = "block " + number + " of " + coin;
    return FakeKey.sha256(Bytes.of(seed.getBytes(StandardCharsets.UTF_8))).hex().substring(0, 32);
  }

  @Nullable Included find(TransactionId id) {
    return landed.get(id);
  }

  /// @param skip so many of the oldest are left out
  List<Included> all(int skip) {
    var all = new ArrayList<Included>(finals.subList(Math.min(skip, finals.size()), finals.size()));
    int left = Math.max(0, skip - finals.size());
    recent.stream().flatMap(block -> block.landed().stream()).skip(left).forEach(all::add);
    return all;
  }

  /// How many transactions are in final blocks.
  int finals() {
    return finals.size();
  }

  boolean isWaiting(TransactionId id) {
    return waiting.containsKey(id);
  }

  /// The payer's transactions in blocks, and those that wait right behind them.
  long nextNonce(Address payer) {
    long next = ledger.nonce(payer);
    while (hasWaiting(payer, next)) {
      next++;
    }
    return next;
  }

  private boolean hasWaiting(Address payer, long nonce) {
    for (Waiting each : waiting.values()) {
      if (each.transaction().validity() instanceof Validity.Nonce counted
          && counted.number() == nonce
          && each.transaction().payer().equals(payer)) {
        return true;
      }
    }
    return false;
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
      case Validity.UntilHeight until -> height >= until.height() ? "block hash expired" : null;
      case Validity.Nonce nonce ->
          nonce.number() < ledger.nonce(transaction.payer()) ? "nonce too low" : null;
      case Validity.UntilTime _ -> FakeTransaction.BY_BLOCKS;
    };
  }

  private boolean canPay(FakeTransaction transaction) {
    return ledger.balance(transaction.payer(), coin).compareTo(transaction.fee()) >= 0;
  }

  /// @param delay blocks to wait before it may land
  void await(TransactionId id, FakeTransaction transaction, int delay) {
    waiting.put(id, new Waiting(transaction, height + delay));
    still = false;
  }

  /// The state changed from outside.
  void stir() {
    still = false;
  }

  void mine(long blocks) {
    for (long left = blocks; left > 0; left--) {
      if (waiting.isEmpty() || still) {
        height += left;
        break;
      }
      mine();
    }
    while (!recent.isEmpty() && recent.getFirst().height() <= finalHeight()) {
      recent.removeFirst().landed().forEach(this::finish);
    }
  }

  private void finish(Included included) {
    finals.add(included);
    if (included.transaction().validity() instanceof Validity.Nonce nonce) {
      finalNonces.put(included.transaction().payer(), nonce.number() + 1);
    }
  }

  private void mine() {
    height++;
    var included = new ArrayList<Included>();
    still = true;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Iterator<Map.Entry<TransactionId, Waiting>> each = waiting.entrySet().iterator();
          each.hasNext(); ) {
        var entry = each.next();
        FakeTransaction transaction = entry.getValue().transaction();
        if (isOver(transaction)) {
          each.remove();
        } else if (entry.getValue().from() < height && isReady(transaction)) {
          var landing =
              new Included(entry.getKey(), transaction, height, ledger.execute(transaction));
          included.add(landing);
          landed.put(landing.id(), landing);
          each.remove();
          progress = true;
        } else if (entry.getValue().from() >= height
            || transaction.validity() instanceof Validity.UntilHeight) {
          // Time alone will change its fate.
          still = false;
        }
      }
    }
    if (!included.isEmpty()) {
      recent.addLast(new Block(height, included));
    }
  }

  private boolean isOver(FakeTransaction transaction) {
    return switch (transaction.validity()) {
      case Validity.UntilHeight until -> height > until.height();
      case Validity.Nonce nonce -> nonce.number() < ledger.nonce(transaction.payer());
      case Validity.UntilTime _ -> true;
    };
  }

  private boolean isReady(FakeTransaction transaction) {
    if (!canPay(transaction)) {
      return false;
    }
    return switch (transaction.validity()) {
      case Validity.UntilHeight _ -> anchors.containsKey(transaction.anchor());
      case Validity.Nonce nonce -> nonce.number() == ledger.nonce(transaction.payer());
      case Validity.UntilTime _ -> false;
    };
  }

  /// Replaces the newest blocks, never final ones, by as many empty ones.
  ///
  /// @param forgets whether the transactions in them are gone; otherwise they wait again
  void reorganise(int depth, boolean forgets) {
    long kept = height - Math.min(depth, height - finalHeight());
    var homeless = new ArrayList<Included>();
    while (!recent.isEmpty() && recent.getLast().height() > kept) {
      List<Included> gone = recent.removeLast().landed();
      gone.reversed().forEach(each -> each.outcome().undo());
      gone.forEach(each -> landed.remove(each.id()));
      homeless.addAll(0, gone);
    }
    stir();
    if (!forgets) {
      homeless.forEach(each -> await(each.id(), each.transaction(), 0));
    }
  }
}
