package org.supercargo.api.plan;

import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;

/// Something that has to hold when a goal is reached, checked on what really happened.
public sealed interface Expectation {
  /// Exactly this was paid to this account, once.
  record Paid(Address payee, Amount amount) implements Expectation {}

  /// Exactly this was sold for the other asset, once.
  record Swapped(Amount sold, AssetId bought) implements Expectation {}

  /// Nothing settled but what the other expectations name.
  record NothingElse() implements Expectation {}

  /// The answer has these words in it, in any case.
  record Answered(String words) implements Expectation {}
}
