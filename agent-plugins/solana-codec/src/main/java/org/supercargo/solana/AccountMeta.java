package org.supercargo.solana;

/// An account an instruction names, with what the transaction lets the program do with it.
public record AccountMeta(PublicKey key, boolean signer, boolean writable) {
  public static AccountMeta writableSigner(PublicKey key) {
    return new AccountMeta(key, true, true);
  }

  public static AccountMeta readonlySigner(PublicKey key) {
    return new AccountMeta(key, true, false);
  }

  public static AccountMeta writable(PublicKey key) {
    return new AccountMeta(key, false, true);
  }

  public static AccountMeta readonly(PublicKey key) {
    return new AccountMeta(key, false, false);
  }
}
