package org.supercargo.solana;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.supercargo.api.Bytes;

/// A message with its signatures, of which some may still be missing.
///
/// @param signatures one per required signer, in the order of [Message#signers()]; 64 zero bytes
///   where one is missing
public record Transaction(List<Bytes> signatures, Message message) {
  /// Bytes in an Ed25519 signature.
  public static final int SIGNATURE_SIZE = 64;

  private static final Bytes MISSING = Bytes.of(new byte[SIGNATURE_SIZE]);

  public Transaction {
    signatures = List.copyOf(signatures);
    if (signatures.size() != message.header().requiredSignatures()) {
      throw new MalformedTransactionException(
          "it has "
              + signatures.size()
              + " signatures and its message requires "
              + message.header().requiredSignatures());
    }
    for (Bytes signature : signatures) {
      if (signature.size() != SIGNATURE_SIZE) {
        throw new MalformedTransactionException(
            "a signature has " + SIGNATURE_SIZE + " bytes, not " + signature.size());
      }
    }
  }

  public static Transaction unsigned(Message message) {
    return new Transaction(
        Collections.nCopies(message.header().requiredSignatures(), MISSING), message);
  }

  /// Reads exactly one transaction. Signatures are not verified.
  ///
  /// @throws MalformedTransactionException if a node would not accept the bytes
  public static Transaction parse(Bytes bytes) {
    if (bytes.size() > Message.LARGEST_TRANSACTION) {
      throw new MalformedTransactionException(
          "the transaction has "
              + bytes.size()
              + " bytes, more than "
              + Message.LARGEST_TRANSACTION);
    }
    var reader = new ByteReader(bytes);
    var signatures = new ArrayList<Bytes>();
    for (int left = reader.compactU16("number of signatures"); left > 0; left--) {
      signatures.add(reader.bytes(SIGNATURE_SIZE, "signature"));
    }
    Message message = Message.read(reader);
    reader.requireEnd();
    return new Transaction(signatures, message);
  }

  public Bytes serialize() {
    var writer = new ByteWriter().compactU16(signatures.size());
    signatures.forEach(writer::bytes);
    return writer.bytes(message.serialize()).written();
  }

  /// Puts a signature into `signer`'s own place and keeps all others.
  ///
  /// @throws MalformedTransactionException if `signer` does not have to sign, or the signature does
  ///   not verify
  public Transaction withSignature(PublicKey signer, Bytes signature) {
    int index = message.signers().indexOf(signer);
    if (index < 0) {
      throw new MalformedTransactionException(signer + " does not have to sign this transaction");
    }
    if (!verifies(signer, signature, message.serialize())) {
      throw new MalformedTransactionException("the signature does not verify for " + signer);
    }
    var placed = new ArrayList<>(signatures);
    placed.set(index, signature);
    return new Transaction(placed, message);
  }

  /// The signers whose signatures are missing.
  public List<PublicKey> missingSigners() {
    var missing = new ArrayList<PublicKey>();
    for (int index = 0; index < signatures.size(); index++) {
      if (signatures.get(index).equals(MISSING)) {
        missing.add(message.signers().get(index));
      }
    }
    return missing;
  }

  /// Whether every required signature is there and right.
  public boolean isFullySigned() {
    Bytes signed = message.serialize();
    for (int index = 0; index < signatures.size(); index++) {
      if (!verifies(message.signers().get(index), signatures.get(index), signed)) {
        return false;
      }
    }
    return true;
  }

  /// The name the chain knows it by: the fee payer's signature.
  ///
  /// @throws MalformedTransactionException while the fee payer has not signed
  public String id() {
    if (signatures.getFirst().equals(MISSING)) {
      throw new MalformedTransactionException("the fee payer has not signed yet");
    }
    return Base58.encode(signatures.getFirst());
  }

  private static boolean verifies(PublicKey signer, Bytes signature, Bytes signed) {
    byte[] content = signed.toArray();
    // BouncyCastle multiplies by the cofactor, and so lets pass commitments of small order, which
    // nodes refuse.
    return signature.size() == SIGNATURE_SIZE
        && Ed25519.validatePublicKeyFull(signature.toArray(), 0)
        && Ed25519.verify(
            signature.toArray(), 0, signer.bytes().toArray(), 0, content, 0, content.length);
  }
}
