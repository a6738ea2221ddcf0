package org.supercargo.engine.file;

import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// Assets an agent file may name without declaring them.
///
/// Sources: Circle's list of USDC contract addresses; the OP Stack's WETH9 predeploy.
public final class KnownAssets {
  public static final List<Asset> ALL =
      List.of(
          new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9),
          token(ChainId.SOLANA, "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "USDC", 6),
          new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18),
          token(ChainId.BASE, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "USDC", 6),
          token(ChainId.BASE, "0x4200000000000000000000000000000000000006", "WETH", 18));

  private KnownAssets() {}

  private static Asset token(ChainId chain, String address, String symbol, int decimals) {
    return new Asset(AssetId.token(new Address(chain, address)), symbol, decimals);
  }
}
