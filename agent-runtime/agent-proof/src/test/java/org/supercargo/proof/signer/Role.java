package org.supercargo.proof.signer;

import java.util.Locale;

/// The agents there are, each with a file of this name.
public enum Role {
  TREASURER,
  TRADER,
  SHOPPER,
  FRUGAL;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
