package org.supercargo.signer.key;

import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;

/// What may be known of a stored key without opening it.
///
/// @param publicKey as the file says; proved only when the key is opened
/// @param remote where it lives, as the file says; null if it lives here
public record KeyEntry(
    String name, KeyType type, Bytes publicKey, @Nullable RemoteKeyName remote) {}
