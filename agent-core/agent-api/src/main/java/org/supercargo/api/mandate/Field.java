package org.supercargo.api.mandate;

import java.util.Locale;

/// Parts of a proposal whose origin a rule can ask for.
public enum Field {
  /// Who receives, where goods go, which contract is called.
  PAYEE,
  /// How much.
  AMOUNT;

  /// In lower case, as rules write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
