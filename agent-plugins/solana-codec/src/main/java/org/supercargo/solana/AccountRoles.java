package org.supercargo.solana;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares what a message lets programs do with its accounts with what its instructions need.
///
/// A privilege nobody asked for changes nothing today. It is refused because then one meaning has
/// one set of roles, and nothing depends on what a program might do with more.
record AccountRoles(PublicKey feePayer, List<Instruction> instructions) {
  /// What is wrong with the roles of `accounts`, one clause each; empty when all are needed.
  List<String> excess(List<AccountMeta> accounts) {
    Map<PublicKey, AccountMeta> needed = MessageCompiler.merged(feePayer, instructions);
    var excess = new ArrayList<String>();
    for (AccountMeta account : accounts) {
      String objection = objection(account, needed.get(account.key()));
      if (objection != null) {
        excess.add(objection);
      }
    }
    return excess;
  }

  private @Nullable String objection(AccountMeta account, @Nullable AccountMeta needed) {
    PublicKey key = account.key();
    if (needed == null) {
      return "it names the account " + key + ", which no instruction uses";
    }
    if ((account.writable() || account.signer())
        && instructions.stream().anyMatch(instruction -> instruction.program().equals(key))) {
      return "it lets the program "
          + key
          + " itself be "
          + (account.writable() ? "changed" : "a signer");
    }
    if (account.signer() && !needed.signer()) {
      return key + " has to sign it, and no instruction asks for that";
    }
    if (account.writable() && !needed.writable()) {
      return "it lets the account " + key + " be changed, which no instruction does";
    }
    return null;
  }
}
