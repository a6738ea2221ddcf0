package org.supercargo.plugin.wallet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// What every agent with a wallet can do: pay, and say what it has and where.
public final class WalletPlugin implements Plugin {
  private final List<Chain> chains;
  private final Map<ChainId, Address> wallets;
  private final List<Asset> assets;
  private final AddressBook addressBook;

  /// @param chains asked in this order; one without a wallet is left out
  /// @param wallets the agent's own address on each chain
  /// @param assets whose balances are told, besides each chain's native one
  public WalletPlugin(
      List<Chain> chains,
      Map<ChainId, Address> wallets,
      List<Asset> assets,
      AddressBook addressBook) {
    this.chains = List.copyOf(chains);
    this.wallets = Map.copyOf(wallets);
    this.assets = List.copyOf(assets);
    this.addressBook = requireNonNull(addressBook, "addressBook is null");
  }

  @Override
  public String name() {
    return "wallet";
  }

  /// Proposes a payment; nothing is sent here.
  ///
  /// @throws SupercargoException of category USER when `chain` is not the amount's chain, or the
  ///   payee's address is on another one
  @Action(
      value = "Pay an exact amount of one asset to a known name or to an address",
      examples = {
        "send {amount} to {payee} on {chain}",
        "pay {payee} {amount} on {chain}",
        "transfer {amount} to {payee} on {chain}",
        "send {payee} {amount} on {chain}",
        "pay {amount} to {payee} on {chain}",
        "give {payee} {amount} on {chain}",
        "send {amount} to {payee} memo {memo}",
        "send {amount} to {payee} with memo {memo}",
        "send {amount} to {payee} with note {memo}"
      })
  public Intent.Transfer transfer(
      @Param("how much of which asset leaves the wallet") Amount amount,
      @Param("who receives it") Payee payee,
      @Param(
              value = "the chain to pay on; needed only when the asset is on several",
              required = false)
          @Nullable ChainId chain,
      @Param(
              value = "public text stored with the payment, 200 characters at most",
              required = false)
          @Nullable String memo) {
    if (chain != null && !chain.equals(amount.asset().chain())) {
      throw SupercargoException.user(
          amount + " is on " + amount.asset().chain().name() + ", not on " + chain.name(),
          "Name the asset's own chain, or another asset.");
    }
    return new Intent.Transfer(payee, amount, memo == null ? "" : memo);
  }

  /// Balances as the chains tell them now. A chain that cannot be read is named with the reason and
  /// hides no other.
  @Action(
      value = "Exact balances of the agent's own wallets",
      examples = {
        "what is my balance on {chain}",
        "show my balances on {chain}",
        "{chain} balance",
        "{chain} balances",
        "how much do i have on {chain}",
        "how much is in my wallet",
        "what is in my wallet",
        "show my wallet",
        "show my funds on {chain}",
        "what do i hold on {chain}"
      })
  public String balances(
      @Param(value = "only this chain", required = false) @Nullable ChainId chain) {
    var statement = new Statement();
    for (Chain each : chosen(chain)) {
      readInto(statement, each);
    }
    return statement.text();
  }

  private void readInto(Statement statement, Chain chain) {
    Address wallet = requireNonNull(wallets.get(chain.id()));
    for (Asset asset : assetsOn(chain)) {
      try {
        Amount balance = chain.balance(wallet, asset);
        statement.line(chain.id().name(), asset.symbol(), balance.number());
      } catch (SupercargoException failed) {
        // What the chain did not say for one asset it would not say for the next within a deadline.
        statement.line(chain.id().name(), asset.symbol(), "not known: " + failed.what());
        return;
      }
    }
  }

  private List<Asset> assetsOn(Chain chain) {
    List<Asset> there = new ArrayList<>();
    there.add(chain.nativeAsset());
    assets.stream()
        .filter(asset -> asset.chain().equals(chain.id()))
        .filter(asset -> !asset.id().equals(chain.nativeAsset().id()))
        .forEach(there::add);
    return there;
  }

  /// The agent's own addresses; asks no chain.
  @Action(
      value = "The agent's own addresses, to be paid at",
      examples = {
        "what is my address on {chain}",
        "show my addresses on {chain}",
        "what is my wallet address on {chain}",
        "show my wallet addresses"
      })
  public String address(
      @Param(value = "only this chain", required = false) @Nullable ChainId chain) {
    var statement = new Statement();
    for (Chain each : chosen(chain)) {
      statement.line(each.id().name(), requireNonNull(wallets.get(each.id())).text());
    }
    return statement.text();
  }

  private List<Chain> chosen(@Nullable ChainId chain) {
    List<Chain> chosen =
        chains.stream()
            .filter(each -> wallets.containsKey(each.id()))
            .filter(each -> chain == null || each.id().equals(chain))
            .toList();
    if (chosen.isEmpty()) {
      throw SupercargoException.user(
          "The agent has no wallet" + (chain == null ? "" : " on " + chain.name()),
          "Add a wallet to the agent file.");
    }
    return chosen;
  }

  /// Every name the owner gave an address, with its addresses.
  @Action(
      value = "The names in the address book, with their addresses",
      examples = {
        "who can i pay",
        "list my payees",
        "show my contacts",
        "show the address book",
        "who is in my address book"
      })
  public String payees() {
    var statement = new Statement();
    addressBook
        .entries()
        .forEach((name, addresses) ->
            statement.line(
                name,
                addresses.stream()
                    .map(address -> address.chain().name() + " " + address.text())
                    .collect(Collectors.joining(", "))));
    return addressBook.names().isEmpty() ? "The address book is empty." : statement.text();
  }
}
