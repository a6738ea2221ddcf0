package org.supercargo.proof.reading;

import java.math.BigInteger;
import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// Something that leaves a wallet, or a power over it, as plain as the chain itself would take it.
public sealed interface Outflow {

  /// Value goes to someone.
  record Paid(AssetId asset, Address to, BigInteger units) implements Outflow {}

  /// Value that someone may fetch when no window counts it and the mandate may be over.
  ///
  /// @param until seconds since 1970
  record Postponed(AssetId asset, BigInteger units, BigInteger until) implements Outflow {}

  /// Something is sold.
  ///
  /// @param least what comes back at the least
  record Traded(
      AssetId sell,
      BigInteger sold,
      AssetId buy,
      BigInteger least,
      Address recipient,
      Address venue)
      implements Outflow {}

  /// Someone may take up to this much whenever they like.
  record Lent(AssetId asset, Address spender, BigInteger upTo) implements Outflow {}

  /// A contract is asked to do something that is not money by itself.
  ///
  /// @param function as the owner's table names it, or the selector where the table has none
  /// @param words the 32-byte words after the selector, in hexadecimal digits
  record Called(Address contract, String function, List<String> words, BigInteger value)
      implements Outflow {
    public Called {
      words = List.copyOf(words);
    }
  }

  /// Goods are ordered.
  ///
  /// @param dollars in steps of 10^-12
  record Ordered(String shop, String product, int quantity, Address to, BigInteger dollars)
      implements Outflow {}

  /// A host is paid; `to` is the account it named.
  record Bought(String host, AssetId asset, Address to, BigInteger units) implements Outflow {}

  /// What a transaction itself costs.
  ///
  /// @param units at the most, the tip included
  record Fee(AssetId coin, BigInteger units, BigInteger tip) implements Outflow {}

  /// Coin locked in an account that is opened.
  record Rent(AssetId coin, BigInteger units) implements Outflow {}

  /// Everything the wallet has on a chain is at someone else's mercy.
  record Ruin(ChainId chain, String what) implements Outflow {}
}
