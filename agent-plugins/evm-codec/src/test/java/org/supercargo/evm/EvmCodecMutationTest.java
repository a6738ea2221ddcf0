package org.supercargo.evm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;

/// Bytes that differ from a good transaction's never throw and never pass for it.
class EvmCodecMutationTest {
  private static final long SEED = 20_261_123L;
  private static final int PER_SAMPLE = 10_000;

  private final EvmCodec codec = new EvmCodec();

  @Test
  void seventy_thousand_mutants_never_throw_and_never_pass_for_the_original() {
    var random = new Random(SEED);
    int read = 0;
    for (Map.Entry<String, UnsignedTransaction> sample :
        new TreeMap<>(Samples.decodable()).entrySet()) {
      List<Effect> original = decode(sample.getValue().bytes());
      assertThat(original).hasSize(2).noneMatch(Effect.Undecodable.class::isInstance);
      for (int i = 0; i < PER_SAMPLE; i++) {
        Bytes mutant = mutant(sample.getValue(), random);
        String story = "%s, mutant %d of seed %d: %s".formatted(sample.getKey(), i, SEED, mutant);
        List<Effect> effects = decode(mutant);
        assertThat(effects).as(story).isNotEmpty();
        if (effects.equals(original)) {
          read++;
          assertThat(essence(UnsignedTransaction.parse(mutant)))
              .as(story)
              .isEqualTo(essence(sample.getValue()));
        }
      }
    }
    assertThat(read).as("mutants that changed nothing that matters").isPositive();
  }

  @Test
  void random_bytes_never_throw() {
    var random = new Random(SEED);
    for (int i = 0; i < PER_SAMPLE; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && i % 2 == 0) {
        bytes[0] = 2;
      }
      assertThat(decode(Bytes.of(bytes))).as("random bytes %d of seed %d", i, SEED).isNotEmpty();
    }
  }

  private List<Effect> decode(Bytes bytes) {
    return codec.decode(ChainId.BASE, bytes, Samples.WALLET_ON_BASE, Set.of());
  }

  private static Bytes mutant(UnsignedTransaction sample, Random random) {
    if (random.nextInt(3) > 0) {
      return Bytes.of(mutated(sample.bytes().toArray(), random));
    }
    Bytes data =
        sample.data().size() == 0
            ? Bytes.of(new byte[random.nextInt(3)])
            : Bytes.of(mutated(sample.data().toArray(), random));
    return Samples.to(requireNonNull(sample.to()), sample.value(), data).bytes();
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> changed(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
      case 1 -> changed(bytes, at, (byte) random.nextInt(256));
      case 2 -> changed(bytes, at, (byte) 0);
      case 3 -> spliced(bytes, at, 0, new byte[1 + random.nextInt(32)]);
      case 4 ->
          spliced(bytes, at, Math.min(1 + random.nextInt(32), bytes.length - at), new byte[0]);
      case 5 -> spliced(bytes, at, 0, new byte[] {bytes[random.nextInt(bytes.length)]});
      default -> throw new AssertionError("six kinds of mutation");
    };
  }

  private static byte[] changed(byte[] bytes, int at, byte value) {
    byte[] copy = bytes.clone();
    copy[at] = value;
    return copy;
  }

  private static byte[] spliced(byte[] bytes, int at, int removed, byte[] inserted) {
    byte[] result = new byte[bytes.length - removed + inserted.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(inserted, 0, result, at, inserted.length);
    System.arraycopy(
        bytes, at + removed, result, at + inserted.length, bytes.length - at - removed);
    return result;
  }

  /// Everything but the nonce, the tip, the pool, the deadline, and the minimum of a swap whose
  /// result is unwrapped: there the unwrapping's own minimum decides.
  private static List<Object> essence(UnsignedTransaction transaction) {
    return List.of(
        transaction.chainId(),
        transaction.maxFeePerGas().multiply(transaction.gasLimit()),
        requireNonNull(transaction.to()),
        transaction.value(),
        call(transaction.data()));
  }

  private static List<Object> call(Bytes data) {
    return switch (KnownFunction.find(data).orElse(KnownFunction.TRANSFER)) {
      case EXACT_INPUT_SINGLE -> swap(data, true);
      case MULTICALL -> calls(KnownFunction.MULTICALL.decode(data).byteStrings(0));
      case MULTICALL_UNTIL -> calls(KnownFunction.MULTICALL_UNTIL.decode(data).byteStrings(1));
      case TRANSFER,
          APPROVE,
          INCREASE_ALLOWANCE,
          TRANSFER_FROM,
          PERMIT,
          SET_APPROVAL_FOR_ALL,
          TRANSFER_OWNERSHIP,
          UNWRAP_WETH9 ->
          List.of(data);
    };
  }

  private static List<Object> calls(List<Bytes> calls) {
    return List.of(swap(calls.get(0), false), calls.get(1));
  }

  private static List<Object> swap(Bytes data, boolean withMinimum) {
    AbiArguments swap = KnownFunction.EXACT_INPUT_SINGLE.decode(data);
    EvmAddress caller = EvmAddress.parse("0x0000000000000000000000000000000000000001");
    EvmAddress recipient = swap.account(3).equals(caller) ? Samples.WALLET : swap.account(3);
    return List.of(
        swap.account(0),
        swap.account(1),
        recipient,
        swap.number(4),
        withMinimum ? swap.number(5) : "unwrapping decides",
        swap.number(6));
  }
}
