package org.supercargo.signer;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.intent.IntentId;
import org.supercargo.engine.approval.ApprovalDigest;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.signer.log.SigningLog;
import org.supercargo.signer.log.SigningRecord;
import org.supercargo.signer.log.SigningStep;

/// Compares a request with what is signed already.
///
/// For one intent one approval and one movement may land, and no more. Another of a kind is signed
/// if the earlier one is excluded by it, which the bytes prove, or if the engine has seen it die.
/// The engine may lie about deaths, so a signature after a death counts in every budget beside the
/// dead one: the lie gains nothing that another intent would not.
record Conflicts(SigningLog log) {
  private static final String INTENT = "one proposal per intent";
  private static final String EFFECT = "one effect per intent";
  private static final String TRANSACTION = "one intent per transaction";

  /// Why it may not be signed, or null.
  ///
  /// @param before what was signed for the intent, oldest first
  @Nullable Refused refusal(Candidate candidate, List<SigningRecord> before) {
    Optional<IntentId> other =
        log.signedFor(candidate.wallet().address(), candidate.request().unsigned());
    if (other.isPresent()) {
      return new Refused(
          TRANSACTION,
          "the same transaction is signed for " + other.get() + " already and lands only once");
    }
    for (SigningRecord earlier : before) {
      boolean isRival = earlier.step() == SigningStep.MOVE || earlier.step() == candidate.step();
      if (isRival && !isOut(earlier, candidate)) {
        return new Refused(EFFECT, "an earlier transaction of this intent may still land");
      }
    }
    return before.stream().allMatch(earlier -> isSameProposal(earlier, candidate))
        ? null
        : new Refused(INTENT, candidate.request().id() + " was signed for another proposal");
  }

  /// The signature whose sums this one takes over, because both together move no more than one: the
  /// last one of the intent, if this excludes it or is the movement it prepares.
  @Nullable SigningRecord replaced(Candidate candidate, List<SigningRecord> before) {
    if (before.isEmpty()) {
      return null;
    }
    SigningRecord last = before.getLast();
    boolean isRepeated =
        last.step() == candidate.step()
            && last.excludes(candidate.wallet().address(), candidate.exclusion());
    boolean isPrepared =
        last.step() == SigningStep.APPROVE
            && candidate.step() == SigningStep.MOVE
            && !isDead(last, candidate);
    return isRepeated || isPrepared ? last : null;
  }

  private static boolean isOut(SigningRecord earlier, Candidate candidate) {
    return earlier.excludes(candidate.wallet().address(), candidate.exclusion())
        || isDead(earlier, candidate);
  }

  private static boolean isDead(SigningRecord earlier, Candidate candidate) {
    return candidate.request().evidence().deaths().stream()
        .anyMatch(death -> death.attempt() == earlier.attempt());
  }

  private static boolean isSameProposal(SigningRecord earlier, Candidate candidate) {
    return digest(candidate.request().id(), earlier.proposal())
        .equals(digest(candidate.request().id(), candidate.intent()));
  }

  /// Whatever the payee is called now.
  private static Bytes digest(IntentId id, org.supercargo.api.intent.Intent intent) {
    return ApprovalDigest.of(id, intent, "");
  }
}
