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

  /// It may happen once people have approved it, within these reservations.
  ///
  /// @param reason what is still missing
  record NeedsApproval(
      String rule, String reason, ApprovalTerms terms, List<Reservation> reservations)
      implements Verdict {
    public NeedsApproval {
      reservations = List.copyOf(reservations);
    }
  }

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
