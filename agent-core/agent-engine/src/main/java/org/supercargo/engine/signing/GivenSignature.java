package org.supercargo.engine.signing;

import java.time.Instant;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.Reservation;

/// A signature that was given, with all it takes to follow its transaction without any other book.
///
/// @param number counts the agent's signatures from 1
/// @param completes whether the intent is carried out once this lands; false for an approval
/// @param proposal the intent as the signer judged it
public record GivenSignature(
    long number,
    IntentId intent,
    int attempt,
    boolean completes,
    Intent proposal,
    String rule,
    List<Reservation> reservations,
    Bytes unsigned,
    Validity validity,
    Instant at) {
  public GivenSignature {
    reservations = List.copyOf(reservations);
  }
}
