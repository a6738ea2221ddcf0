package org.supercargo.solana;

/// An instruction that is known well enough to be refused by name: no intent asks for it.
///
/// @param takesControl whether it changes who or what rules `account`; otherwise its effect is left
///   unread
/// @param does what it does to `account`, as the rest of a sentence after its name
/// @param account index of the account it is about
/// @param other index of an account that ends the sentence, or [#NONE]
record RefusedInstruction(String name, boolean takesControl, String does, int account, int other) {
  private static final int NONE = -1;

  /// It changes who or what rules its first account.
  static RefusedInstruction control(String name, String does) {
    return new RefusedInstruction(name, true, does, 0, NONE);
  }

  /// Like [#control(String, String)], and the sentence ends with the account at `other`.
  static RefusedInstruction control(String name, String does, int other) {
    return new RefusedInstruction(name, true, does, 0, other);
  }

  /// What it does is not told here.
  static RefusedInstruction unread(String name, String does) {
    return new RefusedInstruction(name, false, does, 0, NONE);
  }

  /// The same about another account than the first.
  RefusedInstruction about(int index) {
    return new RefusedInstruction(name, takesControl, does, index, other);
  }

  /// @throws MalformedTransactionException where control does not change, saying what it does
  Reading refuse(String program, Instruction instruction) {
    int named = instruction.accounts().size();
    String sentence =
        program
            + " "
            + name
            + " "
            + does
            + (other != NONE && other < named ? " " + instruction.key(other) : "");
    if (!takesControl) {
      throw new MalformedTransactionException(sentence);
    }
    if (account >= named) {
      throw new MalformedTransactionException(program + " " + name + " lacks its accounts");
    }
    return new Reading.Control(instruction.key(account), sentence);
  }
}
