package org.supercargo.testkit.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.payment.PaymentHost;

/// A plugin that pays, swaps and looks.
public final class Trader implements Plugin {
  private final Map<ChainId, Chain> chains;
  private final Map<ChainId, Address> wallets;
  private final List<PaymentHost> hosts;

  public Trader(Map<ChainId, Chain> chains, Map<ChainId, Address> wallets) {
    this(chains, wallets, List.of());
  }

  public Trader(
      Map<ChainId, Chain> chains, Map<ChainId, Address> wallets, List<PaymentHost> hosts) {
    this.chains = Map.copyOf(chains);
    this.wallets = Map.copyOf(wallets);
    this.hosts = List.copyOf(hosts);
  }

  @Override
  public String name() {
    return "trader";
  }

  @Action("What the wallet holds of an asset")
  public Amount balance(@Param("asset") Asset asset, @Param("chain") ChainId chain) {
    return chain(chain).balance(wallet(chain), asset);
  }

  @Action("Pay someone")
  public Intent.Transfer send(
      @Param("who is paid") Payee payee,
      @Param("how much") Amount amount,
      @Param(value = "where", required = false) @Nullable ChainId chain) {
    return new Intent.Transfer(payee, amount, "");
  }

  @Action("Exchange one asset for another")
  public Intent.Swap swap(
      @Param("what is sold") Amount sell, @Param("at least received") Amount minimum) {
    return new Intent.Swap(sell, minimum, Harbour.VENUE);
  }

  @Action("Pay a host more in advance")
  public Intent.Payment refill(
      @Param("the host") String host,
      @Param("how much") Amount amount,
      @Param(value = "where", required = false) @Nullable ChainId chain) {
    return hosts.stream()
        .filter(each -> each.host().equals(host))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no host " + host))
        .topUp(amount);
  }

  private Chain chain(ChainId id) {
    Chain chain = chains.get(id);
    if (chain == null) {
      throw new IllegalStateException("no chain " + id);
    }
    return chain;
  }

  private Address wallet(ChainId id) {
    Address wallet = wallets.get(id);
    if (wallet == null) {
      throw new IllegalStateException("no wallet on " + id);
    }
    return wallet;
  }
}
