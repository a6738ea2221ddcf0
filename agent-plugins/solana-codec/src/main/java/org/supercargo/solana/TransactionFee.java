package org.supercargo.solana;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// The fee a message may cost at the most, in lamports.
///
/// Source: [Fees](https://solana.com/docs/core/fees): 5,000 lamports for each signature, and the
/// compute unit limit times its price, rounded up to a whole lamport. Without a limit 200,000 units
/// for each instruction are counted, which is the most a node assumes.
///
/// @param total everything, the tip included
/// @param tip what the compute unit price adds
record TransactionFee(BigInteger total, BigInteger tip) {
  private static final BigInteger PER_SIGNATURE = BigInteger.valueOf(5_000);
  private static final long UNITS_PER_INSTRUCTION = 200_000;
  private static final long MOST_UNITS = 1_400_000;
  private static final BigInteger MICRO = BigInteger.valueOf(1_000_000);

  static TransactionFee atMost(Message message, List<ProgramInstruction> known) {
    long asked =
        first(known, ProgramInstruction.UnitLimit.class)
            .map(ProgramInstruction.UnitLimit::units)
            .orElse(UNITS_PER_INSTRUCTION * message.instructions().size());
    BigInteger units = BigInteger.valueOf(Math.min(asked, MOST_UNITS));
    BigInteger price =
        first(known, ProgramInstruction.UnitPrice.class)
            .map(ProgramInstruction.UnitPrice::microLamports)
            .orElse(BigInteger.ZERO);
    BigInteger tip = units.multiply(price).add(MICRO).subtract(BigInteger.ONE).divide(MICRO);
    BigInteger signatures =
        PER_SIGNATURE.multiply(BigInteger.valueOf(message.header().requiredSignatures()));
    return new TransactionFee(signatures.add(tip), tip);
  }

  private static <T extends ProgramInstruction> Optional<T> first(
      List<ProgramInstruction> known, Class<T> type) {
    return known.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
