package org.supercargo.evm.mutation;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.KnownFunction;

/// Changes what is called: words, selectors, the encoding, and calls around the call.
final class CalldataMutation {
  private static final List<String> SELECTORS =
      List.of(
          "a9059cbb",
          "095ea7b3",
          "39509351",
          "23b872dd",
          "d505accf",
          "a22cb465",
          "f2fde38b",
          "04e45aaf",
          "ac9650d8",
          "5ae401dc",
          "49404b7c",
          "d0e30db0",
          "aad3ec96",
          "98d31b15",
          "42842e0e",
          "f242432a",
          "42966c68",
          "79cc6790",
          "5c19a95c",
          "2f2ff15d",
          "3659cfe6",
          "6a761202",
          "82ad56cb",
          "87517c45",
          "e3ee160e",
          "cae9ca51",
          "4000aea0",
          "b61d27f6");
  private static final AbiFunction EXECUTE = AbiFunction.of("execute(address,uint256,bytes)");
  private static final AbiFunction AGGREGATE = AbiFunction.of("aggregate3((address,bool,bytes)[])");
  private static final AbiFunction MULTI_SEND = AbiFunction.of("multiSend(bytes)");

  private final Random random;
  private final byte[] data;

  CalldataMutation(Random random, byte[] data) {
    this.random = random;
    this.data = data;
  }

  private int words() {
    return (data.length - 4) / 32;
  }

  byte[] word() {
    if (words() < 1) {
      return new ByteMutation(random).of(data);
    }
    int at = at(random.nextInt(words()));
    byte[] word = Arrays.copyOfRange(data, at, at + 32);
    return ByteMutation.spliced(data, at, 32, new Hostility(random).word(word));
  }

  /// Words of a call within a call begin four bytes later.
  private int at(int index) {
    int inner = data.length % 32 == 4 && random.nextInt(3) == 0 && index < words() - 1 ? 4 : 0;
    return 4 + 32 * index + inner;
  }

  byte[] selector() {
    var hostility = new Hostility(random);
    byte[] own = Arrays.copyOf(data, 4);
    byte[] other =
        switch (random.nextInt(4)) {
          case 0 -> hostility.flipped(own);
          case 1 -> hostility.noise(4);
          default -> Bytes.fromHex(hostility.oneOf(SELECTORS)).toArray();
        };
    return ByteMutation.spliced(data, 0, Math.min(4, data.length), other);
  }

  byte[] encoding() {
    int at = 4 + 32 * random.nextInt(words() + 1);
    at = Math.min(at, data.length);
    int size = Math.min(32, data.length - at);
    byte[] word = Arrays.copyOfRange(data, at, at + size);
    return switch (random.nextInt(8)) {
      case 0 -> ByteMutation.spliced(data, data.length, 0, new byte[1 + random.nextInt(64)]);
      case 1 ->
          ByteMutation.spliced(
              data, data.length, 0, new Hostility(random).noise(1 + random.nextInt(64)));
      case 2 -> Arrays.copyOf(data, random.nextInt(data.length));
      case 3 -> ByteMutation.spliced(data, at, 0, new byte[32]);
      case 4 -> ByteMutation.spliced(data, at, 0, word);
      case 5 -> ByteMutation.spliced(data, at, size, new byte[0]);
      case 6 -> shifted();
      default -> {
        byte[] copy = data.clone();
        int last = Math.max(0, copy.length - 1 - random.nextInt(32));
        copy[last] ^= (byte) (1 << random.nextInt(8));
        yield copy;
      }
    };
  }

  /// Every offset points one word further, and a gap makes up for it.
  private byte[] shifted() {
    byte[] copy = data.clone();
    int heads = Math.max(1, Math.min(words(), 1 + random.nextInt(6)));
    for (int i = 0; i < heads; i++) {
      int low = 4 + 32 * i + 31;
      int value = low < copy.length ? copy[low] & 0xff : 0;
      if (value != 0 && value % 32 == 0) {
        copy[low] = (byte) (value + 32);
      }
    }
    int gap = Math.min(copy.length, 4 + 32 * heads);
    return ByteMutation.spliced(copy, gap, 0, new Hostility(random).noise(32));
  }

  byte[] wrapping(EvmAddress contract) {
    Bytes call = Bytes.of(data);
    AbiValue bytes = AbiValue.of(call);
    Bytes wrapped =
        switch (random.nextInt(8)) {
          case 0 -> multicall(call);
          case 1 -> multicall(call, call);
          case 2 -> multicall(multicall(call));
          case 3 ->
              KnownFunction.MULTICALL_UNTIL.encode(
                  AbiValue.of(random.nextInt(Integer.MAX_VALUE)), AbiValue.of(List.of(call)));
          case 4 -> EXECUTE.encode(AbiValue.of(contract), AbiValue.of(0), bytes);
          case 5 -> MULTI_SEND.encode(bytes);
          case 6 -> {
            var member =
                new AbiValue.Sequence(
                    List.of(AbiValue.of(contract), new AbiValue.Flag(true), bytes));
            yield AGGREGATE.encode(new AbiValue.Sequence(List.of(member)));
          }
          default -> extended(call);
        };
    return wrapped.toArray();
  }

  /// A multicall with one more call in it.
  private Bytes extended(Bytes call) {
    Bytes more = Bytes.fromHex(new Hostility(random).oneOf(SELECTORS));
    if (KnownFunction.find(call).filter(KnownFunction.MULTICALL::equals).isEmpty()) {
      return multicall(call, more);
    }
    try {
      List<Bytes> calls = KnownFunction.MULTICALL.decode(call).byteStrings(0);
      return multicall(Stream.concat(calls.stream(), Stream.of(more)).toArray(Bytes[]::new));
    } catch (IllegalArgumentException _) {
      return multicall(call, more);
    }
  }

  private static Bytes multicall(Bytes... calls) {
    return KnownFunction.MULTICALL.encode(AbiValue.of(List.of(calls)));
  }
}
