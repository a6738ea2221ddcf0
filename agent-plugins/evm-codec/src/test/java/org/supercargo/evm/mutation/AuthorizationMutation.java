package org.supercargo.evm.mutation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.intent.Intent;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.KnownFunction;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.TokenDomain;

/// Changes authorizations of payments, and passes one kind of payment off as the other.
final class AuthorizationMutation {
  private static final int FIELDS = 2 + 32;
  private static final List<String> TYPES =
      List.of(
          "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
              + "uint256 validBefore,bytes32 nonce)",
          "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
          "CancelAuthorization(address authorizer,bytes32 nonce)",
          "TransferWithAuthorization(address from,address to,uint value,uint256 validAfter,"
              + "uint256 validBefore,bytes32 nonce)");

  private final Random random;
  private final byte[] bytes;

  AuthorizationMutation(Random random, byte[] bytes) {
    this.random = random;
    this.bytes = bytes;
  }

  static boolean applies(byte[] bytes) {
    return bytes.length > FIELDS + 10 * 32 && bytes[0] == 0x19 && bytes[1] == 0x01;
  }

  byte[] changed() {
    var hostility = new Hostility(random);
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> word(hostility, random.nextInt((bytes.length - FIELDS) / 32));
      case 3 -> replaced(2, Words.keccak(hostility.oneOf(TYPES)));
      case 4 -> replaced(0, hostility.noise(2));
      case 5 -> text(hostility);
      case 6 -> times(hostility);
      default -> exchangedAccounts();
    };
  }

  private byte[] word(Hostility hostility, int index) {
    int at = FIELDS + 32 * index;
    return replaced(at, hostility.word(Arrays.copyOfRange(bytes, at, at + 32)));
  }

  private byte[] replaced(int at, byte[] content) {
    return ByteMutation.spliced(bytes, at, content.length, content);
  }

  private byte[] text(Hostility hostility) {
    int at = FIELDS + 10 * 32 + random.nextInt(bytes.length - FIELDS - 10 * 32);
    return replaced(at, hostility.noise(1));
  }

  private byte[] times(Hostility hostility) {
    BigInteger end =
        switch (random.nextInt(4)) {
          case 0 -> BigInteger.valueOf(1_763_900_000L + random.nextInt(200_000));
          case 1 -> BigInteger.valueOf(1_763_900_660_000L);
          case 2 -> BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
          default -> hostility.amount(BigInteger.valueOf(1_763_900_660L));
        };
    return replaced(FIELDS + 32 * (7 + random.nextInt(2)), word(end));
  }

  private byte[] exchangedAccounts() {
    byte[] from = Arrays.copyOfRange(bytes, FIELDS + 4 * 32, FIELDS + 5 * 32);
    byte[] to = Arrays.copyOfRange(bytes, FIELDS + 5 * 32, FIELDS + 6 * 32);
    return replaced(FIELDS + 4 * 32, Words.start("").bytes(to).bytes(from).toArray());
  }

  /// Another nonce, another time, and nothing else: as good as the original.
  byte[] free() {
    if (random.nextInt(3) == 0) {
      return replaced(FIELDS + 9 * 32, new Hostility(random).noise(32));
    }
    BigInteger start = BigInteger.valueOf(1_700_000_000L + random.nextInt(100_000_000));
    BigInteger end = start.add(BigInteger.valueOf(1 + random.nextInt(86_400)));
    return replaced(FIELDS + 7 * 32, Words.start("").number(start).number(end).toArray());
  }

  private static byte[] word(BigInteger number) {
    return Words.start("").number(number).toArray();
  }

  /// The movement of a transfer as an authorization, or of a payment as a transaction: the same
  /// effect, and not what was intended.
  static byte[] otherKind(Specimen specimen) {
    return switch (specimen.intent()) {
      case Intent.Transfer transfer -> authorization(transfer.payee().address(), transfer.amount());
      case Intent.Swap swap -> authorization(Specimens.ROUTER.on(Specimens.BASE), swap.sell());
      case Intent.Call call -> authorization(call.contract(), call.spends());
      case Intent.Payment payment ->
          Specimens.envelope(
                  Specimens.USDC,
                  BigInteger.ZERO,
                  KnownFunction.TRANSFER.encode(
                      AbiValue.of(EvmAddress.of(payment.payee().address())),
                      AbiValue.of(payment.amount().baseUnits())))
              .toArray();
      case Intent.Order _ -> specimen.honest().toArray();
    };
  }

  private static byte[] authorization(Address payee, Amount amount) {
    EvmAddress token =
        amount.asset().id().isNative()
            ? Specimens.USDC
            : EvmAddress.parse(amount.asset().id().reference());
    return new PaymentAuthorization(
            new TokenDomain("USD Coin", "2", BigInteger.valueOf(8453), token),
            Specimens.WALLET,
            EvmAddress.of(payee),
            amount.baseUnits(),
            1_763_900_000L,
            1_763_900_660L,
            Bytes.fromHex("77".repeat(32)))
        .bytes()
        .toArray();
  }
}
