package org.supercargo.testkit;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Faults drawn from a seed, so that a run that failed can be run again. Nodes with these faults
/// never lie about death: one node's word is no proof of that.
public final class SeededFaults implements ChainFaults {
  private static final Submission[] SUBMISSIONS = Submission.values();
  private static final int DEEPEST = 3;

  private final Random random;
  private final int percent;
  private int left;

  /// @param percent how likely each fault is, 0 to 100
  /// @param most how many faults happen in all, so that every run ends
  public SeededFaults(long seed, int percent, int most) {
    random = new Random(seed);
    this.percent = percent;
    left = most;
  }

  private boolean happens() {
    if (left > 0 && random.nextInt(100) < percent) {
      left--;
      return true;
    }
    return false;
  }

  @Override
  public synchronized Submission submission() {
    return happens()
        ? SUBMISSIONS[1 + random.nextInt(SUBMISSIONS.length - 1)]
        : Submission.DELIVERED;
  }

  @Override
  public synchronized boolean failsCall() {
    return happens();
  }

  @Override
  public synchronized boolean hidesTransaction() {
    return happens();
  }

  @Override
  public synchronized @Nullable Reorganisation reorganisation() {
    return happens() ? new Reorganisation(1 + random.nextInt(DEEPEST), random.nextBoolean()) : null;
  }

  @Override
  public synchronized boolean lags() {
    return happens();
  }
}
