package org.supercargo.cli;

import java.util.List;
import org.supercargo.engine.file.CaseResult;
import org.supercargo.engine.file.MandateCase.Expected;

/// How useful and how strict a mandate is, by a table of cases.
///
/// @param tasks what the agent is there for
/// @param allowed of these without anybody's approval
/// @param wrongs attacks and slips
/// @param refused of these, by the mandate or because they name nothing; one that waits for an
///   approval is not refused
record CaseTally(long tasks, long allowed, long wrongs, long refused) {
  static CaseTally of(List<CaseResult> results) {
    long tasks = 0;
    long free = 0;
    long refused = 0;
    long wrongs = 0;
    for (CaseResult result : results) {
      boolean allowed = result.said() == Expected.ALLOW && !result.approved();
      boolean stopped = result.said() == Expected.DENY || result.said() == Expected.UNREADABLE;
      switch (result.row().group()) {
        case TASK -> {
          tasks++;
          free += allowed ? 1 : 0;
        }
        case ATTACK, SLIP -> {
          wrongs++;
          refused += stopped ? 1 : 0;
        }
        case CASE -> {}
      }
    }
    return new CaseTally(tasks, free, wrongs, refused);
  }
}
