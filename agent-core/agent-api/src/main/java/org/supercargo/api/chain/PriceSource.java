package org.supercargo.api.chain;

import java.util.Optional;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.mandate.Price;

/// Tells what assets are worth, and executes nothing.
public interface PriceSource {
  /// The newest price, whatever its age; empty for an asset it does not know.
  ///
  /// @throws org.supercargo.api.SupercargoException of category TRANSIENT when the network failed
  Optional<Price> price(AssetId asset);
}
