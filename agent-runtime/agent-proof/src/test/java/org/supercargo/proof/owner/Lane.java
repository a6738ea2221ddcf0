package org.supercargo.proof.owner;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;

/// One way out of the wallet that an owner opened.
public sealed interface Lane {
  String name();

  /// To these, in these.
  ///
  /// @param asked whether people have to agree to each
  record Pay(String name, Set<Address> to, Set<AssetId> assets, boolean asked) implements Lane {}

  /// Through this contract, for these, at this share of its worth at the least.
  ///
  /// @param floor 0 for none
  record Trade(String name, Address venue, Set<AssetId> sells, Set<AssetId> buys, BigDecimal floor)
      implements Lane {}

  /// This function, with these words at these places.
  record Use(String name, Address contract, String function, Map<Integer, String> words)
      implements Lane {}

  /// To these hosts.
  ///
  /// @param to their accounts; empty for whatever the host names
  record Buy(String name, Set<String> hosts, Set<Address> to, Set<AssetId> assets)
      implements Lane {}

  /// These goods, so many at once, to these doors.
  record Order(String name, Set<String> shops, Map<String, Integer> most, Set<Address> to)
      implements Lane {}
}
