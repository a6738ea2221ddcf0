package org.supercargo.api.model;

/// Who can learn what a model is asked, from everybody involved to nobody. The order is the order
/// of protection; an agent names the least it accepts.
///
/// Source of the classes between: [Venice, privacy](https://docs.venice.ai/overview/privacy).
public enum Privacy {
  /// The provider knows who asks and what, and may keep it.
  PROVIDER,
  /// The provider sees what is asked, and not by whom.
  ANONYMISED,
  /// The provider promises by contract to keep nothing.
  PRIVATE,
  /// The model runs in an enclave whose state the hardware attests.
  ATTESTED,
  /// Only the enclave can read what is asked.
  ENCRYPTED,
  /// The words never leave a machine of the owner's.
  OWN_MACHINE;

  public boolean isAtLeast(Privacy least) {
    return compareTo(least) >= 0;
  }
}
