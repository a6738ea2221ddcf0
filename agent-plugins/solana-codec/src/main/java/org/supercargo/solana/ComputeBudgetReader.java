package org.supercargo.solana;

/// Reads instructions of the Compute Budget program.
///
/// Source: `ComputeBudgetInstruction` in
/// [solana-compute-budget-interface](https://docs.rs/solana-compute-budget-interface).
final class ComputeBudgetReader {
  private static final int HEAP_FRAME = 1;
  private static final int LOADED_DATA_LIMIT = 4;

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
          case HEAP_FRAME, LOADED_DATA_LIMIT -> {
            data.u32("Compute Budget number");
            yield new Reading.Tuning(tag, instruction.data());
          }
          default ->
              throw new MalformedTransactionException(
                  "Compute Budget instruction " + tag + " is not known");
        };
    data.requireEnd();
    instruction.requireAccounts(0);
    return reading;
  }
}
