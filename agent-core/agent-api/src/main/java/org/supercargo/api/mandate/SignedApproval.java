package org.supercargo.api.mandate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.supercargo.api.Bytes;
import org.supercargo.api.intent.IntentId;

/// What a person decided about one proposal, signed with that person's own key.
///
/// @param digest SHA-256 of the proposal and of what was shown, so that nothing else is approved
/// @param approver name from [Mandate#approvers()]
/// @param approves false for a veto, which ends the proposal
/// @param at by the approver's clock
/// @param signature Ed25519 (64 bytes) over [#payload()]
public record SignedApproval(
    IntentId intent, Bytes digest, String approver, boolean approves, Instant at, Bytes signature) {
  public SignedApproval {
    requireNonNull(intent, "intent is null");
    requireNonNull(digest, "digest is null");
    requireNonNull(approver, "approver is null");
    requireNonNull(at, "at is null");
    requireNonNull(signature, "signature is null");
  }

  /// The bytes that are signed. They begin as no transaction and no message of any chain does.
  public static Bytes payload(
      IntentId intent, Bytes digest, String approver, boolean approves, Instant at) {
    String text =
        String.join(
            "\n",
            "supercargo approval 1",
            intent.toString(),
            digest.hex(),
            approver,
            approves ? "approve" : "reject",
            at.toString());
    return Bytes.of(text.getBytes(UTF_8));
  }

  public Bytes payload() {
    return payload(intent, digest, approver, approves, at);
  }
}
