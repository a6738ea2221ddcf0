package org.supercargo.signer.log;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.BudgetQuestion;

/// Records of payments of as many lamports as their number says.
final class Records {
  static final DomainJson JSON = new DomainJson();
  static final AgentId AGENT = new AgentId("treasurer");
  static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
  static final Duration DAY = Duration.ofHours(24);
  static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  static final Address WALLET = new Address(ChainId.SOLANA, "wallet");
  static final Address ALICE = new Address(ChainId.SOLANA, "alice");

  private Records() {}

  static IntentId intent(int number) {
    return new IntentId(new TickId(AGENT, number), 0);
  }

  static SigningRecord payment(int number) {
    return signing(number, intent(number), 1, SigningStep.MOVE, 0, START.plusSeconds(number));
  }

  static SigningRecord signing(
      long number, IntentId intent, int attempt, SigningStep step, long replaces, Instant at) {
    return signing(
        number,
        intent,
        attempt,
        step,
        replaces,
        List.of(taking("pay", SOL.id(), intent.tick().number())),
        at);
  }

  static Reservation taking(String rule, AssetId unit, long baseUnits) {
    return new Reservation(rule, unit, BigInteger.valueOf(baseUnits), ALICE.text(), SOL.id());
  }

  static SigningRecord signing(
      long number,
      IntentId intent,
      int attempt,
      SigningStep step,
      long replaces,
      List<Reservation> reservations,
      Instant at) {
    var payee = new Payee("ålice", ALICE, Provenance.MANDATE);
    Amount amount = Amount.ofBaseUnits(SOL, intent.tick().number());
    return new SigningRecord(
        at,
        number,
        intent,
        attempt,
        step,
        replaces,
        WALLET,
        new Intent.Transfer(payee, amount, "memo ☃ \"quoted\"\n"),
        "pay",
        reservations,
        List.of(),
        unsigned(intent, attempt),
        null,
        new Validity.UntilHeight(1_000 + number),
        number,
        new TransactionId(ChainId.SOLANA, "transaction " + number),
        Bytes.of(new byte[64]),
        new Grounds(Bytes.of(new byte[32]), List.of(), List.of()));
  }

  static Bytes unsigned(IntentId intent, int attempt) {
    return Bytes.of((intent + " " + attempt).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /// What was paid within a day that ends now.
  static BudgetQuestion daily(Instant now) {
    return new BudgetQuestion(AGENT, "pay", SOL.id(), now.minus(DAY), null, null);
  }

  static BudgetQuestion ever() {
    return new BudgetQuestion(AGENT, "pay", SOL.id(), null, null, null);
  }
}
