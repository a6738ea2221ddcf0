package org.supercargo.testkit.simulation;

/// What goes wrong in the world, and how likely it is at each place where it can.
///
/// This is the fault model. Within it, and with nodes of which at least one does not lie, nothing
/// may be paid twice or lost. Outside it are: two nodes of one chain that tell the same lie, final
/// blocks that are replaced, a signer whose log is cut, and a signer whose own clock is wrong.
enum Fault {
  /// The process ends before, within or after a call of the store, the signer, a chain or a model.
  CRASH(2),
  /// The process stands still for longer than its lease, and others may take over.
  STALL(1),
  /// A transaction of the store does not commit, and the process is told so.
  STORE_FAILS(2),
  /// A transaction of the store commits, and the process is told that nobody knows.
  STORE_ANSWER_LOST(2),
  /// A request does not reach the signer.
  SIGNER_UNREACHABLE(10),
  /// The signer answers, and the answer is lost.
  SIGNER_ANSWER_LOST(10),
  /// A submission is dropped, duplicated, delayed, or answered with an error or not at all.
  SUBMISSION(150),
  /// A node asks to slow down.
  NODE_BUSY(15),
  /// A node has not seen what is there.
  NODE_BLIND(15),
  /// A node answers from older blocks.
  NODE_LAGS(30),
  /// One of two nodes calls a transaction dead that may still land.
  NODE_LIES(20),
  /// Another fork wins over blocks that are not final.
  FORK(8),
  /// The owner stops the signer for a while.
  STOP(3),
  /// The store is put back to an older state.
  RESTORE(1),
  /// The clock of a process is wrong by up to an hour.
  WRONG_CLOCK(100);

  private final int perMille;

  Fault(int perMille) {
    this.perMille = perMille;
  }

  int perMille() {
    return perMille;
  }
}
