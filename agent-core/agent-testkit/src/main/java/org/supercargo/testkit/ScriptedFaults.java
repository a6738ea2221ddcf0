package org.supercargo.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Faults in the order a test wrote them down; none after that.
public final class ScriptedFaults implements ChainFaults {
  private final Deque<Submission> submissions = new ArrayDeque<>();
  private final Deque<Reorganisation> reorganisations = new ArrayDeque<>();
  private int failingCalls;
  private int hidingStatuses;
  private int deathClaims;

  /// The next submissions go like this.
  public synchronized ScriptedFaults submissions(Submission... next) {
    submissions.addAll(List.of(next));
    return this;
  }

  /// The next calls other than submissions fail with a TRANSIENT exception.
  public synchronized ScriptedFaults failCalls(int calls) {
    failingCalls += calls;
    return this;
  }

  /// The next statuses say that nothing was seen.
  public synchronized ScriptedFaults hide(int statuses) {
    hidingStatuses += statuses;
    return this;
  }

  /// Before the next status another fork wins.
  public synchronized ScriptedFaults reorganise(int depth, boolean forgets) {
    reorganisations.add(new Reorganisation(depth, forgets));
    return this;
  }

  /// The next statuses of transactions that are not final say that they can never land.
  public synchronized ScriptedFaults claimDeath(int statuses) {
    deathClaims += statuses;
    return this;
  }

  @Override
  public synchronized Submission submission() {
    return submissions.isEmpty() ? Submission.DELIVERED : submissions.remove();
  }

  @Override
  public synchronized boolean failsCall() {
    return failingCalls > 0 && failingCalls-- > 0;
  }

  @Override
  public synchronized boolean hidesTransaction() {
    return hidingStatuses > 0 && hidingStatuses-- > 0;
  }

  @Override
  public synchronized @Nullable Reorganisation reorganisation() {
    return reorganisations.poll();
  }

  @Override
  public synchronized boolean claimsDeath() {
    return deathClaims > 0 && deathClaims-- > 0;
  }
}
