package org.supercargo.engine.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.file.Ed25519Key;

/// Tells which decisions of people count.
public final class ApprovalCheck {
  /// How far an approver's clock may be ahead of ours.
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private ApprovalCheck() {}

  /// Approvals that count: when each approver approved.
  ///
  /// @param digest of the proposal, see [ApprovalDigest]
  public static Map<String, Instant> counted(
      IntentId id,
      Bytes digest,
      Mandate mandate,
      Collection<SignedApproval> approvals,
      Instant now) {
    var counted = new LinkedHashMap<String, Instant>();
    for (SignedApproval approval : approvals) {
      if (approval.approves() && isValid(approval, id, digest, mandate, now)) {
        // The later one, so that nobody shortens a delay by an older paper.
        counted.merge(
            approval.approver(), approval.at(), (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return counted;
  }

  /// A veto that counts, if there is one.
  public static Optional<SignedApproval> veto(
      IntentId id,
      Bytes digest,
      Mandate mandate,
      Collection<SignedApproval> approvals,
      Instant now) {
    return approvals.stream()
        .filter(approval -> !approval.approves())
        .filter(approval -> isValid(approval, id, digest, mandate, now))
        .findFirst();
  }

  private static boolean isValid(
      SignedApproval approval, IntentId id, Bytes digest, Mandate mandate, Instant now) {
    Bytes key = mandate.approvers().get(approval.approver());
    return key != null
        && approval.intent().equals(id)
        && approval.digest().equals(digest)
        && !approval.at().isAfter(now.plus(AHEAD))
        && new Ed25519Key(key).verifies(approval.payload(), approval.signature());
  }
}
