package org.supercargo.solana;

import org.supercargo.api.Bytes;

/// An instruction as a message stores it.
///
/// @param program index of the program among the static keys
/// @param accounts one unsigned byte per account: an index into all keys of the message
public record CompiledInstruction(int program, Bytes accounts, Bytes data) {}
