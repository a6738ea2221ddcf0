package org.supercargo.api.payment;

import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;

/// An account of the agent that can prove to a host that it is the agent's. The key is elsewhere.
public interface SignInWallet {
  /// The account.
  Address address();

  /// @return the signature over [SignIn#message(Address)]: 64 bytes on Solana; r, s and 27 or 28 in
  ///   65 bytes on EVM chains, over the hash of [ERC-191](https://eips.ethereum.org/EIPS/eip-191),
  ///   version `0x45`
  /// @throws org.supercargo.api.SupercargoException of category POLICY when the mandate does not
  ///   name the host or the signer is stopped; TRANSIENT when the signer cannot be reached
  Bytes signIn(SignIn signIn);
}
