package org.supercargo.api.mandate;

import java.util.List;

/// The judgement of an intent, with the rule that decided.
public sealed interface Verdict {
  String rule();

  /// It may happen, within these reservations.
  record Allow(String rule, List<Reservation> reservations) implements Verdict {
    public Allow {
      reservations = List.copyOf(reservations);
    }
  }

  /// It may happen once a person has approved it.
  record NeedsApproval(String rule, String reason) implements Verdict {}

  /// It may not happen.
  ///
  /// @param reason why, in one sentence
  /// @param remedies what would change the verdict, the nearest first
  record Deny(String rule, String reason, List<String> remedies) implements Verdict {
    public Deny {
      remedies = List.copyOf(remedies);
    }
  }
}
