package org.supercargo.solana;

/// How the static account keys of a message split: signers first, and among signers and others the
/// writable first.
public record MessageHeader(int requiredSignatures, int readonlySigned, int readonlyUnsigned) {
  public MessageHeader {
    if (requiredSignatures < 1 || requiredSignatures > 127) {
      throw new MalformedTransactionException(
          "it requires " + requiredSignatures + " signatures, not 1 to 127");
    }
    if (readonlySigned < 0 || readonlySigned >= requiredSignatures) {
      throw new MalformedTransactionException("no writable signer is left to pay the fee");
    }
    if (readonlyUnsigned < 0 || readonlyUnsigned > 255) {
      throw new MalformedTransactionException(
          "it counts " + readonlyUnsigned + " read-only accounts");
    }
  }
}
