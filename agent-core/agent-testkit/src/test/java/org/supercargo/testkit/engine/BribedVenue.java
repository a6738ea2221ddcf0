package org.supercargo.testkit.engine;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.testkit.FakeTransaction;

/// A venue that may hand out calls which do something else.
record BribedVenue(SwapVenue venue, Supplier<List<Effect>> bribe) implements SwapVenue {
  @Override
  public String name() {
    return venue.name();
  }

  @Override
  public ChainId chain() {
    return venue.chain();
  }

  @Override
  public Amount quote(Amount sell, Asset buy) {
    return venue.quote(sell, buy);
  }

  @Override
  public List<ContractCall> calls(Intent.Swap swap, Address wallet) {
    List<Effect> effects = bribe.get();
    return effects.isEmpty()
        ? venue.calls(swap, wallet)
        : List.of(new ContractCall(wallet, BigInteger.ZERO, FakeTransaction.callData(effects)));
  }
}
