package org.supercargo.solana.mutants;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.supercargo.api.Bytes;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Program;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// What mutants of one payment are made of.
///
/// @param honest the payment's instructions
/// @param keys what a thief would like to see in the place of another key
record Material(
    HonestPayment payment,
    List<Instruction> honest,
    List<PublicKey> keys,
    List<HostileInstruction> hostile) {
  private static final BigInteger U64 = BigInteger.ONE.shiftLeft(64);

  static Material of(HonestPayment payment) {
    return new Material(
        payment, payment.instructions(), keys(payment), HostileInstructions.against(payment));
  }

  private static List<PublicKey> keys(HonestPayment payment) {
    PublicKey usdc = PublicKey.parse(HonestPayments.USDC.id().reference());
    PublicKey cargo = PublicKey.parse(HonestPayments.CARGO.id().reference());
    var keys = new ArrayList<PublicKey>();
    for (PublicKey owner : List.of(HostileInstructions.THIEF, payment.payee(), payment.wallet())) {
      keys.add(owner);
      for (TokenProgram program : TokenProgram.values()) {
        keys.add(ProgramAddress.associatedToken(owner, usdc, program));
        keys.add(ProgramAddress.associatedToken(owner, cargo, program));
      }
    }
    keys.add(usdc);
    keys.add(cargo);
    for (Program program : Program.values()) {
      keys.add(program.address());
    }
    keys.add(PublicKey.parse("SysvarRent111111111111111111111111111111111"));
    keys.add(PublicKey.parse("SysvarRecentB1ockHashes11111111111111111111"));
    keys.add(PublicKey.parse("Stake11111111111111111111111111111111111111"));
    keys.add(HonestPayment.BLOCKHASH);
    return keys;
  }

  PublicKey key(Random random) {
    return random.nextInt(12) == 0
        ? new PublicKey(bytes(random, PublicKey.SIZE))
        : keys.get(random.nextInt(keys.size()));
  }

  HostileInstruction hostile(Random random) {
    return hostile.get(random.nextInt(hostile.size()));
  }

  /// A key that begins and ends like another, as people compare them.
  static PublicKey lookAlike(PublicKey key, Random random) {
    byte[] content = key.bytes().toArray();
    content[4 + random.nextInt(24)] ^= (byte) (1 << random.nextInt(8));
    return new PublicKey(Bytes.of(content));
  }

  /// Another amount: a wrong unit, a neighbour, or the end of a field.
  static BigInteger amount(BigInteger honest, Random random) {
    BigInteger power = BigInteger.TEN.pow(3 * (1 + random.nextInt(4)));
    BigInteger amount =
        switch (random.nextInt(9)) {
          case 0, 1 -> honest.multiply(power);
          case 2, 3 -> honest.divide(power);
          case 4 -> honest.add(BigInteger.ONE);
          case 5 -> honest.subtract(BigInteger.ONE);
          case 6 -> boundary(random);
          case 7 -> honest.xor(BigInteger.ONE.shiftLeft(random.nextInt(64)));
          default -> new BigInteger(64, random);
        };
    return amount.mod(U64);
  }

  static BigInteger boundary(Random random) {
    return List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.ONE.shiftLeft(31),
            BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(53),
            BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(63),
            U64.subtract(BigInteger.ONE))
        .get(random.nextInt(8));
  }

  static Bytes bytes(Random random, int count) {
    var content = new byte[count];
    random.nextBytes(content);
    return Bytes.of(content);
  }

  static Bytes littleEndian(BigInteger value, int size) {
    var content = new byte[size];
    for (int index = 0; index < size; index++) {
      content[index] = value.shiftRight(8 * index).byteValue();
    }
    return Bytes.of(content);
  }
}
