package org.supercargo.engine.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.file.MandateCase.Expected;

/// What a mandate said to a case.
///
/// @param verdict null when the case's words name nothing the agent could propose
/// @param approved whether what is allowed is allowed because people have approved it
public record CaseResult(MandateCase row, @Nullable Verdict verdict, boolean approved) {
  /// What the mandate said.
  public Expected said() {
    return switch (verdict) {
      case null -> Expected.UNREADABLE;
      case Verdict.Allow _ -> Expected.ALLOW;
      case Verdict.NeedsApproval _ -> Expected.APPROVE;
      case Verdict.Deny _ -> Expected.DENY;
    };
  }

  /// The rule that decided, or a hyphen when none was asked.
  public String rule() {
    return verdict == null ? "-" : verdict.rule();
  }

  /// Why, in one sentence; empty for what is allowed.
  public String reason() {
    return switch (verdict) {
      case null -> row.objection() == null ? "" : row.objection();
      case Verdict.Allow _ -> "";
      case Verdict.NeedsApproval asks -> asks.reason();
      case Verdict.Deny deny -> deny.reason();
    };
  }

  /// What would change the verdict, the nearest first.
  public List<String> remedies() {
    return verdict instanceof Verdict.Deny deny ? deny.remedies() : List.of();
  }

  public boolean isAsExpected() {
    return misses().isEmpty();
  }

  /// What differs from what was expected.
  public List<String> misses() {
    var misses = new ArrayList<String>();
    if (said() != row.expected()) {
      misses.add("expected " + row.expected().word() + ", said " + said().word());
    }
    if (row.rule() != null && !row.rule().equals(rule())) {
      misses.add("expected rule \"" + row.rule() + "\", \"" + rule() + "\" decided");
    }
    if (row.because() != null && !reason().contains(row.because())) {
      misses.add("expected because \"" + row.because() + "\"");
    }
    return misses;
  }
}
