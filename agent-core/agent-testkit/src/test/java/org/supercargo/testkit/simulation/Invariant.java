package org.supercargo.testkit.simulation;

/// What must hold, whatever goes wrong.
enum Invariant {
  /// No wish moves value more than once.
  ONCE,
  /// Everything that moved is in the books, everything in the books as settled has moved, and every
  /// intent comes to a known end in time.
  NONE_LOST,
  /// No window of any budget holds more than its cap.
  WITHIN_BUDGET,
  /// No window holds more fees and rent than their cap.
  WITHIN_FEES,
  /// The books say what the chains say, and balance.
  BOOKS_EQUAL_CHAIN,
  /// Who was taken over from writes nothing and gets no signature.
  FENCED,
  /// The signer and the books know the same signatures.
  SIGNATURES_EQUAL,
  /// The journal hangs together, and replays to the same decisions.
  JOURNAL_HOLDS,
  /// No alarm without a cause.
  NO_FALSE_ALARM,
  /// The engine fails only in ways it declares.
  NO_SURPRISE
}
