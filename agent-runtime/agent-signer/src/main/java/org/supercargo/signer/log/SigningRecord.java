package org.supercargo.signer.log;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.signing.GivenSignature;

/// One signature, with why it was given and all it takes to follow its transaction.
///
/// @param number counts the agent's signatures from 1
/// @param attempt counts the transactions of the intent from 1
/// @param replaces the number of the signature whose sums this one takes over: the approval that it
///   follows, or the transaction it excludes; 0 when it counts beside all others
/// @param proposal the intent as the signer judged it, with its own view of payee and asset
/// @param rule the rule of the signer's own mandate that allowed it
/// @param reservations what this transaction takes, its fee included
/// @param carried what one that it follows takes besides: the approval's fee
/// @param exclusion as the codec tells it, see
///   [org.supercargo.api.chain.TransactionCodec#exclusion]; null where only time tells
/// @param fence of the lease under which it was asked for
/// @param signature as the key made it. It is kept because a key that lives elsewhere may sign
///   differently the next time, and who can read this file can read the keys beside it
public record SigningRecord(
    Instant at,
    long number,
    IntentId intent,
    int attempt,
    SigningStep step,
    long replaces,
    Address wallet,
    Intent proposal,
    String rule,
    List<Reservation> reservations,
    List<Reservation> carried,
    Bytes unsigned,
    @Nullable String exclusion,
    Validity validity,
    long fence,
    TransactionId transaction,
    Bytes signature,
    Grounds grounds)
    implements LogRecord {
  public SigningRecord {
    requireNonNull(at, "at is null");
    requireNonNull(intent, "intent is null");
    requireNonNull(step, "step is null");
    requireNonNull(wallet, "wallet is null");
    requireNonNull(proposal, "proposal is null");
    requireNonNull(rule, "rule is null");
    reservations = List.copyOf(reservations);
    carried = List.copyOf(carried);
    requireNonNull(unsigned, "unsigned is null");
    requireNonNull(validity, "validity is null");
    requireNonNull(transaction, "transaction is null");
    requireNonNull(signature, "signature is null");
    requireNonNull(grounds, "grounds is null");
  }

  public AgentId agent() {
    return intent.agent();
  }

  /// What the sums count for it: one reservation for each rule and unit.
  public List<Reservation> charges() {
    record Sum(String rule, AssetId unit) {}
    Map<Sum, Reservation> charges = new LinkedHashMap<>();
    var all = new ArrayList<>(reservations);
    all.addAll(carried);
    for (Reservation each : all) {
      charges.merge(new Sum(each.rule(), each.unit()), each, SigningRecord::together);
    }
    return List.copyOf(charges.values());
  }

  private static Reservation together(Reservation one, Reservation other) {
    BigInteger sum = one.baseUnits().add(other.baseUnits());
    return new Reservation(one.rule(), one.unit(), sum, one.counterparty(), one.asset());
  }

  /// Whether no more than one of the two transactions can ever land.
  public boolean excludes(Address otherWallet, @Nullable String otherExclusion) {
    return exclusion != null && exclusion.equals(otherExclusion) && wallet.equals(otherWallet);
  }

  /// The same for the engine, which counts for the counterparty that the intent names.
  public GivenSignature given() {
    List<Reservation> named =
        reservations.stream()
            .map(each ->
                new Reservation(
                    each.rule(),
                    each.unit(),
                    each.baseUnits(),
                    proposal.counterparty(),
                    each.asset()))
            .toList();
    return new GivenSignature(
        number,
        intent,
        attempt,
        step == SigningStep.MOVE,
        proposal,
        rule,
        named,
        unsigned,
        validity,
        at);
  }

  @Override
  public SigningRecord at(Instant time) {
    return new SigningRecord(
        time,
        number,
        intent,
        attempt,
        step,
        replaces,
        wallet,
        proposal,
        rule,
        reservations,
        carried,
        unsigned,
        exclusion,
        validity,
        fence,
        transaction,
        signature,
        grounds);
  }
}
