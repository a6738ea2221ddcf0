package org.supercargo.plugin.x402;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.intent.Intent;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.SignedAuthorization;

/// Writes a signed payment as its host reads it: what was accepted, exactly as the host asked, and
/// the authorization with its signature.
///
/// Source: `PaymentPayload` of [x402, version
/// 2](https://github.com/x402-foundation/x402/blob/main/specs/x402-specification-v2.md), scheme
/// `exact` on EVM chains. The scheme and the network stand beside it once more, where version 1 has
/// them, for hosts that look there.
final class PaymentHeader {
  static final String NAME = "PAYMENT-SIGNATURE";

  private static final int VERSION = 2;

  private PaymentHeader() {}

  static String value(Intent.Payment payment, SignedTransaction signed) {
    ObjectNode terms =
        Json.read(payment.terms())
            .orElseThrow(
                () -> SupercargoException.bug(payment.summary() + " has no terms to repeat", null));
    SignedAuthorization authorization = SignedAuthorization.parse(signed.bytes());
    ObjectNode header = Json.object().put("x402Version", VERSION);
    header.setAll(terms);
    header.put("scheme", terms.path("accepted").path("scheme").asText());
    header.put("network", terms.path("accepted").path("network").asText());
    header.set("payload", payload(authorization));
    return Json.header(header);
  }

  private static ObjectNode payload(SignedAuthorization signed) {
    PaymentAuthorization authorization = signed.authorization();
    ObjectNode payload = Json.object().put("signature", "0x" + signed.signatureBytes().hex());
    payload
        .putObject("authorization")
        .put("from", authorization.from().toString())
        .put("to", authorization.to().toString())
        .put("value", authorization.value().toString())
        .put("validAfter", Long.toString(authorization.validAfter()))
        .put("validBefore", Long.toString(authorization.validBefore()))
        .put("nonce", "0x" + authorization.nonce().hex());
    return payload;
  }
}
