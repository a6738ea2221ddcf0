package org.supercargo.solana;

import java.math.BigInteger;
import org.supercargo.api.Bytes;

/// What an instruction turned out to be.
sealed interface Reading {
  /// One that can also be built here.
  record Known(ProgramInstruction value) implements Reading {}

  /// A spender is allowed to take up to `amount` base units.
  record Approve(
      TokenProgram program,
      PublicKey source,
      PublicKey mint,
      PublicKey spender,
      PublicKey owner,
      BigInteger amount)
      implements Reading {}

  /// Control over an account or its content changes.
  record Control(PublicKey account, String what) implements Reading {}

  /// Adjusts how the transaction runs and touches no account.
  ///
  /// @param tag the first byte, by which duplicates are found
  record Tuning(int tag, Bytes data) implements Reading {}
}
