package org.supercargo.proof.owner;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// Everything one owner allowed, as its table.
///
/// @param wallets the agent's own
/// @param dollars what one whole unit counts as
/// @param decimals of every asset the wallet may hold
/// @param holdings what the wallet has to lose, in base units
/// @param openings of lanes that are not always open, by their names
public record Allowance(
    Set<Address> wallets,
    Instant expires,
    Map<AssetId, BigDecimal> dollars,
    Map<AssetId, Integer> decimals,
    List<Lane> lanes,
    List<Limit> limits,
    Map<ChainId, FeeWord> fees,
    Map<AssetId, BigInteger> holdings,
    Map<String, Opening> openings) {

  /// Dollars in steps of 10^-12; nothing for what the owner's table gives no worth.
  BigInteger worth(AssetId asset, BigInteger units) {
    if (asset.equals(AssetId.USD)) {
      return units;
    }
    BigDecimal price = dollars.getOrDefault(asset, BigDecimal.ZERO);
    return new BigDecimal(units, decimals.getOrDefault(asset, 0))
        .multiply(price)
        .movePointRight(Asset.USD.decimals())
        .setScale(0, RoundingMode.DOWN)
        .toBigInteger();
  }

  BigInteger held(AssetId asset) {
    return holdings.getOrDefault(asset, BigInteger.ZERO);
  }

  /// Everything on a chain.
  Map<AssetId, BigInteger> all(ChainId chain) {
    var all = new HashMap<AssetId, BigInteger>();
    holdings.forEach((asset, units) -> {
      if (asset.chain().equals(chain)) {
        all.put(asset, units);
      }
    });
    return all;
  }

  /// Nothing at all, from the same wallet.
  public Allowance nothing() {
    return new Allowance(
        wallets, expires, dollars, decimals, List.of(), List.of(), fees, holdings, openings);
  }

  /// The same with other fees.
  Allowance costing(Map<ChainId, FeeWord> other) {
    return new Allowance(
        wallets, expires, dollars, decimals, lanes, limits, other, holdings, openings);
  }

  /// The same until another moment.
  public Allowance until(Instant end) {
    return new Allowance(wallets, end, dollars, decimals, lanes, limits, fees, holdings, openings);
  }
}
