package org.supercargo.testkit.simulation;

import java.util.HashSet;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.intent.IntentState;
import org.supercargo.engine.approval.ApprovalDigest;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.FakeApprover;

/// Those who approve or reject what waits for them, or forget it.
final class People {
  private record Decision(String intent, String approver) {}

  private final World world;
  private final Set<Decision> decided = new HashSet<>();

  People(World world) {
    this.world = world;
  }

  /// Somebody may look at what waits.
  void look(Captain captain) {
    for (StoredIntent waiting : waiting(captain)) {
      FakeApprover approver = Charter.APPROVERS.get(world.chance.below(Charter.APPROVERS.size()));
      int dice = world.chance.below(20);
      if (dice < 16) {
        decide(captain, waiting, approver, dice > 0);
      }
    }
  }

  /// Everybody decides at once.
  void decideAll(Captain captain) {
    for (StoredIntent waiting : waiting(captain)) {
      for (FakeApprover approver : Charter.APPROVERS) {
        decide(captain, waiting, approver, true);
      }
    }
  }

  /// What was put back may be decided again.
  void forget() {
    decided.clear();
  }

  private java.util.List<StoredIntent> waiting(Captain captain) {
    return world.store.read(view -> view.openIntents(captain.id)).stream()
        .filter(intent -> intent.state() == IntentState.AWAITING)
        .toList();
  }

  private void decide(
      Captain captain, StoredIntent waiting, FakeApprover approver, boolean approves) {
    if (!decided.add(new Decision(waiting.id().toString(), approver.name()))) {
      return;
    }
    Bytes digest = ApprovalDigest.of(waiting.id(), waiting.intent(), waiting.rule());
    world.tally.add(approves ? Tally.Count.APPROVED : Tally.Count.VETOED);
    world.story.tell(
        captain.name,
        () -> approver.name() + (approves ? " approves " : " rejects ") + waiting.id());
    world.store.note(
        approves
            ? approver.approve(waiting.id(), digest, world.clock.instant())
            : approver.reject(waiting.id(), digest, world.clock.instant()));
  }
}
