package org.supercargo.engine.signing;

import org.supercargo.api.Bytes;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;

/// Asks for a signature over bytes that claim to carry out an intent.
///
/// @param attempt number of the attempt; the same attempt may be asked again with the same bytes
///   only
/// @param validity kept with the signature, so that books that were lost can be made again
/// @param fence of the lease under which it is asked; an older one than the signer has seen is
///   turned away
/// @param known how many signatures for this agent are in the books
public record SignRequest(
    IntentId id,
    int attempt,
    ChainId chain,
    Intent intent,
    Bytes unsigned,
    Validity validity,
    long fence,
    long known,
    Evidence evidence) {}
