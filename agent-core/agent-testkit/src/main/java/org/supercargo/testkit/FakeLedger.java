package org.supercargo.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Effect;

/// Who holds what on a fake chain at its newest block, and what a transaction makes of it.
///
/// There is one state, and every change remembers how to take it back: blocks are undone, never
/// copied.
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
  /// @param inverses take it back, the last one first
  record Outcome(
      @Nullable String error,
      Map<Holding, BigInteger> changes,
      BigInteger fee,
      BigInteger rent,
      List<Runnable> inverses) {
    void undo() {
      inverses.reversed().forEach(Runnable::run);
    }
  }

  private final AssetId coin;
  private final BigInteger rentPerAccount;
  private final Map<Address, Market> markets = new HashMap<>();
  private final Map<Address, FakeContract> contracts = new HashMap<>();
  private final Map<Holding, BigInteger> balances = new HashMap<>();
  private final Map<Allowance, BigInteger> allowances = new HashMap<>();
  private final Map<Address, Long> nonces = new HashMap<>();
  private final Set<Holding> accounts = new HashSet<>();
  private final Set<Holding> credited = new HashSet<>();

  private List<Runnable> inverses = new ArrayList<>();
  private Map<Holding, BigInteger> changes = new LinkedHashMap<>();

  /// @param rentPerAccount what opening a token account costs; zero where a chain has none
  FakeLedger(AssetId coin, BigInteger rentPerAccount) {
    this.coin = coin;
    this.rentPerAccount = rentPerAccount;
  }

  void open(Address venue, Market market) {
    markets.put(venue, market);
  }

  void deploy(Address contract, FakeContract code) {
    contracts.put(contract, code);
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

  /// Gives from nowhere, in every block there is.
  void credit(Address owner, AssetId asset, BigInteger baseUnits) {
    var holding = new Holding(owner, asset);
    credited.add(holding);
    balances.merge(holding, baseUnits, BigInteger::add);
  }

  /// Takes what an allowance allows, in every block there is.
  ///
  /// @throws IllegalStateException if it does not allow so much
  void takeByAllowance(Address owner, AssetId asset, Address spender, BigInteger baseUnits) {
    BigInteger left = allowance(owner, asset, spender).subtract(baseUnits);
    if (left.signum() < 0 || balance(owner, asset).compareTo(baseUnits) < 0) {
      throw new IllegalStateException(spender + " may not take " + baseUnits + " of " + asset);
    }
    allowances.put(new Allowance(owner, asset, spender), left);
    balances.merge(new Holding(owner, asset), baseUnits.negate(), BigInteger::add);
    credit(spender, asset, baseUnits);
  }

  /// Whether paying `asset` to `owner` opens an account that costs rent.
  boolean needsAccount(Address owner, AssetId asset) {
    var holding = new Holding(owner, asset);
    return rentPerAccount.signum() > 0
        && !asset.equals(coin)
        && !accounts.contains(holding)
        && !credited.contains(holding);
  }

  /// Carries out a transaction as a whole, or takes its fee and nothing else.
  Outcome execute(FakeTransaction transaction) {
    inverses = new ArrayList<>();
    changes = new LinkedHashMap<>();
    Address payer = transaction.payer();
    if (transaction.validity() instanceof Validity.Nonce) {
      put(nonces, payer, nonce(payer) + 1);
    }
    change(payer, coin, transaction.fee().negate());
    var paid = new LinkedHashMap<>(changes);
    int kept = inverses.size();
    BigInteger rent = BigInteger.ZERO;
    for (Effect effect : transaction.effects()) {
      String error = apply(effect, payer);
      if (error != null) {
        while (inverses.size() > kept) {
          inverses.removeLast().run();
        }
        return new Outcome(error, paid, transaction.fee(), BigInteger.ZERO, inverses);
      }
      if (effect instanceof Effect.AccountCreation) {
        rent = rent.add(rentPerAccount);
      }
    }
    return new Outcome(null, changes, transaction.fee(), rent, inverses);
  }

  private <K, V> void put(Map<K, V> map, K key, V value) {
    V before = map.put(key, value);
    inverses.add(() -> {
      if (before == null) {
        map.remove(key);
      } else {
        map.put(key, before);
      }
    });
  }

  /// As a difference, so that what is credited meanwhile stays.
  private void change(Address owner, AssetId asset, BigInteger difference) {
    if (difference.signum() != 0) {
      var holding = new Holding(owner, asset);
      balances.merge(holding, difference, BigInteger::add);
      changes.merge(holding, difference, BigInteger::add);
      inverses.add(() -> balances.merge(holding, difference.negate(), BigInteger::add));
    }
  }

  private @Nullable String apply(Effect effect, Address payer) {
    return switch (effect) {
      case Effect.Fee _, Effect.Memo _, Effect.AuthorityChange _ -> null;
      case Effect.Move move -> move(move, payer);
      case Effect.Authorization _ -> "an authorization, which is no transaction";
      case Effect.Approval approval -> {
        if (!approval.owner().equals(payer)) {
          yield "an approval for a foreign account";
        }
        put(
            allowances,
            new Allowance(payer, approval.asset(), approval.spender()),
            approval.baseUnits());
        yield null;
      }
      case Effect.Exchange exchange -> exchange(exchange, payer);
      case Effect.Call call -> call(call, payer);
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
      give(move.to(), move.asset(), move.baseUnits());
    }
    return error;
  }

  /// A contract that nobody deployed does nothing.
  private @Nullable String call(Effect.Call call, Address payer) {
    if (!call.caller().equals(payer)) {
      return "a call for a foreign account";
    }
    String error = take(payer, coin, call.value());
    if (error != null) {
      return error;
    }
    give(call.contract(), coin, call.value());
    for (Effect effect : contracts.getOrDefault(call.contract(), _ -> List.of()).does(call)) {
      error = apply(effect, payer);
      if (error != null) {
        return error;
      }
    }
    return null;
  }

  private @Nullable String exchange(Effect.Exchange exchange, Address payer) {
    Market market = markets.get(exchange.venue());
    if (market == null || !exchange.owner().equals(payer)) {
      return "an exchange that nobody carries out";
    }
    if (!exchange.sell().equals(coin)) {
      BigInteger left = allowance(payer, exchange.sell(), exchange.venue());
      if (left.compareTo(exchange.sold()) < 0) {
        return "insufficient allowance";
      }
      put(
          allowances,
          new Allowance(payer, exchange.sell(), exchange.venue()),
          left.subtract(exchange.sold()));
    }
    BigInteger brings = market.brings(exchange.sell(), exchange.sold(), exchange.buy());
    if (brings.compareTo(exchange.bought()) < 0) {
      return "too little received";
    }
    String error = take(payer, exchange.sell(), exchange.sold());
    if (error == null) {
      give(exchange.recipient(), exchange.buy(), brings);
    }
    return error;
  }

  private void give(Address owner, AssetId asset, BigInteger baseUnits) {
    var holding = new Holding(owner, asset);
    if (accounts.add(holding)) {
      inverses.add(() -> accounts.remove(holding));
    }
    change(owner, asset, baseUnits);
  }

  private @Nullable String take(Address owner, AssetId asset, BigInteger baseUnits) {
    if (balance(owner, asset).compareTo(baseUnits) < 0) {
      return "insufficient funds";
    }
    change(owner, asset, baseUnits.negate());
    return null;
  }
}
