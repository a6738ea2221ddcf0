package org.supercargo.solana;

import java.util.List;
import org.supercargo.api.Bytes;

/// One call of a program, with its accounts spelled out.
public record Instruction(PublicKey program, List<AccountMeta> accounts, Bytes data) {
  public Instruction {
    accounts = List.copyOf(accounts);
  }

  /// The account at `index`, which has to be writable.
  PublicKey writable(int index) {
    AccountMeta meta = accounts.get(index);
    if (!meta.writable()) {
      throw new MalformedTransactionException(
          "account " + meta.key() + " is read-only where the program has to write it");
    }
    return meta.key();
  }

  /// The account at `index`, which has to sign.
  PublicKey signer(int index) {
    AccountMeta meta = accounts.get(index);
    if (!meta.signer()) {
      throw new MalformedTransactionException("account " + meta.key() + " does not sign it");
    }
    return meta.key();
  }

  PublicKey key(int index) {
    return accounts.get(index).key();
  }

  void requireAccounts(int expected) {
    if (accounts.size() != expected) {
      throw new MalformedTransactionException(
          Program.find(program).map(Program::title).orElseGet(program::toString)
              + " is given "
              + accounts.size()
              + " accounts instead of "
              + expected);
    }
  }
}
