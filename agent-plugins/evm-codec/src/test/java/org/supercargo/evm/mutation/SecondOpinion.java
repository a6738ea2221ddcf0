package org.supercargo.evm.mutation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.evm.mutation.PlainRlp.Branch;
import org.supercargo.evm.mutation.PlainRlp.Leaf;
import org.supercargo.evm.mutation.PlainRlp.Node;

/// Says what bytes an intent can have, without the codec: it takes nothing from accepted bytes but
/// the free fields, writes everything else anew from the intent, and compares.
///
/// Free are the nonce, the gas limit and the fees up to their limits; of swaps also the pool, the
/// deadline, a higher minimum, and the router's two ways to name an account; of authorizations the
/// token's name and version, its nonce, and when it is good as long as that is now and soon over. A
/// payment may also be a plain transfer.
public final class SecondOpinion {
  private static final String EXACT_INPUT_SINGLE = "04e45aaf";
  private static final String MULTICALL = "ac9650d8";
  private static final String MULTICALL_UNTIL = "5ae401dc";
  private static final String UNWRAP_WETH9 = "49404b7c";
  private static final String APPROVE = "095ea7b3";
  private static final String TRANSFER = "a9059cbb";
  private static final String DOMAIN_TYPE =
      "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
  private static final String AUTHORIZATION_TYPE =
      "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
          + "uint256 validBefore,bytes32 nonce)";
  private static final int SIZE_OF_SWAP = 4 + 7 * 32;

  private final Specimen specimen;
  private final byte[] accepted;

  private SecondOpinion(Specimen specimen, byte[] accepted) {
    this.specimen = specimen;
    this.accepted = accepted;
  }

  /// What is agreed on: the hash that is signed and what excludes other bytes.
  public record Agreement(Bytes signingHash, String exclusion) {}

  /// Null when accepted bytes are none that the intent can have.
  public static @Nullable Agreement of(Specimen specimen, Bytes accepted) {
    var opinion = new SecondOpinion(specimen, accepted.toArray());
    return specimen.intent() instanceof Intent.Payment payment
            && accepted.size() > 0
            && accepted.toArray()[0] == 0x19
        ? opinion.authorization(payment)
        : opinion.envelope();
  }

  private @Nullable Agreement envelope() {
    if (accepted.length == 0
        || accepted[0] != 2
        || !(PlainRlp.decode(Arrays.copyOfRange(accepted, 1, accepted.length))
            instanceof Branch(List<Node> fields))
        || fields.size() != 9
        || fields.subList(0, 8).stream().anyMatch(Branch.class::isInstance)) {
      return null;
    }
    byte[] data = content(fields.get(7));
    for (Payload payload : payloads(specimen.intent(), data)) {
      if (Arrays.equals(rebuilt(fields, payload), accepted) && isAffordable(fields)) {
        return new Agreement(
            Bytes.of(Words.keccak(accepted)), "nonce " + new BigInteger(1, content(fields.get(1))));
      }
    }
    return null;
  }

  private record Payload(Address to, BigInteger value, Bytes data) {}

  private static byte[] rebuilt(List<Node> free, Payload payload) {
    var fields =
        new Branch(
            List.of(
                integer(BigInteger.valueOf(8453)),
                integer(new BigInteger(1, content(free.get(1)))),
                integer(new BigInteger(1, content(free.get(2)))),
                integer(new BigInteger(1, content(free.get(3)))),
                integer(new BigInteger(1, content(free.get(4)))),
                new Leaf(Bytes.of(Words.account20(payload.to()))),
                integer(payload.value()),
                new Leaf(payload.data()),
                new Branch(List.of())));
    var all = new ByteArrayOutputStream();
    all.write(2);
    all.writeBytes(PlainRlp.encode(fields));
    return all.toByteArray();
  }

  private static boolean isAffordable(List<Node> fields) {
    var tip = new BigInteger(1, content(fields.get(2)));
    var price = new BigInteger(1, content(fields.get(3)));
    var gas = new BigInteger(1, content(fields.get(4)));
    return tip.compareTo(price) <= 0
        && gas.multiply(price).compareTo(Specimens.FEES.perTransaction().baseUnits()) <= 0
        && gas.multiply(tip).compareTo(Specimens.FEES.tip().baseUnits()) <= 0;
  }

  private List<Payload> payloads(Intent intent, byte[] data) {
    return switch (intent) {
      case Intent.Transfer transfer -> List.of(transfer(transfer.payee(), transfer.amount()));
      case Intent.Payment payment -> List.of(transfer(payment.payee(), payment.amount()));
      case Intent.Swap swap -> swaps(swap, data);
      case Intent.Call call ->
          List.of(new Payload(call.contract(), call.value().baseUnits(), specimen.callData()));
      case Intent.Order _ -> List.of();
    };
  }

  private static Payload transfer(Payee to, Amount amount) {
    Address payee = to.address();
    return amount.asset().id().isNative()
        ? new Payload(payee, amount.baseUnits(), Bytes.EMPTY)
        : new Payload(
            token(amount),
            BigInteger.ZERO,
            done(Words.start(TRANSFER).account(payee).number(amount.baseUnits())));
  }

  private List<Payload> swaps(Intent.Swap swap, byte[] data) {
    var all = new ArrayList<Payload>();
    Address router = Specimens.ROUTER.on(swap.chain());
    Amount sell = swap.sell();
    boolean sellsCoin = sell.asset().id().isNative();
    if (!sellsCoin) {
      Words approval = Words.start(APPROVE).account(router).number(sell.baseUnits());
      all.add(new Payload(token(sell), BigInteger.ZERO, done(approval)));
    }
    BigInteger value = sellsCoin ? sell.baseUnits() : BigInteger.ZERO;
    exchanges(swap, data).forEach(call -> all.add(new Payload(router, value, call)));
    return all;
  }

  private List<Bytes> exchanges(Intent.Swap swap, byte[] data) {
    var calls = new ArrayList<Bytes>();
    if (!swap.minimum().asset().id().isNative()) {
      BigInteger minimum = Words.numberAt(data, 4, 5);
      if (minimum.compareTo(swap.minimum().baseUnits()) >= 0) {
        Address caller = Specimens.CALLER.on(swap.chain());
        calls.add(exactInput(swap, data, 4, specimen.wallet()));
        calls.add(exactInput(swap, data, 4, caller));
      }
      return calls;
    }
    for (boolean timed : new boolean[] {false, true}) {
      int arguments = 4 + (timed ? 32 : 0);
      int first = arguments + 4 * 32 + 32;
      int second = first + 8 * 32 + 32;
      BigInteger minimum = Words.numberAt(data, second + 4, 0);
      if (minimum.compareTo(swap.minimum().baseUnits()) < 0) {
        continue;
      }
      for (Address router :
          List.of(Specimens.ROUTER_ITSELF.on(swap.chain()), Specimens.ROUTER.on(swap.chain()))) {
        byte[] exchange = exactInput(swap, data, first + 4, router).toArray();
        byte[] unwrap =
            Words.start(UNWRAP_WETH9).number(minimum).account(specimen.wallet()).toArray();
        Words call = timed ? Words.start(MULTICALL_UNTIL) : Words.start(MULTICALL);
        if (timed) {
          call.number(Words.numberAt(data, 4, 0));
        }
        call.number(timed ? 64 : 32).number(2).number(64).number(64 + 32 + 256);
        calls.add(done(call.counted(exchange).counted(unwrap)));
      }
    }
    return calls;
  }

  /// One exchange whose pool and minimum are read at `at`, where its seven words begin.
  private static Bytes exactInput(Intent.Swap swap, byte[] data, int at, Address recipient) {
    Bytes call =
        done(
            Words.start(EXACT_INPUT_SINGLE)
                .account(token(swap.sell()))
                .account(token(swap.minimum()))
                .number(Words.numberAt(data, at, 2).mod(BigInteger.TWO.pow(24)))
                .account(recipient)
                .number(swap.sell().baseUnits())
                .number(Words.numberAt(data, at, 5))
                .number(0));
    if (call.size() != SIZE_OF_SWAP) {
      throw new AssertionError("an exchange of " + call.size() + " bytes");
    }
    return call;
  }

  private @Nullable Agreement authorization(Intent.Payment payment) {
    int start = 2 + 32;
    if (accepted.length < start + 10 * 32 || accepted[0] != 0x19) {
      return null;
    }
    byte[] name = textAt(start, 0);
    byte[] version = textAt(start, 1);
    BigInteger after = Words.numberAt(accepted, start, 7);
    BigInteger before = Words.numberAt(accepted, start, 8);
    byte[] nonce = Words.wordAt(accepted, start, 9);
    byte[] message =
        Words.start("")
            .account(specimen.wallet())
            .account(payment.payee().address())
            .number(payment.amount().baseUnits())
            .number(after)
            .number(before)
            .bytes(nonce)
            .toArray();
    byte[] all =
        Words.start("1901")
            .bytes(Words.keccak(AUTHORIZATION_TYPE))
            .number(10 * 32)
            .number(10 * 32 + 32 + (name.length + 31) / 32 * 32)
            .number(8453)
            .account(token(payment.amount()))
            .bytes(message)
            .counted(name)
            .counted(version)
            .toArray();
    if (!Arrays.equals(all, accepted)
        || after.compareTo(BigInteger.valueOf(Specimens.NOW.getEpochSecond())) > 0
        || before.compareTo(BigInteger.valueOf(Specimens.NOW.getEpochSecond() + 3_600)) > 0
        || before.subtract(after).compareTo(BigInteger.valueOf(86_400)) > 0
        || before.compareTo(after) <= 0
        || before.bitLength() > 40) {
      return null;
    }
    return new Agreement(
        Bytes.of(digest(payment, name, version, message)),
        "authorization " + Bytes.of(nonce) + " of " + token(payment.amount()));
  }

  private byte[] textAt(int start, int index) {
    int offset = Words.numberAt(accepted, start, index).mod(BigInteger.valueOf(4096)).intValue();
    int length =
        Words.numberAt(accepted, start + offset, 0).mod(BigInteger.valueOf(4096)).intValue();
    int from = Math.min(accepted.length, start + offset + 32);
    return Arrays.copyOfRange(accepted, from, Math.min(accepted.length, from + length));
  }

  private static byte[] digest(
      Intent.Payment payment, byte[] name, byte[] version, byte[] message) {
    byte[] domain =
        Words.start("")
            .bytes(Words.keccak(DOMAIN_TYPE))
            .bytes(Words.keccak(name))
            .bytes(Words.keccak(version))
            .number(8453)
            .account(token(payment.amount()))
            .toArray();
    byte[] struct =
        Words.start("").bytes(Words.keccak(AUTHORIZATION_TYPE)).bytes(message).toArray();
    return Words.keccak(
        Words.start("1901").bytes(Words.keccak(domain)).bytes(Words.keccak(struct)).toArray());
  }

  /// The token, or the one that stands for the coin in swaps.
  private static Address token(Amount amount) {
    return amount.asset().id().isNative()
        ? Specimens.WETH.on(amount.asset().chain())
        : new Address(amount.asset().chain(), amount.asset().id().reference());
  }

  private static Bytes done(Words words) {
    return Bytes.of(words.toArray());
  }

  private static byte[] content(Node node) {
    return ((Leaf) node).content().toArray();
  }

  private static Leaf integer(BigInteger number) {
    byte[] digits = number.toByteArray();
    int from = digits[0] == 0 ? 1 : 0;
    return new Leaf(Bytes.of(Arrays.copyOfRange(digits, from, digits.length)));
  }
}
