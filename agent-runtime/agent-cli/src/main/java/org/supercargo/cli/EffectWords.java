package org.supercargo.cli;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;

/// What bytes do, by the names the owner uses.
final class EffectWords {
  private final Screen screen;
  private final AddressBook addressBook;
  private final Map<AssetId, Asset> assets = new ConcurrentHashMap<>();

  EffectWords(Screen screen, AddressBook addressBook) {
    this.screen = screen;
    this.addressBook = addressBook;
  }

  void learn(Asset asset) {
    assets.put(asset.id(), asset);
  }

  void learn(Intent intent) {
    learn(intent.spends().asset());
    if (intent instanceof Intent.Swap swap) {
      learn(swap.minimum().asset());
    }
  }

  String of(Effect effect) {
    return switch (effect) {
      case Effect.Move move ->
          "moves " + amount(move.asset(), move.baseUnits()) + " to " + name(move.to());
      case Effect.Authorization authorization ->
          "lets "
              + name(authorization.to())
              + " be paid "
              + amount(authorization.asset(), authorization.baseUnits())
              + " once, until "
              + authorization.ends();
      case Effect.Exchange exchange ->
          "sells "
              + amount(exchange.sell(), exchange.sold())
              + " for at least "
              + amount(exchange.buy(), exchange.bought());
      case Effect.Approval approval ->
          "lets "
              + name(approval.spender())
              + " take "
              + amount(approval.asset(), approval.baseUnits());
      case Effect.Fee fee -> "pays a fee of at most " + amount(fee.asset(), fee.baseUnits());
      case Effect.AccountCreation creation ->
          "opens a token account for " + name(creation.owner()) + " and pays its rent";
      case Effect.Memo memo -> "carries the memo \"" + memo.text() + "\"";
      case Effect.Call call ->
          "calls "
              + call.function()
              + " of "
              + name(call.contract())
              + " with "
              + String.join(", ", call.arguments());
      case Effect.AuthorityChange change ->
          screen.red("changes control over " + change.account() + ": " + change.what());
      case Effect.Undecodable unknown -> screen.red("cannot be decoded: " + unknown.what());
    };
  }

  private String name(Address address) {
    return addressBook.nameOf(address).orElse(shortened(address.text()));
  }

  /// Enough of an id to recognise it; the whole one is in the journal and at the end of the story.
  static String shortened(String id) {
    return id.length() <= 20 ? id : id.substring(0, 10) + "…" + id.substring(id.length() - 6);
  }

  String amount(AssetId id, BigInteger baseUnits) {
    Asset asset = assets.get(id);
    return asset == null
        ? baseUnits + " base units of " + id
        : new Amount(asset, baseUnits).toString();
  }
}
