package org.supercargo.evm;

import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// A deployment of Uniswap's SwapRouter02, the only kind of contract whose calls are read as
/// exchanges.
///
/// @param wrappedEther the WETH9 contract the router was made with
public record SwapRouter(Address contract, Address wrappedEther) {
  /// Base's deployment. Sources:
  /// [Uniswap](https://docs.uniswap.org/contracts/v3/reference/deployments/base-deployments),
  /// [Base](https://docs.base.org/base-chain/network-information/base-contracts).
  public static final SwapRouter BASE =
      new SwapRouter(
          new Address(ChainId.BASE, "0x2626664c2603336E57B271c5C0b26F421741e481"),
          new Address(ChainId.BASE, "0x4200000000000000000000000000000000000006"));

  public SwapRouter {
    if (!contract.chain().equals(wrappedEther.chain())) {
      throw new IllegalArgumentException("the router and its WETH9 are on different chains");
    }
  }
}
