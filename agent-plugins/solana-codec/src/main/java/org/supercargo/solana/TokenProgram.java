package org.supercargo.solana;

import java.util.Arrays;
import java.util.Optional;

/// The two programs that keep token balances. Each mint belongs to exactly one of them.
public enum TokenProgram {
  TOKEN(Program.TOKEN),
  TOKEN_2022(Program.TOKEN_2022);

  private final Program program;

  TokenProgram(Program program) {
    this.program = program;
  }

  public static Optional<TokenProgram> find(PublicKey address) {
    return Arrays.stream(values())
        .filter(candidate -> candidate.address().equals(address))
        .findFirst();
  }

  public PublicKey address() {
    return program.address();
  }

  public String title() {
    return program.title();
  }
}
