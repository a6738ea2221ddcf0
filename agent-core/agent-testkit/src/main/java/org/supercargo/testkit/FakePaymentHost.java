package org.supercargo.testkit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.payment.PaymentHost;

/// A host that is paid in advance on a [FakeChain]. It hands what it is given to the chain, and
/// counts what landed, each payment once; it behaves towards its payers as the chain's faults say.
public final class FakePaymentHost implements PaymentHost {
  private static final int USD_PER_STEP = 6;

  private final String host;
  private final FakeChain chain;
  private final Asset paidIn;
  private final Address payTo;
  private final Map<TransactionId, BigInteger> handed = new HashMap<>();
  private BigInteger used = BigInteger.ZERO;
  private int handovers;

  /// @param paidIn a dollar token with 6 decimals on `chain`
  public FakePaymentHost(String host, FakeChain chain, Asset paidIn) {
    this.host = host;
    this.chain = chain;
    this.paidIn = paidIn;
    this.payTo = FakeCodec.account(chain.id(), "cashier of " + host);
  }

  @Override
  public String host() {
    return host;
  }

  /// Where it is paid.
  public Address payTo() {
    return payTo;
  }

  /// How often a payment was handed over, the same one included.
  public synchronized int handovers() {
    return handovers;
  }

  /// Charges what it served.
  public synchronized void use(Amount dollars) {
    used = used.add(dollars.baseUnits());
  }

  @Override
  public synchronized Optional<Amount> prepaid() {
    BigInteger scale = BigInteger.TEN.pow(Asset.USD.decimals() - USD_PER_STEP);
    BigInteger paid =
        chain.landed().stream()
            .filter(FakeChain.Landed::succeeded)
            .map(landed -> handed.getOrDefault(landed.id(), BigInteger.ZERO))
            .reduce(BigInteger.ZERO, BigInteger::add);
    return Optional.of(
        new Amount(Asset.USD, paid.multiply(scale).subtract(used).max(BigInteger.ZERO)));
  }

  @Override
  public Intent.Payment topUp(Amount amount) {
    if (!amount.asset().id().equals(paidIn.id())) {
      throw SupercargoException.user(host + " is not paid in " + amount.asset(), "Name dollars.");
    }
    return new Intent.Payment(
        new Payee(payTo.text(), payTo, Provenance.TOOL),
        amount,
        host,
        "/top-up",
        "{\"accepted\":{\"payTo\":\"" + payTo.text() + "\"}}");
  }

  @Override
  public synchronized SubmitResult hand(Intent.Payment payment, SignedTransaction signed) {
    handovers++;
    handed.put(signed.id(), payment.amount().baseUnits());
    return chain.submit(signed);
  }
}
