package org.supercargo.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;

/// A place on a [FakeChain] that exchanges at prices a test sets. What it sells comes from nowhere.
///
/// Selling a token takes two transactions, an approval and the exchange; selling the chain's coin
/// takes one.
public final class FakeVenue implements SwapVenue {
  private record Pair(AssetId sell, AssetId buy) {}

  private record Price(BigInteger sold, BigInteger bought) {}

  private final FakeChain chain;
  private final String name;
  private final Address contract;
  private final Map<Pair, Price> prices = new HashMap<>();

  /// @param contract the account that is approved and that carries out the exchange
  public FakeVenue(FakeChain chain, String name, Address contract) {
    this.chain = chain;
    this.name = name;
    this.contract = contract;
    chain.open(contract, this::brings);
  }

  /// From now on `sell` brings `buy`, and other amounts in proportion, rounded down.
  public synchronized FakeVenue price(Amount sell, Amount buy) {
    prices.put(
        new Pair(sell.asset().id(), buy.asset().id()),
        new Price(sell.baseUnits(), buy.baseUnits()));
    return this;
  }

  private synchronized BigInteger brings(AssetId sell, BigInteger sold, AssetId buy) {
    Price price = prices.get(new Pair(sell, buy));
    return price == null ? BigInteger.ZERO : sold.multiply(price.bought()).divide(price.sold());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ChainId chain() {
    return chain.id();
  }

  public Address contract() {
    return contract;
  }

  @Override
  public Amount quote(Amount sell, Asset buy) {
    BigInteger brings = brings(sell.asset().id(), sell.baseUnits(), buy.id());
    if (brings.signum() == 0) {
      throw SupercargoException.user(
          name + " does not exchange " + sell + " for " + buy.symbol(), "Name another pair.");
    }
    return new Amount(buy, brings);
  }

  @Override
  public List<ContractCall> calls(Intent.Swap swap, Address wallet) {
    AssetId sell = swap.sell().asset().id();
    BigInteger sold = swap.sell().baseUnits();
    var calls = new ArrayList<ContractCall>();
    if (!sell.isNative() && chain.allowance(wallet, sell, contract).compareTo(sold) < 0) {
      calls.add(call(BigInteger.ZERO, new Effect.Approval(sell, wallet, contract, sold)));
    }
    calls.add(
        call(
            sell.isNative() ? sold : BigInteger.ZERO,
            new Effect.Exchange(
                wallet,
                sell,
                sold,
                swap.minimum().asset().id(),
                swap.minimum().baseUnits(),
                wallet,
                contract)));
    return calls;
  }

  private ContractCall call(BigInteger value, Effect effect) {
    return new ContractCall(contract, value, FakeTransaction.callData(List.of(effect)));
  }
}
