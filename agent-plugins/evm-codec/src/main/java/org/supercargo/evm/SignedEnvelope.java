package org.supercargo.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;

/// A transaction of type 2 with its signature, as nodes take it.
///
/// Source: [EIP-1559](https://eips.ethereum.org/EIPS/eip-1559).
public record SignedEnvelope(UnsignedTransaction transaction, RecoverableSignature signature) {
  private static final int FIELDS = 12;

  /// Reads the bytes that [#bytes()] writes, and nothing else.
  ///
  /// @throws MalformedBytesException if they are anything else
  public static SignedEnvelope parse(Bytes bytes) {
    List<Rlp> fields = UnsignedTransaction.fields(bytes);
    if (fields.size() != FIELDS) {
      throw new MalformedBytesException("a signed transaction has 12 fields, not " + fields.size());
    }
    BigInteger parity = UnsignedTransaction.integer(fields, 9, "the y parity");
    if (parity.bitLength() > 1) {
      throw new MalformedBytesException("the signature's y parity is neither 0 nor 1");
    }
    return new SignedEnvelope(
        UnsignedTransaction.of(fields),
        new RecoverableSignature(
            UnsignedTransaction.integer(fields, 10, "the signature's r"),
            UnsignedTransaction.integer(fields, 11, "the signature's s"),
            parity.intValueExact()));
  }

  public Bytes bytes() {
    var fields = new ArrayList<>(transaction.rlpFields());
    fields.add(Rlp.integer(BigInteger.valueOf(signature.yParity())));
    fields.add(Rlp.integer(signature.r()));
    fields.add(Rlp.integer(signature.s()));
    return UnsignedTransaction.envelope(fields);
  }

  /// The transaction's name on its chain, 32 bytes.
  public Bytes hash() {
    return Keccak256.hash(bytes());
  }

  /// The account whose key signed it.
  public EvmAddress sender() {
    return signature.recover(transaction.signingHash());
  }
}
