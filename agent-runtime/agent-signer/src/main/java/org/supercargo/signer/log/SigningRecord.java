package org.supercargo.signer.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.mandate.Reservation;

/// One signature, with why it was given.
///
/// @param at never earlier than the record before it
/// @param attempt counts the transactions of the intent from 1
/// @param proposal the intent as the signer judged it, with its own view of payee and asset
/// @param rule the rule of the signer's own mandate that allowed it
/// @param digest SHA-256 of the unsigned bytes
public record SigningRecord(
    Instant at,
    IntentId intent,
    int attempt,
    SigningStep step,
    Address wallet,
    Intent proposal,
    String rule,
    List<Reservation> reservations,
    Bytes digest,
    TransactionId transaction) {
  public SigningRecord {
    requireNonNull(at, "at is null");
    requireNonNull(intent, "intent is null");
    requireNonNull(step, "step is null");
    requireNonNull(wallet, "wallet is null");
    requireNonNull(proposal, "proposal is null");
    requireNonNull(rule, "rule is null");
    reservations = List.copyOf(reservations);
    requireNonNull(digest, "digest is null");
    requireNonNull(transaction, "transaction is null");
  }

  /// The digest of unsigned bytes that records keep.
  public static Bytes digest(Bytes unsigned) {
    return Bytes.of(LogLine.sha256(unsigned.toArray()));
  }

  SigningRecord at(Instant time) {
    return new SigningRecord(
        time, intent, attempt, step, wallet, proposal, rule, reservations, digest, transaction);
  }
}
