package org.supercargo.evm.mutation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.supercargo.evm.EvmAddress;

/// Values an attacker would rather see in a transaction.
record Hostility(Random random) {
  private static final BigInteger MODULUS = BigInteger.TWO.pow(256);
  private static final List<byte[]> KNOWN_ACCOUNTS =
      List.of(
          bytes(Specimens.WALLET),
          bytes(Specimens.ALICE),
          bytes(Specimens.USDC),
          bytes(Specimens.WETH),
          bytes(Specimens.ROUTER),
          bytes(Specimens.ROUTER_ITSELF),
          bytes(Specimens.CALLER),
          bytes(Specimens.VAULT),
          bytes(EvmAddress.parse("0x000000000022D473030F116dDEE9F6B43aC78BA3")),
          bytes(EvmAddress.parse("0xcA11bde05977b3631167028862bE2a173976CA11")),
          new byte[20]);

  private static byte[] bytes(EvmAddress account) {
    return account.value().toArray();
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  byte[] noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /// A look-alike with the same beginning and end, the neighbour by one bit, or another account.
  byte[] account(byte[] original) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        int same = 1 + random.nextInt(6);
        byte[] alike = noise(original.length);
        System.arraycopy(original, 0, alike, 0, Math.min(same, original.length));
        int from = Math.max(0, original.length - same);
        System.arraycopy(original, from, alike, from, original.length - from);
        yield alike;
      }
      case 1 -> flipped(original);
      case 2 -> oneOf(KNOWN_ACCOUNTS);
      default -> noise(20);
    };
  }

  byte[] flipped(byte[] original) {
    if (original.length == 0) {
      return new byte[] {1};
    }
    byte[] copy = original.clone();
    copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    return copy;
  }

  BigInteger amount(BigInteger original) {
    BigInteger factor = BigInteger.TEN.pow(1 + random.nextInt(12));
    BigInteger amount =
        switch (random.nextInt(12)) {
          case 0, 1 -> original.multiply(factor);
          case 2 -> original.divide(factor);
          case 3 -> original.add(BigInteger.ONE);
          case 4 -> original.subtract(BigInteger.ONE);
          case 5 -> original.shiftLeft(1 + random.nextInt(64));
          case 6 -> original.negate();
          case 7 -> BigInteger.ZERO;
          case 8 -> MODULUS.subtract(BigInteger.ONE);
          case 9 -> MODULUS.shiftRight(1 + random.nextInt(128));
          case 10 -> original.flipBit(random.nextInt(256));
          default -> new BigInteger(1 + random.nextInt(256), random);
        };
    return amount.mod(MODULUS);
  }

  /// Another value for a word of calldata, by what it seems to be.
  byte[] word(byte[] original) {
    boolean account = isZero(original, 0, 12) && !isZero(original, 12, 18) && original.length == 32;
    if (random.nextInt(8) == 0) {
      return flipped(original);
    }
    if (account && random.nextInt(6) > 0) {
      byte[] word = original.clone();
      System.arraycopy(account(Arrays.copyOfRange(original, 12, 32)), 0, word, 12, 20);
      if (random.nextInt(4) == 0) {
        word[random.nextInt(12)] = (byte) (1 + random.nextInt(255));
      }
      return word;
    }
    return Words.start("").number(amount(new BigInteger(1, original))).toArray();
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to && i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
