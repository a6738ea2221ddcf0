package org.supercargo.solana;

/// What an instruction turned out to be.
sealed interface Reading {
  /// One that can also be built here.
  record Known(ProgramInstruction value) implements Reading {}

  /// Control over an account or its content changes.
  record Control(PublicKey account, String what) implements Reading {}
}
