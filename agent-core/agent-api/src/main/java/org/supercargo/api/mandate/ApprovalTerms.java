package org.supercargo.api.mandate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;

/// Whose approval a rule asks for.
///
/// @param approvers names from [Mandate#approvers()]
/// @param quorum how many of them have to approve, 1 or more
/// @param delay time between the last approval that is needed and the effect, for a veto
/// @param lapse after this time without a quorum the proposal is refused
public record ApprovalTerms(Set<String> approvers, int quorum, Duration delay, Duration lapse) {
  public ApprovalTerms {
    approvers = Collections.unmodifiableSortedSet(new TreeSet<>(approvers));
    if (quorum < 1 || quorum > approvers.size()) {
      throw SupercargoException.user(
          quorum + " of " + approvers.size() + " approvers can never approve",
          "Ask for 1 to " + approvers.size() + ".");
    }
  }

  /// Whether enough of them have approved, long enough ago.
  ///
  /// @param approvals when each approver approved; others than [#approvers()] do not count
  public boolean areMet(Map<String, Instant> approvals, Instant now) {
    Instant quorumAt = quorumAt(approvals);
    return quorumAt != null && !now.isBefore(quorumAt.plus(delay));
  }

  /// When the last approval that was needed came, or null.
  private @org.jspecify.annotations.Nullable Instant quorumAt(Map<String, Instant> approvals) {
    var times =
        approvals.entrySet().stream()
            .filter(approval -> approvers.contains(approval.getKey()))
            .map(Map.Entry::getValue)
            .sorted(Comparator.naturalOrder())
            .toList();
    return times.size() < quorum ? null : times.get(quorum - 1);
  }

  /// What is still missing, for people: `1 more of ops, cfo`, or `the delay until ...`.
  public String missing(Map<String, Instant> approvals) {
    Instant quorumAt = quorumAt(approvals);
    if (quorumAt != null) {
      return "the delay until " + quorumAt.plus(delay);
    }
    String waiting =
        approvers.stream()
            .filter(name -> !approvals.containsKey(name))
            .collect(Collectors.joining(", "));
    long given = approvals.keySet().stream().filter(approvers::contains).count();
    return "the approval of " + (quorum - given) + " of " + waiting;
  }
}
