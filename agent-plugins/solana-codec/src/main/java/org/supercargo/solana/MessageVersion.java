package org.supercargo.solana;

/// The message formats understood here.
public enum MessageVersion {
  /// Without a version prefix and without address lookup tables.
  LEGACY,
  /// Prefix `0x80`; accounts may come from address lookup tables.
  V0
}
