package org.supercargo.engine.signing;

import org.supercargo.api.Bytes;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;

/// Asks for a signature over bytes that claim to carry out an intent.
///
/// @param attempt number of the attempt; the same attempt may be asked again with the same bytes
///   only
public record SignRequest(IntentId id, int attempt, ChainId chain, Intent intent, Bytes unsigned) {}
