package org.supercargo.proof.bytes;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

/// EVM transactions and typed data, written without the codec that will be asked to read them.
///
/// Sources: [EIP-1559](https://eips.ethereum.org/EIPS/eip-1559),
/// [EIP-2930](https://eips.ethereum.org/EIPS/eip-2930),
/// [EIP-7702](https://eips.ethereum.org/EIPS/eip-7702),
/// [EIP-712](https://eips.ethereum.org/EIPS/eip-712), [contract
/// ABI](https://docs.soliditylang.org/en/latest/abi-spec.html).
public final class EvmBytes {
  private static final BigInteger ALL = BigInteger.TWO.pow(256);

  private EvmBytes() {}

  /// What a transaction says besides whom it calls and how.
  ///
  /// @param tip wei per gas
  /// @param price wei per gas at the most
  public record Terms(long chain, long nonce, BigInteger tip, BigInteger price, long gas) {
    public static Terms cheap(long chain, long nonce) {
      return new Terms(
          chain, nonce, BigInteger.valueOf(1_000_000), BigInteger.valueOf(100_000_000), 120_000);
    }

    public Terms costing(BigInteger tip, BigInteger price, long gas) {
      return new Terms(chain, nonce, tip, price, gas);
    }

    public Terms on(long other) {
      return new Terms(other, nonce, tip, price, gas);
    }
  }

  public static Bytes transaction(Terms terms, Address to, BigInteger value, byte[] data) {
    return typed(2, fees(terms), twenty(to), value, data, new RlpList());
  }

  /// With a contract's storage named beforehand.
  public static Bytes withAccessList(Terms terms, Address to, BigInteger value, byte[] data) {
    var entry = new RlpList(RlpString.create(twenty(to)), new RlpList());
    return typed(2, fees(terms), twenty(to), value, data, new RlpList(entry));
  }

  public static Bytes creation(Terms terms, BigInteger value, byte[] code) {
    return typed(2, fees(terms), new byte[0], value, code, new RlpList());
  }

  /// Type 1.
  public static Bytes ofBerlin(Terms terms, Address to, BigInteger value, byte[] data) {
    var fees =
        List.<RlpType>of(
            RlpString.create(terms.chain()),
            RlpString.create(terms.nonce()),
            RlpString.create(terms.price()),
            RlpString.create(terms.gas()));
    return typed(1, fees, twenty(to), value, data, new RlpList());
  }

  /// Without a type, and good on every chain.
  public static Bytes legacy(Terms terms, Address to, BigInteger value, byte[] data) {
    var all =
        new ArrayList<RlpType>(
            List.of(
                RlpString.create(terms.nonce()),
                RlpString.create(terms.price()),
                RlpString.create(terms.gas())));
    all.addAll(call(twenty(to), value, data));
    return Bytes.of(RlpEncoder.encode(new RlpList(all)));
  }

  /// Type 4, with the account given to the code at `code`.
  public static Bytes delegating(Terms terms, Address to, Address code) {
    var authorization =
        new RlpList(
            RlpString.create(terms.chain()),
            RlpString.create(twenty(code)),
            RlpString.create(terms.nonce() + 1),
            RlpString.create(0),
            RlpString.create(BigInteger.ONE),
            RlpString.create(BigInteger.TWO));
    var all = new ArrayList<RlpType>(fees(terms));
    all.addAll(call(twenty(to), BigInteger.ZERO, new byte[0]));
    all.add(new RlpList());
    all.add(new RlpList(authorization));
    return enveloped(4, all);
  }

  /// What an account signs to be given to the code at `code`.
  public static Bytes delegation(long chain, Address code, long nonce) {
    return enveloped(
        5,
        List.of(RlpString.create(chain), RlpString.create(twenty(code)), RlpString.create(nonce)));
  }

  private static Bytes typed(
      int type, List<RlpType> fees, byte[] to, BigInteger value, byte[] data, RlpList access) {
    var all = new ArrayList<>(fees);
    all.addAll(call(to, value, data));
    all.add(access);
    return enveloped(type, all);
  }

  private static List<RlpType> fees(Terms terms) {
    return List.of(
        RlpString.create(terms.chain()),
        RlpString.create(terms.nonce()),
        RlpString.create(terms.tip()),
        RlpString.create(terms.price()),
        RlpString.create(terms.gas()));
  }

  private static List<RlpType> call(byte[] to, BigInteger value, byte[] data) {
    return List.of(RlpString.create(to), RlpString.create(value), RlpString.create(data));
  }

  private static Bytes enveloped(int type, List<RlpType> fields) {
    var out = new ByteArrayOutputStream();
    out.write(type);
    out.writeBytes(RlpEncoder.encode(new RlpList(fields)));
    return Bytes.of(out.toByteArray());
  }

  /// The data of a call whose arguments are single words: numbers, addresses, flags.
  public static byte[] call(String signature, Object... words) {
    var out = new ByteArrayOutputStream();
    out.write(hash(signature), 0, 4);
    for (Object word : words) {
      out.writeBytes(word(word));
    }
    return out.toByteArray();
  }

  /// `multicall(bytes[])` of these calls.
  public static byte[] multicall(byte[]... calls) {
    var head = new ByteArrayOutputStream();
    var tail = new ByteArrayOutputStream();
    for (byte[] call : calls) {
      head.writeBytes(word(BigInteger.valueOf(32L * calls.length + tail.size())));
      tail.writeBytes(word(BigInteger.valueOf(call.length)));
      tail.writeBytes(call);
      tail.writeBytes(new byte[(32 - call.length % 32) % 32]);
    }
    var out = new ByteArrayOutputStream();
    out.write(hash("multicall(bytes[])"), 0, 4);
    out.writeBytes(word(BigInteger.valueOf(32)));
    out.writeBytes(word(BigInteger.valueOf(calls.length)));
    out.writeBytes(head.toByteArray());
    out.writeBytes(tail.toByteArray());
    return out.toByteArray();
  }

  /// One word of 32 bytes. Negative numbers as the EVM has them.
  private static byte[] word(Object value) {
    byte[] word = new byte[32];
    byte[] content =
        switch (value) {
          case Address address -> twenty(address);
          case Boolean flag -> new byte[] {(byte) (flag ? 1 : 0)};
          case BigInteger number -> number.mod(ALL).toByteArray();
          case Integer number -> BigInteger.valueOf(number).mod(ALL).toByteArray();
          case Long number -> BigInteger.valueOf(number).mod(ALL).toByteArray();
          case byte[] raw -> raw;
          default -> throw new IllegalArgumentException("no word: " + value);
        };
    int length = Math.min(32, content.length);
    System.arraycopy(content, content.length - length, word, 32 - length, length);
    return word;
  }

  /// What is signed for typed data of one struct of single words, in the readable form that the
  /// signer takes for payments.
  public static Bytes typedData(
      String type, String name, String version, long chain, Address contract, Object... words) {
    var out = new ByteArrayOutputStream();
    out.write(0x19);
    out.write(0x01);
    out.writeBytes(hash(type));
    int head = 32 * (4 + words.length);
    byte[] first = text(name);
    out.writeBytes(word(BigInteger.valueOf(head)));
    out.writeBytes(word(BigInteger.valueOf(head + first.length)));
    out.writeBytes(word(chain));
    out.writeBytes(word(contract));
    for (Object word : words) {
      out.writeBytes(word(word));
    }
    out.writeBytes(first);
    out.writeBytes(text(version));
    return Bytes.of(out.toByteArray());
  }

  private static byte[] text(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream();
    out.writeBytes(word(BigInteger.valueOf(content.length)));
    out.writeBytes(content);
    out.writeBytes(new byte[(32 - content.length % 32) % 32]);
    return out.toByteArray();
  }

  /// `0x19 "Ethereum Signed Message:\n" length message`.
  public static Bytes message(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream();
    out.write(0x19);
    out.writeBytes(
        ("Ethereum Signed Message:\n" + content.length).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(content);
    return Bytes.of(out.toByteArray());
  }

  public static byte[] hash(String text) {
    return Hash.sha3(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] hash(Bytes bytes) {
    return Hash.sha3(bytes.toArray());
  }

  private static byte[] twenty(Address address) {
    return Bytes.fromHex(address.text()).toArray();
  }
}
