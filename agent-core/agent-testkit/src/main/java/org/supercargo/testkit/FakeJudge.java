package org.supercargo.testkit;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
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

/// How a [FakeSigner] judges: with the owner's file, its own memory, and the bytes themselves.
///
/// @param spec as the signer read it
record FakeJudge(AgentSpec spec, SignedBefore memory, Instant now) {
  private static final String REQUEST = "request";
  private static final String INTENT = "one proposal per intent";
  private static final String EFFECT = "one effect per intent";
  private static final String TRANSACTION = "one intent per transaction";

  /// A judgement that came out well.
  ///
  /// @param replaces signatures whose sums the new one takes over
  /// @param charges what the sums count for it
  record Allowed(
      Intent proposal,
      String rule,
      boolean moves,
      List<Reservation> reservations,
      List<Reservation> charges,
      List<SignedBefore.Entry> replaces) {}

  /// Either what is allowed or why not.
  record Outcome(@Nullable Allowed allowed, @Nullable Refused refused) {}

  private static Outcome refuse(String rule, String reason) {
    return new Outcome(null, new Refused(rule, reason));
  }

  Outcome judge(SignRequest request, Address wallet, FakeCodec codec) {
    Intent intent = proposal(request.intent());
    if (intent == null || !intent.chain().equals(request.chain())) {
      return refuse(REQUEST, "the agent file knows the chain or an asset otherwise");
    }
    List<Effect> effects =
        codec.decode(request.chain(), request.unsigned(), wallet, DecodingHints.of(intent));
    boolean moves = effects.stream().noneMatch(Effect.Approval.class::isInstance);
    String exclusion = exclusion(request, wallet, codec);
    Refused conflict = conflict(request, intent, moves, exclusion);
    if (conflict != null) {
      return new Outcome(null, conflict);
    }
    List<SignedBefore.Entry> replaces = replaced(request, moves, exclusion);
    return switch (verdict(request, intent, replaces)) {
      case Verdict.Deny deny -> refuse(deny.rule(), deny.reason());
      case Verdict.NeedsApproval needs -> refuse(needs.rule(), needs.reason());
      case Verdict.Allow allow -> {
        Verdict.Deny denial = judgeBytes(request, intent, allow.rule(), wallet, effects);
        yield denial == null
            ? new Outcome(allowed(intent, allow, moves, effects, replaces), null)
            : refuse(denial.rule(), denial.reason());
      }
    };
  }

  private static @Nullable String exclusion(SignRequest request, Address wallet, FakeCodec codec) {
    try {
      return codec.exclusion(request.chain(), request.unsigned(), wallet).orElse(null);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The intent with the signer's own view of payees, or null when an asset is another one here.
  private @Nullable Intent proposal(Intent claimed) {
    return switch (claimed) {
      case Intent.Transfer transfer ->
          knows(transfer.amount())
              ? new Intent.Transfer(payee(transfer.payee()), transfer.amount(), transfer.memo())
              : null;
      case Intent.Payment payment ->
          knows(payment.amount())
              ? new Intent.Payment(
                  payee(payment.payee()),
                  payment.amount(),
                  payment.host(),
                  payment.resource(),
                  payment.terms())
              : null;
      case Intent.Swap swap -> knows(swap.sell()) && knows(swap.minimum()) ? swap : null;
      case Intent.Call call -> knows(call.spends()) && knows(call.value()) ? call : null;
      case Intent.Order _ -> null;
    };
  }

  private boolean knows(Amount amount) {
    return spec.asset(amount.asset().id()).filter(amount.asset()::equals).isPresent();
  }

  private Payee payee(Payee claimed) {
    Address address = claimed.address();
    return spec.addressBook()
        .nameOf(address)
        .map(name -> new Payee(name, address, Provenance.MANDATE))
        .orElseGet(() -> new Payee(address.text(), address, Provenance.MODEL));
  }

  /// Whether an earlier signature stands in the way.
  private @Nullable Refused conflict(
      SignRequest request, Intent intent, boolean moves, @Nullable String exclusion) {
    if (memory.signedFor(request.unsigned()).isPresent()) {
      return new Refused(TRANSACTION, "the same transaction is signed already");
    }
    for (SignedBefore.Entry before : memory.of(request.id())) {
      if (!before.given().proposal().equals(intent)) {
        return new Refused(INTENT, request.id() + " was signed for another proposal");
      }
      boolean standsInTheWay = before.given().completes() || !moves;
      if (standsInTheWay && !isDead(request, before) && !before.excludes(exclusion)) {
        return new Refused(EFFECT, "an earlier transaction of this intent may still land");
      }
    }
    return null;
  }

  private static boolean isDead(SignRequest request, SignedBefore.Entry before) {
    return request.evidence().deaths().stream()
        .anyMatch(death -> death.attempt() == before.given().attempt());
  }

  /// A movement takes over the sums of the approval before it, and of what it excludes. What is
  /// dead by the engine's word alone goes on counting.
  private List<SignedBefore.Entry> replaced(
      SignRequest request, boolean moves, @Nullable String exclusion) {
    return memory.of(request.id()).stream()
        .filter(before ->
            before.excludes(exclusion)
                || (moves && !before.given().completes() && !isDead(request, before)))
        .toList();
  }

  private Verdict verdict(SignRequest request, Intent intent, List<SignedBefore.Entry> replaces) {
    Mandate mandate = spec.mandate();
    Facts facts = facts(request, intent, replaces);
    Verdict verdict = mandate.judge(intent, facts);
    if (!(verdict instanceof Verdict.NeedsApproval needs)) {
      return verdict;
    }
    Bytes digest = ApprovalDigest.of(request.id(), intent, needs.rule());
    List<SignedApproval> given = request.evidence().approvals();
    Optional<SignedApproval> veto = ApprovalCheck.veto(request.id(), digest, mandate, given, now);
    if (veto.isPresent()) {
      return new Verdict.Deny(
          needs.rule(), "rejected by " + veto.get().approver(), List.of("propose it anew"));
    }
    return mandate.judge(
        intent, facts.approvedBy(ApprovalCheck.counted(request.id(), digest, mandate, given, now)));
  }

  private Facts facts(SignRequest request, Intent intent, List<SignedBefore.Entry> replaces) {
    var spent = new HashMap<BudgetKey, BigInteger>();
    for (BudgetKey key : spec.mandate().budgets()) {
      spent.put(key, memory.spent(BudgetQuestion.of(spec.id(), key, intent, now), replaces));
    }
    Evidence evidence = request.evidence();
    return new Facts(
        now,
        spent,
        intent.accounts().stream()
            .map(memory::since)
            .filter(since -> since != null)
            .findFirst()
            .orElse(null),
        evidence.balance(),
        evidence.prices(),
        evidence.origins(),
        Map.of());
  }

  private Verdict.@Nullable Deny judgeBytes(
      SignRequest request, Intent intent, String rule, Address wallet, List<Effect> effects) {
    Verdict.Deny denial = spec.mandate().judgeEffects(intent, rule, wallet, effects, now);
    if (denial != null) {
      return denial;
    }
    return spec.mandate().judgeSimulation(intent, effects, request.evidence().simulation());
  }

  private Allowed allowed(
      Intent intent,
      Verdict.Allow allow,
      boolean moves,
      List<Effect> effects,
      List<SignedBefore.Entry> replaces) {
    var reservations = new ArrayList<Reservation>();
    for (Reservation each : allow.reservations()) {
      if (!each.rule().equals(Mandate.FEES)) {
        reservations.add(each);
      }
    }
    Reservation fee = intent.transactions() == 0 ? null : spec.mandate().feeOf(intent, effects);
    if (fee != null) {
      reservations.add(fee);
    }
    var charges = new ArrayList<>(reservations);
    for (SignedBefore.Entry before : replaces) {
      // An approval's fee is spent besides; of two that exclude each other one is.
      if (!before.given().completes() && moves) {
        before.charges().stream()
            .filter(charge -> charge.rule().equals(Mandate.FEES))
            .forEach(charges::add);
      }
    }
    return new Allowed(intent, allow.rule(), moves, reservations, charges, replaces);
  }
}
