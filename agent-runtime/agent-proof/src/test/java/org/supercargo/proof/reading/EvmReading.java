package org.supercargo.proof.reading;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

/// Reads what signing some bytes with an EVM key gives away. Every envelope a node takes is read;
/// what is not understood counts as everything the wallet has.
///
/// @param router the one contract whose swaps are worth anything
/// @param wrapped its wrapped ether
/// @param named functions the owner's table names; others are not known to be harmless
public record EvmReading(Address wallet, Address router, Address wrapped, List<String> named) {
  private static final int WORD = 32;

  /// Longer than any payment needs.
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final String SWAP =
      "exactInputSingle((address,address,uint24,address,uint256,uint256,uint160))";
  private static final String UNWRAP = "unwrapWETH9(uint256,address)";
  private static final String MULTICALL = "multicall(bytes[])";
  private static final String MULTICALL_UNTIL = "multicall(uint256,bytes[])";
  private static final Map<String, String> KNOWN =
      Stream.of(
              "transfer(address,uint256)",
              "approve(address,uint256)",
              "increaseAllowance(address,uint256)",
              "transferFrom(address,address,uint256)",
              SWAP,
              UNWRAP,
              MULTICALL,
              MULTICALL_UNTIL)
          .collect(Collectors.toMap(EvmReading::selector, Function.identity()));

  static final String AUTHORIZATION =
      "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
          + "uint256 validBefore,bytes32 nonce)";

  private static String selector(String signature) {
    return hash(signature).substring(0, 8);
  }

  static String hash(String text) {
    return HexFormat.of().formatHex(Hash.sha3(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// @param signed what the signature covers, before it is hashed
  /// @param now when it is signed
  public List<Outflow> read(Bytes signed, Instant now) {
    byte[] bytes = signed.toArray();
    try {
      if (bytes.length > 34 && bytes[0] == 0x19 && bytes[1] == 0x01) {
        return authorization(bytes, now);
      }
      if (bytes.length > WORD && (bytes[0] == 2 || bytes[0] == 1)) {
        List<RlpType> fields = list(bytes, 1);
        if (!number(fields.getFirst()).toString().equals(wallet.chain().reference())) {
          return ruin("a transaction for the chain " + number(fields.getFirst()));
        }
        return bytes[0] == 2 ? transaction(fields, 2, 3) : transaction(fields, 2, 2);
      }
      if (bytes.length > WORD && (bytes[0] & 0xff) >= 0xc0) {
        return transaction(list(bytes, 0), 1, 1);
      }
    } catch (RuntimeException unreadable) {
      return ruin("bytes nobody can read: " + unreadable.getMessage());
    }
    return ruin("a signature over " + bytes.length + " bytes");
  }

  private List<Outflow> ruin(String what) {
    return List.of(new Outflow.Ruin(wallet.chain(), what));
  }

  private static List<RlpType> list(byte[] bytes, int from) {
    RlpList decoded = RlpDecoder.decode(Arrays.copyOfRange(bytes, from, bytes.length));
    return ((RlpList) decoded.getValues().getFirst()).getValues();
  }

  /// @param tip index of what the tip for a unit of gas is
  /// @param price index of the most a unit of gas may cost; the limit, the receiver, the value and
  ///   the data follow
  private List<Outflow> transaction(List<RlpType> fields, int tip, int price) {
    BigInteger limit = number(fields.get(price + 1));
    byte[] receiver = ((RlpString) fields.get(price + 2)).getBytes();
    BigInteger value = number(fields.get(price + 3));
    byte[] data = ((RlpString) fields.get(price + 4)).getBytes();
    var all = new ArrayList<Outflow>();
    all.add(
        new Outflow.Fee(
            AssetId.nativeOf(wallet.chain()),
            limit.multiply(number(fields.get(price))),
            limit.multiply(number(fields.get(tip)))));
    if (receiver.length == 0) {
      all.addAll(ruin("a contract is made with " + value + " wei"));
    } else {
      all.addAll(call(address(Arrays.copyOf(receiver, 20)), value, data));
    }
    return all;
  }

  private static BigInteger number(RlpType field) {
    return new BigInteger(1, ((RlpString) field).getBytes());
  }

  private Address address(byte[] twenty) {
    return new Address(wallet.chain(), Keys.toChecksumAddress(HexFormat.of().formatHex(twenty)));
  }

  private List<Outflow> call(Address contract, BigInteger value, byte[] data) {
    if (data.length == 0) {
      return value.signum() == 0
          ? List.of()
          : List.of(new Outflow.Paid(AssetId.nativeOf(wallet.chain()), contract, value));
    }
    if (data.length < 4) {
      return ruin("data too short to be a call");
    }
    var words = new Words(data);
    String selector = HexFormat.of().formatHex(data, 0, 4);
    String known = KNOWN.get(selector);
    AssetId token = AssetId.token(contract);
    return switch (known == null ? "" : known.substring(0, known.indexOf('('))) {
      case "transfer" -> List.of(new Outflow.Paid(token, words.account(0), words.number(1)));
      case "approve", "increaseAllowance" ->
          List.of(new Outflow.Lent(token, words.account(0), words.number(1)));
      case "transferFrom" ->
          words.account(0).equals(wallet)
              ? List.of(new Outflow.Paid(token, words.account(1), words.number(2)))
              : ruin("a transfer on the allowance of " + words.account(0));
      case "exactInputSingle", "multicall", "unwrapWETH9" ->
          contract.equals(router) ? exchange(data, value) : ruin("a swap at " + contract);
      default -> plain(contract, selector, value, words);
    };
  }

  private List<Outflow> plain(Address contract, String selector, BigInteger value, Words words) {
    Optional<String> function =
        named.stream().filter(each -> selector(each).equals(selector)).findFirst();
    return List.of(
        new Outflow.Called(contract, function.orElse("0x" + selector), words.texts(), value));
  }

  /// One swap, or one swap into the router with one unwrapping behind it. Anything else that is
  /// asked of the router is not known to bring anything back.
  private List<Outflow> exchange(byte[] data, BigInteger value) {
    var words = new Words(data);
    List<byte[]> calls = List.of(data);
    if (words.calls(MULTICALL)) {
      calls = words.parts(0);
    } else if (words.calls(MULTICALL_UNTIL)) {
      calls = words.parts(1);
    }
    var swap = new Words(calls.getFirst());
    if (calls.size() > 2 || !swap.calls(SWAP)) {
      return ruin("the router does " + calls.size() + " things");
    }
    boolean coin = value.signum() > 0;
    BigInteger sold = swap.number(4).max(value);
    if (swap.number(6).signum() != 0) {
      return ruin("a swap that may stop early");
    }
    AssetId sell = coin ? AssetId.nativeOf(wallet.chain()) : AssetId.token(swap.account(0));
    if (calls.size() == 1) {
      return List.of(
          new Outflow.Traded(
              sell, sold, AssetId.token(swap.account(1)), swap.number(5), recipient(swap), router));
    }
    var unwrap = new Words(calls.get(1));
    if (!unwrap.calls(UNWRAP)
        || !swap.account(1).equals(wrapped)
        || !recipient(swap).equals(router)) {
      return ruin("the router keeps what is bought");
    }
    return List.of(
        new Outflow.Traded(
            sell,
            sold,
            AssetId.nativeOf(wallet.chain()),
            unwrap.number(0),
            unwrap.account(1),
            router));
  }

  private Address recipient(Words swap) {
    Address named = swap.account(3);
    BigInteger number = swap.number(3);
    return number.equals(BigInteger.ONE) ? wallet : number.equals(BigInteger.TWO) ? router : named;
  }

  private List<Outflow> authorization(byte[] bytes, Instant now) {
    String type = HexFormat.of().formatHex(bytes, 2, 34);
    if (!type.equals(hash(AUTHORIZATION))) {
      return ruin("typed data of the type " + type);
    }
    // Two texts by offset, then eight plain words.
    var words = new Words(Arrays.copyOfRange(bytes, 30, bytes.length));
    if (!words.number(2).toString().equals(wallet.chain().reference())
        || !words.account(4).equals(wallet)) {
      return ruin("an authorization for elsewhere");
    }
    BigInteger until = words.number(8);
    BigInteger latest = BigInteger.valueOf(now.plus(LONGEST).getEpochSecond());
    if (until.compareTo(latest) > 0) {
      return List.of(
          new Outflow.Postponed(AssetId.token(words.account(3)), words.number(6), until));
    }
    return List.of(
        new Outflow.Paid(AssetId.token(words.account(3)), words.account(5), words.number(6)));
  }

  /// The arguments of a call as the contract sees them: words, and nothing checked.
  private final class Words {
    private final byte[] data;

    Words(byte[] data) {
      this.data = data;
    }

    boolean calls(String signature) {
      return HexFormat.of().formatHex(data, 0, 4).equals(selector(signature));
    }

    BigInteger number(int index) {
      return new BigInteger(1, word(4 + WORD * index));
    }

    private byte[] word(int from) {
      byte[] word = new byte[WORD];
      int there = Math.clamp(data.length - (long) from, 0, WORD);
      System.arraycopy(data, Math.min(from, data.length), word, 0, there);
      return word;
    }

    Address account(int index) {
      byte[] word = word(4 + WORD * index);
      return address(Arrays.copyOfRange(word, 12, WORD));
    }

    List<byte[]> parts(int index) {
      int start = 4 + number(index).intValueExact();
      int count = new BigInteger(1, word(start)).intValueExact();
      var parts = new ArrayList<byte[]>();
      for (int i = 0; i < count; i++) {
        int at = start + WORD + new BigInteger(1, word(start + WORD * (i + 1))).intValueExact();
        int length = new BigInteger(1, word(at)).intValueExact();
        parts.add(Arrays.copyOfRange(data, at + WORD, at + WORD + length));
      }
      return parts;
    }

    List<String> texts() {
      var texts = new ArrayList<String>();
      for (int from = 4; from < data.length; from += WORD) {
        texts.add(HexFormat.of().formatHex(word(from)));
      }
      return texts;
    }
  }
}
