package org.supercargo.proof.owner;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.asset.AssetId;

/// What left although nobody allowed it.
public final class Loss {
  private final Map<AssetId, BigInteger> units = new LinkedHashMap<>();
  private final List<String> why = new ArrayList<>();

  void add(AssetId asset, BigInteger more, String reason) {
    if (more.signum() > 0) {
      units.merge(asset, more, BigInteger::add);
      why.add(more + " of " + asset + ": " + reason);
    }
  }

  public void add(Map<AssetId, BigInteger> all, String reason) {
    all.forEach((asset, more) -> add(asset, more, reason));
  }

  public void add(Loss other) {
    other.units.forEach((asset, more) -> units.merge(asset, more, BigInteger::add));
    why.addAll(other.why);
  }

  public boolean isNothing() {
    return units.isEmpty();
  }

  /// Base units of all assets together; a count of no other use than to be zero.
  public BigInteger total() {
    return units.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  public List<String> why() {
    return List.copyOf(why);
  }
}
