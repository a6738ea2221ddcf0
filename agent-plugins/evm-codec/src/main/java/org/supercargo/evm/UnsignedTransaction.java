package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;

/// A transaction of type 2 before it is signed: `0x02 || rlp([chainId, nonce, maxPriorityFeePerGas,
/// maxFeePerGas, gasLimit, to, value, data, accessList])`.
///
/// Source: [EIP-1559](https://eips.ethereum.org/EIPS/eip-1559).
///
/// @param chainId below 2⁶⁴
/// @param nonce below 2⁶⁴ - 1 ([EIP-2681](https://eips.ethereum.org/EIPS/eip-2681))
/// @param maxPriorityFeePerGas wei per gas, at most `maxFeePerGas`
/// @param maxFeePerGas wei per gas, below 2²⁵⁶
/// @param gasLimit below 2⁶⁴
/// @param to null creates a contract
/// @param value wei, below 2²⁵⁶
public record UnsignedTransaction(
    BigInteger chainId,
    BigInteger nonce,
    BigInteger maxPriorityFeePerGas,
    BigInteger maxFeePerGas,
    BigInteger gasLimit,
    @Nullable EvmAddress to,
    BigInteger value,
    Bytes data,
    List<AccessListEntry> accessList) {
  static final int TYPE = 2;

  /// Larger transactions are not relayed by nodes, so none is read.
  static final int LARGEST = 128 * 1024;

  private static final int FIELDS = 9;

  public UnsignedTransaction {
    requireBits("the chain id", chainId, 64);
    requireBits("the nonce", nonce, 64);
    requireBits("the priority fee", maxPriorityFeePerGas, 256);
    requireBits("the maximum fee", maxFeePerGas, 256);
    requireBits("the gas limit", gasLimit, 64);
    requireBits("the value", value, 256);
    if (nonce.equals(BigInteger.TWO.pow(64).subtract(BigInteger.ONE))) {
      throw new MalformedBytesException("the nonce is the one that no account may use");
    }
    if (maxPriorityFeePerGas.compareTo(maxFeePerGas) > 0) {
      throw new MalformedBytesException("the priority fee is above the maximum fee");
    }
    accessList = List.copyOf(accessList);
  }

  private static void requireBits(String name, BigInteger number, int bits) {
    if (number.signum() < 0 || number.bitLength() > bits) {
      throw new MalformedBytesException(name + " does not fit into " + bits + " bits");
    }
  }

  /// Whether the bytes begin as a transaction of type 2 does.
  static boolean leads(Bytes bytes) {
    return bytes.size() > 0 && bytes.toArray()[0] == TYPE;
  }

  /// Reads the bytes that [#bytes()] writes, and nothing else.
  ///
  /// @throws MalformedBytesException if they are anything else
  public static UnsignedTransaction parse(Bytes bytes) {
    List<Rlp> fields = fields(bytes);
    if (fields.size() != FIELDS) {
      throw new MalformedBytesException(
          "an unsigned transaction has 9 fields, not " + fields.size());
    }
    return of(fields);
  }

  /// Reads the nine fields that signed and unsigned transactions begin with.
  static UnsignedTransaction of(List<Rlp> fields) {
    return new UnsignedTransaction(
        integer(fields, 0, "the chain id"),
        integer(fields, 1, "the nonce"),
        integer(fields, 2, "the priority fee"),
        integer(fields, 3, "the maximum fee"),
        integer(fields, 4, "the gas limit"),
        recipient(string(fields, 5, "the recipient")),
        integer(fields, 6, "the value"),
        string(fields, 7, "the data").content(),
        accessList(fields.get(8)));
  }

  static List<Rlp> fields(Bytes bytes) {
    byte[] content = bytes.toArray();
    if (content.length == 0 || content.length > LARGEST) {
      throw new MalformedBytesException(
          "a transaction has 1 to " + LARGEST + " bytes, not " + content.length);
    }
    if (content[0] != TYPE) {
      throw new MalformedBytesException("it is not a transaction of type 2 (EIP-1559)");
    }
    Bytes payload = Bytes.of(Arrays.copyOfRange(content, 1, content.length));
    return switch (Rlp.decode(payload)) {
      case Rlp.Sequence(List<Rlp> items) -> items;
      case Rlp.Text _ -> throw new MalformedBytesException("a transaction is a list of fields");
    };
  }

  static Rlp.Text string(List<Rlp> fields, int index, String name) {
    return switch (fields.get(index)) {
      case Rlp.Text text -> text;
      case Rlp.Sequence _ -> throw new MalformedBytesException(name + " is a list");
    };
  }

  static BigInteger integer(List<Rlp> fields, int index, String name) {
    return string(fields, index, name).integer(name);
  }

  private static @Nullable EvmAddress recipient(Rlp.Text text) {
    return text.content().size() == 0 ? null : new EvmAddress(text.content());
  }

  private static List<AccessListEntry> accessList(Rlp item) {
    return switch (item) {
      case Rlp.Sequence(List<Rlp> entries) -> entries.stream().map(AccessListEntry::of).toList();
      case Rlp.Text _ -> throw new MalformedBytesException("the access list is not a list");
    };
  }

  /// The envelope a key is asked to sign.
  public Bytes bytes() {
    return envelope(rlpFields());
  }

  /// Keccak-256 of [#bytes()], 32 bytes.
  public Bytes signingHash() {
    return Keccak256.hash(bytes());
  }

  List<Rlp> rlpFields() {
    var fields = new ArrayList<Rlp>();
    fields.add(Rlp.integer(chainId));
    fields.add(Rlp.integer(nonce));
    fields.add(Rlp.integer(maxPriorityFeePerGas));
    fields.add(Rlp.integer(maxFeePerGas));
    fields.add(Rlp.integer(gasLimit));
    fields.add(Rlp.text(to == null ? Bytes.EMPTY : to.value()));
    fields.add(Rlp.integer(value));
    fields.add(Rlp.text(data));
    fields.add(new Rlp.Sequence(accessList.stream().map(AccessListEntry::rlp).toList()));
    return fields;
  }

  static Bytes envelope(List<Rlp> fields) {
    var out = new ByteArrayOutputStream();
    out.write(TYPE);
    out.writeBytes(new Rlp.Sequence(fields).encode().toArray());
    return Bytes.of(out.toByteArray());
  }
}
