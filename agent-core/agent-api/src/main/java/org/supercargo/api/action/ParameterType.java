package org.supercargo.api.action;

/// How a parameter's text becomes a value.
public enum ParameterType {
  TEXT,
  INTEGER,
  BOOLEAN,
  /// One of [Parameter#choices()].
  CHOICE,
  /// A positive decimal and a symbol: `2.5 USDC`.
  AMOUNT,
  /// A symbol: `USDC`.
  ASSET,
  /// A name from the address book, or an address.
  PAYEE,
  /// A chain's short name: `solana`.
  CHAIN,
  /// ISO-8601: `PT5M`.
  DURATION
}
