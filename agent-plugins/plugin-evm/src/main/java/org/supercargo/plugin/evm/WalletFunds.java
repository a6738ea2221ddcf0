package org.supercargo.plugin.evm;

import java.math.BigInteger;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.evm.EvmAddress;

/// Whether a wallet holds what is to leave it.
record WalletFunds(Asset nativeAsset, EvmNode node, EvmAddress wallet) {

  /// @throws SupercargoException of category USER when the wallet holds less of a token
  void requireToken(Amount spends) {
    if (spends.asset().id().isNative() || !spends.isPositive()) {
      return;
    }
    EvmAddress token = EvmAddress.parse(spends.asset().id().reference());
    BigInteger held = new ContractReader(node).balance(token, wallet);
    if (held.compareTo(spends.baseUnits()) < 0) {
      throw shortage("", spends, new Amount(spends.asset(), held));
    }
  }

  /// @param bound what stands before the sum that is needed
  SupercargoException shortage(String bound, BigInteger needed, BigInteger held) {
    return shortage(bound, new Amount(nativeAsset, needed), new Amount(nativeAsset, held));
  }

  private SupercargoException shortage(String bound, Amount needed, Amount held) {
    String fees = needed.asset().equals(nativeAsset) ? ", fees included," : "";
    String where = nativeAsset.chain().name();
    return SupercargoException.user(
        "The wallet needs " + bound + needed + fees + " on " + where + " and has " + held,
        "Send " + needed.minus(held) + " or more to " + wallet + ".");
  }
}
