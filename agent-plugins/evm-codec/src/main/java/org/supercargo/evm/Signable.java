package org.supercargo.evm;

import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// The two kinds of bytes that a wallet may be asked to sign.
sealed interface Signable {
  record Transaction(UnsignedTransaction transaction) implements Signable {}

  record Authorization(PaymentAuthorization authorization) implements Signable {}

  /// @throws MalformedBytesException if the bytes are of another kind, or for another chain
  static Signable parse(ChainId chain, Bytes unsigned) {
    if (PaymentAuthorization.leads(unsigned)) {
      PaymentAuthorization authorization = PaymentAuthorization.parse(unsigned);
      requireChain(chain, authorization.domain().chainId().toString(), "an authorization");
      return new Authorization(authorization);
    }
    if (!UnsignedTransaction.leads(unsigned)) {
      throw new MalformedBytesException(ForeignBytes.describe(unsigned));
    }
    UnsignedTransaction transaction = transaction(unsigned);
    requireChain(chain, transaction.chainId().toString(), "a transaction");
    return new Transaction(transaction);
  }

  /// A hash may happen to begin as a transaction does.
  private static UnsignedTransaction transaction(Bytes unsigned) {
    try {
      return UnsignedTransaction.parse(unsigned);
    } catch (MalformedBytesException malformed) {
      throw ForeignBytes.mayBeHash(unsigned)
          ? new MalformedBytesException(ForeignBytes.describe(unsigned))
          : malformed;
    }
  }

  private static void requireChain(ChainId chain, String id, String what) {
    if (!chain.namespace().equals("eip155") || !chain.reference().equals(id)) {
      throw new MalformedBytesException(
          what + " for the chain with id " + id + " instead of " + chain);
    }
  }

  /// This, when `wallet` can be the one to sign it. A transaction does not say whose it is.
  ///
  /// @throws MalformedBytesException if another account has to sign
  default Signable requiredOf(Address wallet) {
    if (this instanceof Authorization(PaymentAuthorization authorization)
        && !authorization.from().on(wallet.chain()).equals(wallet)) {
      throw new MalformedBytesException(
          "an authorization of " + authorization.from() + " instead of " + wallet);
    }
    return this;
  }

  default Bytes signingHash() {
    return switch (this) {
      case Transaction(UnsignedTransaction transaction) -> transaction.signingHash();
      case Authorization(PaymentAuthorization authorization) -> authorization.signingHash();
    };
  }

  /// What only one of the wallet's signed transactions on this chain can have and land.
  default String exclusion() {
    return switch (this) {
      case Transaction(UnsignedTransaction transaction) -> "nonce " + transaction.nonce();
      case Authorization(PaymentAuthorization authorization) -> authorization.exclusion();
    };
  }
}
