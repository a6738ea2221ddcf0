package org.supercargo.engine.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.engine.json.DomainJson;

/// Names exactly one proposal, the same in the engine and in the signer.
public final class ApprovalDigest {
  private static final DomainJson JSON = new DomainJson();

  private ApprovalDigest() {}

  private record Proposal(IntentId id, Intent intent, String rule) {}

  /// SHA-256 over who proposes what under which rule. What a payee is called and where its address
  /// came from does not matter: the address does.
  public static Bytes of(IntentId id, Intent intent, String rule) {
    try {
      byte[] text = JSON.write(new Proposal(id, plain(intent), rule)).getBytes(UTF_8);
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("There is no SHA-256", e);
    }
  }

  private static Intent plain(Intent intent) {
    return switch (intent) {
      case Intent.Transfer transfer ->
          new Intent.Transfer(plain(transfer.payee()), transfer.amount(), transfer.memo());
      case Intent.Payment payment ->
          new Intent.Payment(
              plain(payment.payee()),
              payment.amount(),
              payment.host(),
              payment.resource(),
              payment.terms());
      case Intent.Order order ->
          new Intent.Order(order.shop(), order.items(), plain(order.shipTo()), order.total());
      case Intent.Swap swap -> swap;
      case Intent.Call call -> call;
    };
  }

  private static Payee plain(Payee payee) {
    return new Payee(payee.address().text(), payee.address(), Provenance.MANDATE);
  }
}
