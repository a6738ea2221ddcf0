package org.supercargo.signer.key;

import org.supercargo.api.Bytes;

/// What may be known of a stored key without opening it.
///
/// @param publicKey as the file says; proved only when the key is opened
public record KeyEntry(String name, KeyType type, Bytes publicKey) {}
