package org.supercargo.solana;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The programs whose instructions can be decoded. Each is here because nothing it does hides below
/// the top level: a program that could call another one of somebody's choice would make the decoded
/// effects incomplete, however well its own instructions were read.
@SuppressWarnings("ImmutableEnumChecker") // a PublicKey holds Bytes, which never change
public enum Program {
  /// Part of every node; calls nothing.
  SYSTEM("11111111111111111111111111111111", "System"),
  /// Part of every node; its instructions are read before the transaction runs, and do nothing
  /// then.
  COMPUTE_BUDGET("ComputeBudget111111111111111111111111111111", "Compute Budget"),
  /// `TransferChecked` and `ApproveChecked` change balances and delegates and call nothing.
  TOKEN("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "Token"),
  /// Like [#TOKEN], except that a transfer calls the program a mint's issuer has set as its hook. A
  /// node lets it call only programs among the instruction's accounts, and a transfer that names
  /// more than its four accounts is not read; so a transfer that is read calls nothing, and one of
  /// a mint with a hook fails.
  ///
  /// What the bytes cannot tell is whether the mint withholds a fee or has a permanent delegate.
  /// The chain adapter reads the mint and refuses those by name; whoever decodes without a network
  /// relies on the assets the owner listed.
  TOKEN_2022("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb", "Token-2022"),
  /// Calls the System program to pay for the account and the token program named in it, which has
  /// to be one of the two above, to set it up. Neither call moves anything but the rent.
  ASSOCIATED_TOKEN("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL", "Associated Token"),
  /// Checks that the text is UTF-8 and logs it; calls nothing.
  MEMO("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "Memo");

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
