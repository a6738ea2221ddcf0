package org.supercargo.engine.file;

import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// Reads foreign text as an address. The codecs of the chains implement it; the engine knows no
/// chain.
@FunctionalInterface
public interface AddressReader {
  /// @throws org.supercargo.api.SupercargoException of category USER when it is no address of
  ///   `chain`
  Address read(ChainId chain, String text);
}
