package org.supercargo.solana;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The programs whose instructions can be decoded.
@SuppressWarnings("ImmutableEnumChecker") // a PublicKey holds Bytes, which never change
public enum Program {
  SYSTEM("11111111111111111111111111111111", "System"),
  COMPUTE_BUDGET("ComputeBudget111111111111111111111111111111", "Compute Budget"),
  TOKEN("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "Token"),
  TOKEN_2022("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb", "Token-2022"),
  ASSOCIATED_TOKEN("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL", "Associated Token"),
  MEMO("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "Memo"),
  MEMO_V1("Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo", "Memo v1");

  private static final Map<PublicKey, Program> BY_ADDRESS =
      Arrays.stream(values()).collect(Collectors.toMap(Program::address, Function.identity()));

  private final PublicKey address;
  private final String title;

  Program(String address, String title) {
    this.address = PublicKey.parse(address);
    this.title = title;
  }

  public static Optional<Program> find(PublicKey address) {
    return Optional.ofNullable(BY_ADDRESS.get(address));
  }

  public PublicKey address() {
    return address;
  }

  /// The name people know it by.
  public String title() {
    return title;
  }
}
