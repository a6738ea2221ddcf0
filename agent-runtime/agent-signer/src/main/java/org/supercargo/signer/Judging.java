package org.supercargo.signer;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.approval.ApprovalCheck;
import org.supercargo.engine.approval.ApprovalDigest;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.signer.log.SigningLog;
import org.supercargo.signer.log.SigningRecord;

/// Judges a request with the signer's own mandate and the sums of its own log.
///
/// Of the engine's evidence, approvals count by their signatures. Balance, prices, origins and the
/// simulation are the engine's word: a missing one never helps.
record Judging(SigningLog log) {

  /// How it came out.
  sealed interface Judgement {
    /// @param reservations with what this very transaction takes for its fee
    /// @param approvals that counted
    record Allowed(String rule, List<Reservation> reservations, List<SignedApproval> approvals)
        implements Judgement {}

    record Denied(Refused refused) implements Judgement {}
  }

  /// @param replaced the signature whose sums this one would take over, or null
  Judgement judge(Candidate candidate, @Nullable SigningRecord replaced, Instant now) {
    Facts facts = facts(candidate, replaced, now);
    Mandate mandate = candidate.spec().mandate();
    return switch (mandate.judge(candidate.counted(), facts)) {
      case Verdict.Deny deny -> denied(deny.rule(), deny.reason());
      case Verdict.Allow allow -> allowed(candidate, allow, List.of(), facts.now());
      case Verdict.NeedsApproval needed -> approved(candidate, needed, facts);
    };
  }

  private static Judgement approved(
      Candidate candidate, Verdict.NeedsApproval needed, Facts facts) {
    SignRequest request = candidate.request();
    Mandate mandate = candidate.spec().mandate();
    Bytes digest = ApprovalDigest.of(request.id(), candidate.intent(), needed.rule());
    List<SignedApproval> given = request.evidence().approvals();
    Optional<SignedApproval> veto =
        ApprovalCheck.veto(request.id(), digest, mandate, given, facts.now());
    if (veto.isPresent()) {
      return denied(needed.rule(), "rejected by " + veto.get().approver());
    }
    Map<String, Instant> counted =
        ApprovalCheck.counted(request.id(), digest, mandate, given, facts.now());
    return switch (mandate.judge(candidate.counted(), facts.approvedBy(counted))) {
      case Verdict.Deny deny -> denied(deny.rule(), deny.reason());
      case Verdict.NeedsApproval missing -> denied(missing.rule(), missing.reason());
      case Verdict.Allow allow ->
          allowed(
              candidate,
              allow,
              given.stream()
                  .filter(each ->
                      !ApprovalCheck.counted(
                              request.id(), digest, mandate, List.of(each), facts.now())
                          .isEmpty())
                  .toList(),
              facts.now());
    };
  }

  private static Judgement allowed(
      Candidate candidate, Verdict.Allow allow, List<SignedApproval> approvals, Instant now) {
    Mandate mandate = candidate.spec().mandate();
    Intent intent = candidate.counted();
    Verdict.Deny mismatch =
        mandate.judgeEffects(
            intent, allow.rule(), candidate.wallet().address(), candidate.effects(), now);
    if (mismatch != null) {
      return denied(mismatch.rule(), mismatch.reason());
    }
    Evidence evidence = candidate.request().evidence();
    Verdict.Deny excess =
        mandate.judgeSimulation(intent, candidate.effects(), evidence.simulation());
    if (excess != null) {
      return denied(excess.rule(), excess.reason());
    }
    return new Judgement.Allowed(
        allow.rule(),
        Charges.of(allow.reservations(), mandate.feeOf(intent, candidate.effects())),
        approvals);
  }

  private Facts facts(Candidate candidate, @Nullable SigningRecord replaced, Instant now) {
    AgentSpec spec = candidate.spec();
    Intent intent = candidate.counted();
    var spent = new HashMap<BudgetKey, BigInteger>();
    for (BudgetKey key : spec.mandate().budgets()) {
      spent.put(key, log.spent(BudgetQuestion.of(spec.id(), key, intent, now), replaced));
    }
    Evidence evidence = candidate.request().evidence();
    return new Facts(
        now,
        spent,
        payeeSince(spec, intent),
        evidence.balance(),
        evidence.prices(),
        evidence.origins(),
        Map.of());
  }

  private @Nullable Instant payeeSince(AgentSpec spec, Intent intent) {
    return intent.accounts().stream()
        .map(account -> log.payeeSince(spec.id(), account))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private static Judgement denied(String rule, String reason) {
    return new Judgement.Denied(new Refused(rule, reason));
  }
}
