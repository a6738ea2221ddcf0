package org.supercargo.api.intent;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;

/// Something a transaction's bytes can do, as decoded without trusting whoever built them.
public sealed interface Effect {
  /// Value moves from one account to another.
  record Move(AssetId asset, Address from, Address to, BigInteger baseUnits) implements Effect {}

  /// One asset is sold and another bought.
  ///
  /// @param venue the contract or program that performs it
  /// @param sold at the most
  /// @param bought at the least
  record Exchange(
      Address owner,
      AssetId sell,
      BigInteger sold,
      AssetId buy,
      BigInteger bought,
      Address recipient,
      Address venue)
      implements Effect {}

  /// A spender may later take up to this much.
  record Approval(AssetId asset, Address owner, Address spender, BigInteger baseUnits)
      implements Effect {}

  /// The fee at the most.
  ///
  /// @param baseUnits everything, the tip included
  /// @param tip what of it goes to whoever orders transactions: Solana's priority fee, EIP-1559's
  ///   priority fee
  record Fee(Address payer, AssetId asset, BigInteger baseUnits, BigInteger tip)
      implements Effect {}

  /// A function of a contract is called, with everything it is given. What the contract does then
  /// is not in the bytes; a simulation bounds it.
  ///
  /// @param function canonical signature such as `claim(address,uint256)`
  /// @param arguments in the text forms of [org.supercargo.api.intent.Intent.Call]
  /// @param value base units of the native coin sent along
  record Call(
      Address caller, Address contract, String function, List<String> arguments, BigInteger value)
      implements Effect {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// Whoever has the signature may have the payee paid, once, while it is good: a transfer with
  /// authorization as in [EIP-3009](https://eips.ethereum.org/EIPS/eip-3009).
  ///
  /// @param begins good only later
  /// @param ends good only earlier
  record Authorization(
      AssetId asset, Address from, Address to, BigInteger baseUnits, Instant begins, Instant ends)
      implements Effect {}

  /// An account is created and its rent paid.
  ///
  /// @param rent base units of the native coin, as far as it follows from the bytes; what the chain
  ///   takes now is simulated
  record AccountCreation(Address payer, Address account, Address owner, BigInteger rent)
      implements Effect {}

  /// Public text; moves nothing.
  record Memo(String text) implements Effect {}

  /// Control over an account or its funds changes hands. Never part of an ordinary intent.
  record AuthorityChange(Address account, String what) implements Effect {}

  /// Bytes whose effect is not known. Never allowed.
  record Undecodable(String what) implements Effect {}
}
