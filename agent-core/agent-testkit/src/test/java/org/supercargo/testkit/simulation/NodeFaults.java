package org.supercargo.testkit.simulation;

import org.jspecify.annotations.Nullable;
import org.supercargo.testkit.ChainFaults;

/// How a node behaves.
///
/// @param lies whether it is the one of two that lies about death
record NodeFaults(Chance chance, boolean lies) implements ChainFaults {
  private static final Submission[] SUBMISSIONS = Submission.values();
  private static final int DEEPEST = 3;

  @Override
  public Submission submission() {
    return chance.happens(Fault.SUBMISSION)
        ? SUBMISSIONS[1 + chance.detail(SUBMISSIONS.length - 1)]
        : Submission.DELIVERED;
  }

  @Override
  public boolean failsCall() {
    return chance.happens(Fault.NODE_BUSY);
  }

  @Override
  public boolean hidesTransaction() {
    return chance.happens(Fault.NODE_BLIND);
  }

  @Override
  public @Nullable Reorganisation reorganisation() {
    return chance.happens(Fault.FORK)
        ? new Reorganisation(1 + chance.detail(DEEPEST), chance.detail(2) == 0)
        : null;
  }

  @Override
  public boolean claimsDeath() {
    return lies && chance.happens(Fault.NODE_LIES);
  }

  @Override
  public boolean lags() {
    return chance.happens(Fault.NODE_LAGS);
  }
}
