package org.supercargo.plugin.wallet;

import org.jspecify.annotations.Nullable;
import org.supercargo.testkit.ChainFaults;

/// The first call succeeds and every later one fails.
final class FailingSecondCall implements ChainFaults {
  private int calls;

  @Override
  public Submission submission() {
    return Submission.DELIVERED;
  }

  @Override
  public boolean failsCall() {
    return calls++ > 0;
  }

  @Override
  public boolean hidesTransaction() {
    return false;
  }

  @Override
  public @Nullable Reorganisation reorganisation() {
    return null;
  }
}
