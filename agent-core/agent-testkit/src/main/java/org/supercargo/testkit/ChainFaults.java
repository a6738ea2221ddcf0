package org.supercargo.testkit;

import org.jspecify.annotations.Nullable;

/// What goes wrong between a [FakeChain] and whoever uses it.
public interface ChainFaults {
  /// What becomes of a submission.
  enum Submission {
    /// It arrives and is answered.
    DELIVERED,
    /// It is answered as accepted and lost.
    DROPPED,
    /// It arrives; no answer comes back.
    REPLY_LOST,
    /// It arrives; the answer is an error.
    ANSWERED_WITH_ERROR,
    /// It arrives twice.
    DUPLICATED,
    /// It arrives some blocks later.
    DELAYED,
    /// The call fails before anything arrives.
    CALL_FAILED,
    /// It arrives, and the call fails afterwards.
    CALL_FAILED_AFTERWARDS
  }

  /// A fork that wins over the newest blocks.
  ///
  /// @param depth blocks that are replaced; final ones never are
  /// @param forgets whether the transactions in them are lost, or wait for a block again
  record Reorganisation(int depth, boolean forgets) {}

  /// Asked once for each submission.
  Submission submission();

  /// Asked once for each other call: whether it fails as if the node asked to slow down.
  boolean failsCall();

  /// Asked once for each status: whether the node pretends not to have seen the transaction.
  boolean hidesTransaction();

  /// Asked before each status.
  @Nullable Reorganisation reorganisation();

  /// Asked for each status of a transaction that is not final: whether the node claims that it can
  /// never land, which is a lie.
  default boolean claimsDeath() {
    return false;
  }

  /// Asked for each balance and each number of transactions: whether the node knows only what is
  /// final.
  default boolean lags() {
    return false;
  }
}
