package org.supercargo.testkit.engine;

import java.util.Optional;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.payment.PaymentHost;

/// A host around whose calls the process may end.
record CrashingHost(PaymentHost named, CrashPoints points) implements PaymentHost {
  @Override
  public String host() {
    return named.host();
  }

  @Override
  public Optional<Amount> prepaid() {
    return points.around("a prepaid balance", named::prepaid);
  }

  @Override
  public Intent.Payment topUp(Amount amount) {
    return points.around("the terms of a payment", () -> named.topUp(amount));
  }

  @Override
  public SubmitResult hand(Intent.Payment payment, SignedTransaction signed) {
    return points.around("a handover", () -> named.hand(payment, signed));
  }
}
