package org.supercargo.api.chain;

import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;

/// Asks a chain for the bytes of one transaction.
///
/// @param call what a venue wants called; null when the chain builds the intent by itself
/// @param nonce the account's next number; ignored by chains without nonces
public record DraftRequest(
    Intent intent, Address wallet, @Nullable ContractCall call, long nonce) {}
