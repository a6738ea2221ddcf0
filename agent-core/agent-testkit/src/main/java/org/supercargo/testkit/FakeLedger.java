package org.supercargo.testkit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;

/// Who holds what on a fake chain at one block, and what a transaction makes of it.
final class FakeLedger {
  /// What a venue gives for an amount.
  @FunctionalInterface
  interface Market {
    BigInteger brings(AssetId sell, BigInteger sold, AssetId buy);
  }

  record Holding(Address owner, AssetId asset) {}

  private record Allowance(Address owner, AssetId asset, Address spender) {}

  /// What a transaction did.
  ///
  /// @param error null when it succeeded
  record Outcome(
      @Nullable String error, Map<Holding, BigInteger> changes, BigInteger fee, BigInteger rent) {}

  private final AssetId coin;
  private final BigInteger rentPerAccount;
  private final Map<Address, Market> markets;
  private final Map<Holding, BigInteger> balances = new HashMap<>();
  private final Map<Allowance, BigInteger> allowances = new HashMap<>();
  private final Map<Address, Long> nonces = new HashMap<>();
  private final Set<Holding> accounts = new HashSet<>();

  /// @param rentPerAccount what opening a token account costs; zero where a chain has none
  FakeLedger(AssetId coin, BigInteger rentPerAccount, Map<Address, Market> markets) {
    this.coin = coin;
    this.rentPerAccount = rentPerAccount;
    this.markets = markets;
  }

  FakeLedger copy() {
    var copy = new FakeLedger(coin, rentPerAccount, markets);
    copy.replaceBy(this);
    return copy;
  }

  private void replaceBy(FakeLedger other) {
    balances.clear();
    balances.putAll(other.balances);
    allowances.clear();
    allowances.putAll(other.allowances);
    nonces.clear();
    nonces.putAll(other.nonces);
    accounts.clear();
    accounts.addAll(other.accounts);
  }

  BigInteger balance(Address owner, AssetId asset) {
    return balances.getOrDefault(new Holding(owner, asset), BigInteger.ZERO);
  }

  BigInteger allowance(Address owner, AssetId asset, Address spender) {
    return allowances.getOrDefault(new Allowance(owner, asset, spender), BigInteger.ZERO);
  }

  long nonce(Address payer) {
    return nonces.getOrDefault(payer, 0L);
  }

  void credit(Address owner, AssetId asset, BigInteger baseUnits) {
    accounts.add(new Holding(owner, asset));
    balances.merge(new Holding(owner, asset), baseUnits, BigInteger::add);
  }

  /// Whether paying `asset` to `owner` opens an account that costs rent.
  boolean needsAccount(Address owner, AssetId asset) {
    return rentPerAccount.signum() > 0
        && !asset.equals(coin)
        && !accounts.contains(new Holding(owner, asset));
  }

  /// Carries out a transaction as a whole, or takes its fee and nothing else.
  Outcome execute(FakeTransaction transaction) {
    Address payer = transaction.payer();
    nonces.merge(payer, 1L, Long::sum);
    balances.merge(new Holding(payer, coin), transaction.fee().negate(), BigInteger::add);
    FakeLedger after = copy();
    BigInteger rent = BigInteger.ZERO;
    String error = null;
    for (Effect effect : transaction.effects()) {
      error = after.apply(effect, payer);
      if (error != null) {
        break;
      }
      if (effect instanceof Effect.AccountCreation) {
        rent = rent.add(rentPerAccount);
      }
    }
    Map<Holding, BigInteger> changes = new HashMap<>();
    if (error == null) {
      changes.putAll(difference(after));
      replaceBy(after);
    }
    changes.merge(new Holding(payer, coin), transaction.fee().negate(), BigInteger::add);
    return new Outcome(error, changes, transaction.fee(), error == null ? rent : BigInteger.ZERO);
  }

  private Map<Holding, BigInteger> difference(FakeLedger after) {
    var holdings = new HashSet<>(balances.keySet());
    holdings.addAll(after.balances.keySet());
    var changes = new HashMap<Holding, BigInteger>();
    for (Holding holding : holdings) {
      BigInteger change =
          after
              .balance(holding.owner(), holding.asset())
              .subtract(balance(holding.owner(), holding.asset()));
      if (change.signum() != 0) {
        changes.put(holding, change);
      }
    }
    return changes;
  }

  private @Nullable String apply(Effect effect, Address payer) {
    return switch (effect) {
      case Effect.Fee _, Effect.Memo _, Effect.AuthorityChange _ -> null;
      case Effect.Move move -> move(move, payer);
      case Effect.Approval approval -> {
        if (!approval.owner().equals(payer)) {
          yield "an approval for a foreign account";
        }
        allowances.put(
            new Allowance(payer, approval.asset(), approval.spender()), approval.baseUnits());
        yield null;
      }
      case Effect.Exchange exchange -> exchange(exchange, payer);
      case Effect.AccountCreation creation -> take(creation.payer(), coin, rentPerAccount);
      case Effect.Undecodable unknown -> "an invalid instruction: " + unknown.what();
    };
  }

  private @Nullable String move(Effect.Move move, Address payer) {
    if (!move.from().equals(payer)) {
      return "a move out of a foreign account";
    }
    String error = take(payer, move.asset(), move.baseUnits());
    if (error == null) {
      credit(move.to(), move.asset(), move.baseUnits());
    }
    return error;
  }

  private @Nullable String exchange(Effect.Exchange exchange, Address payer) {
    Market market = markets.get(exchange.venue());
    if (market == null || !exchange.owner().equals(payer)) {
      return "an exchange that nobody carries out";
    }
    if (!exchange.sell().equals(coin)) {
      var key = new Allowance(payer, exchange.sell(), exchange.venue());
      BigInteger left = allowance(payer, exchange.sell(), exchange.venue());
      if (left.compareTo(exchange.sold()) < 0) {
        return "insufficient allowance";
      }
      allowances.put(key, left.subtract(exchange.sold()));
    }
    BigInteger brings = market.brings(exchange.sell(), exchange.sold(), exchange.buy());
    if (brings.compareTo(exchange.bought()) < 0) {
      return "too little received";
    }
    String error = take(payer, exchange.sell(), exchange.sold());
    if (error == null) {
      credit(exchange.recipient(), exchange.buy(), brings);
    }
    return error;
  }

  private @Nullable String take(Address owner, AssetId asset, BigInteger baseUnits) {
    BigInteger left = balance(owner, asset).subtract(baseUnits);
    if (left.signum() < 0) {
      return "insufficient funds";
    }
    balances.put(new Holding(owner, asset), left);
    return null;
  }
}
