package org.supercargo.solana;

import static org.supercargo.solana.RefusedInstruction.unread;

import java.util.Map;
import java.util.Optional;

/// Reads instructions of the Compute Budget program.
///
/// Source: `ComputeBudgetInstruction` in
/// [solana-compute-budget-interface](https://docs.rs/solana-compute-budget-interface).
final class ComputeBudgetReader {
  /// They move nothing, but no transfer needs them.
  private static final Map<Integer, RefusedInstruction> REFUSED =
      Map.of(
          0, unread("RequestUnits", "is the older way to set a limit and a fee"),
          1, unread("RequestHeapFrame", "asks for memory that no transfer needs"),
          4, unread("SetLoadedAccountsDataSizeLimit", "sets a limit that no transfer needs"));

  private ComputeBudgetReader() {}

  static Reading read(Instruction instruction) {
    var data = new ByteReader(instruction.data());
    int tag = data.u8("Compute Budget instruction's number");
    Reading reading =
        switch (tag) {
          case ProgramInstruction.UnitLimit.TAG ->
              new Reading.Known(new ProgramInstruction.UnitLimit(data.u32("compute unit limit")));
          case ProgramInstruction.UnitPrice.TAG ->
              new Reading.Known(new ProgramInstruction.UnitPrice(data.u64("compute unit price")));
          default ->
              Optional.ofNullable(REFUSED.get(tag))
                  .orElseThrow(() ->
                      new MalformedTransactionException(
                          "Compute Budget instruction " + tag + " is not known"))
                  .refuse(Program.COMPUTE_BUDGET.title(), instruction);
        };
    data.requireEnd();
    instruction.requireAccounts(0);
    return reading;
  }
}
