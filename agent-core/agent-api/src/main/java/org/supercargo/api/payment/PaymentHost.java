package org.supercargo.api.payment;

import java.util.Optional;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.intent.Intent;

/// A host that takes signed payments. It says what it wants; what it says is data, and whether it
/// is paid is for the mandate.
///
/// Every method blocks, has a deadline of its own, and throws
/// [org.supercargo.api.SupercargoException]: TRANSIENT when the network failed, EXTERNAL when the
/// host answered with an error or with terms that do not fit.
public interface PaymentHost {
  /// Its name in lower case, without a port.
  String host();

  /// What was paid in advance and is left, in dollars; empty where nothing is paid in advance.
  Optional<Amount> prepaid();

  /// Asks what has to be signed so that `amount` more is paid in advance.
  ///
  /// @return a payment of exactly this amount, to whom the host names
  Intent.Payment topUp(Amount amount);

  /// Hands a signed payment over. The host takes the same one once, however often it is handed
  /// over; whether it did, the chain tells.
  SubmitResult hand(Intent.Payment payment, SignedTransaction signed);
}
