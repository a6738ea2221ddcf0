package org.supercargo.engine.store;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.intent.TransactionId;

/// One transaction of an intent.
///
/// @param number counts the attempts of the intent from 1
/// @param completes whether the intent is carried out once this lands; false for a preparing
///   approval
/// @param fee what it counts against the fee limits, in base units of the chain's coin
/// @param simulation what a node predicted when it was built; null where nothing can be simulated
/// @param transaction known from SIGNED on
/// @param signed the very bytes that are sent, known from SIGNED on
public record Attempt(
    IntentId intent,
    int number,
    AttemptState state,
    boolean completes,
    Bytes unsigned,
    Validity validity,
    BigInteger fee,
    @Nullable Simulation simulation,
    @Nullable TransactionId transaction,
    @Nullable Bytes signed,
    Instant at) {

  public Attempt in(AttemptState next) {
    return new Attempt(
        intent,
        number,
        next,
        completes,
        unsigned,
        validity,
        fee,
        simulation,
        transaction,
        signed,
        at);
  }

  public Attempt signed(TransactionId id, Bytes bytes) {
    return new Attempt(
        intent,
        number,
        AttemptState.SIGNED,
        completes,
        unsigned,
        validity,
        fee,
        simulation,
        id,
        bytes,
        at);
  }
}
