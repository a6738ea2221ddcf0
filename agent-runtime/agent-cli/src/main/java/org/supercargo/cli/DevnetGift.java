package org.supercargo.cli;

import java.util.List;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// Money asked of the devnet's faucet.
record DevnetGift(String chain, String address, Amount amount) {
  private static final List<Asset> ASSETS =
      List.of(
          new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9),
          token(ChainId.SOLANA, "USDC", 6),
          token(ChainId.SOLANA, "CARGO", 9),
          new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18),
          token(ChainId.BASE, "USDC", 6));

  private static Asset token(ChainId chain, String symbol, int decimals) {
    return new Asset(new AssetId(chain, "devnet", symbol), symbol, decimals);
  }

  static DevnetGift parse(String chainName, String address, String amountText) {
    ChainId chain =
        ChainId.find(chainName)
            .orElseThrow(() ->
                SupercargoException.user(
                    "\"" + chainName + "\" is not a chain known here", "Use solana or base."));
    Address checked = Codecs.ALL.read(chain, address);
    String[] words = amountText.strip().split("\\s+", -1);
    if (words.length != 2) {
      throw SupercargoException.user(
          "\"" + amountText + "\" is not an amount", "Write, for example, \"5 USDC\".");
    }
    Asset asset =
        ASSETS.stream()
            .filter(each -> each.chain().equals(chain) && each.symbol().equalsIgnoreCase(words[1]))
            .findFirst()
            .orElseThrow(() ->
                SupercargoException.user(
                    "The faucet has no " + words[1] + " on " + chain.name(),
                    "It gives SOL, USDC and CARGO on solana, ETH and USDC on base."));
    return new DevnetGift(chain.name(), checked.text(), Amount.parse(words[0], asset));
  }
}
