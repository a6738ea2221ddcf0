package org.supercargo.api.journal;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.mandate.ApprovalTerms;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.Prompt;
import org.supercargo.api.plan.SubGoal;

/// Something an agent did or learned. Together with the agent file, the events of a tick are enough
/// to run it again and come to the same decisions.
public sealed interface JournalEvent {
  /// Events of the tick itself, in an order the tick's code fixes. A replay walks these.
  sealed interface OfTick extends JournalEvent {}

  /// Events of transactions, written by whoever drives an intent: the tick or the sweeper.
  sealed interface OfExecution extends JournalEvent {}

  /// A tick began.
  ///
  /// @param agentFile digest of the agent file in force
  record TickStarted(String goal, String agentFile, String model) implements OfTick {}

  /// A model was chosen for a step and is asked. The choice is taken from the record; that the
  /// prompt is the same is checked.
  ///
  /// @param model the card's reference, such as `deepseek/deepseek-flash`
  /// @param longestReply tokens the reply may have; 0 for the backend's own limit
  /// @param reason why this one
  /// @param atMost what the call can cost; booked if no reply is ever stored
  /// @param tokensAtMost what it can use
  record ModelAsked(
      String model,
      Effort effort,
      int longestReply,
      String reason,
      Amount atMost,
      long tokensAtMost,
      Prompt prompt)
      implements OfTick {}

  /// The model's reply, stored before it is used.
  record ModelReplied(ChatReply reply) implements OfTick {}

  /// The process died between asking and storing the reply. The call counts with all it could cost.
  record ModelReplyLost(String model) implements OfTick {}

  /// No model is asked: the budget is spent, none is able, or those that are have failed.
  ///
  /// @param cause `BUDGET`, `NO_MODEL`, or the name of the last failure or defect
  record ModelWithheld(String cause, String reason) implements OfTick {}

  /// What the provider attests of the model that decides.
  ///
  /// @param attestation null when it attested nothing
  record ModelAttested(String model, @Nullable Attestation attestation, String detail)
      implements OfTick {}

  /// A cheaper model failed in a way that shows; a dearer one takes over. A decision.
  record ModelEscalated(int tier, String reason) implements OfTick {}

  /// Repeats were taken out of the conversation, so that they prime no others. A decision.
  ///
  /// @param messages how many
  record RepeatsRemoved(int messages, String reason) implements OfTick {}

  /// The goal was divided. A decision.
  record GoalDivided(List<SubGoal> parts) implements OfTick {
    public GoalDivided {
      parts = List.copyOf(parts);
    }
  }

  /// A part of the goal, or all of it, was checked against what has to hold. A decision.
  ///
  /// @param part name of the sub-goal; empty for the whole goal
  /// @param by what checked it: `facts`, or the model that reviewed
  /// @param objection empty if it is met
  record WorkReviewed(String part, String by, String objection) implements OfTick {}

  /// What was recalled for the goal.
  record MemoryRecalled(List<MemoryNote> notes) implements OfTick {
    public MemoryRecalled {
      notes = List.copyOf(notes);
    }
  }

  /// A note for later runs.
  record MemoryWritten(MemoryNote note) implements OfTick {}

  /// A standing order looked at the market.
  ///
  /// @param price that was seen, in words; empty if the order needs none
  /// @param due whether it acts now
  record OrderChecked(String order, String price, boolean due, String reason) implements OfTick {}

  /// A call was not admitted. A decision.
  record CallRejected(ActionCall call, String reason) implements OfTick {}

  /// A read action's result.
  record ActionReturned(ActionCall call, ActionResult result) implements OfTick {}

  /// An effect action proposed this intent.
  ///
  /// @param origins where its parts came from
  record IntentProposed(ActionCall call, IntentId id, Intent intent, Map<Field, Provenance> origins)
      implements OfTick {
    public IntentProposed {
      origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    }
  }

  /// The mandate judged an intent. A decision on recorded facts.
  record IntentJudged(IntentId id, Facts facts, Verdict verdict) implements OfTick {}

  /// What the planner was told of an intent in the end.
  record IntentConcluded(IntentId id, ActionResult result) implements OfTick {}

  /// The tick is over. A decision.
  record TickEnded(Outcome outcome, String text) implements OfTick {}

  /// How a tick ended.
  enum Outcome {
    /// The goal is answered.
    DONE,
    /// Everything was understood; a rule refused part or all of it.
    REFUSED,
    /// Everything was understood; people have to approve part or all of it.
    AWAITING_APPROVAL,
    /// The planner could not make sense of the goal.
    NOT_UNDERSTOOD,
    /// An effect failed on its chain.
    FAILED,
    /// Whether value moved is not known yet.
    UNRESOLVED,
    /// The model did not give a usable reply.
    MODEL_FAILED,
    /// The planner says that it is done, and what has to hold does not.
    NOT_MET,
    /// A limit of the tick or a budget was reached.
    LIMIT_REACHED
  }

  /// Bytes were built, decoded and simulated.
  record TransactionPrepared(IntentId id, int attempt, List<Effect> effects, Simulation simulation)
      implements OfExecution {}

  /// The check of effects or the signer refused the bytes.
  record TransactionRefused(IntentId id, int attempt, String by, String rule, String reason)
      implements OfExecution {}

  record TransactionSigned(IntentId id, int attempt, TransactionId transaction)
      implements OfExecution {}

  record TransactionSent(IntentId id, int attempt, TransactionId transaction, String answer)
      implements OfExecution {}

  record TransactionFinal(IntentId id, int attempt, Receipt receipt) implements OfExecution {}

  /// Proved that the transaction can never land.
  record TransactionDead(IntentId id, int attempt, TransactionId transaction, String proof)
      implements OfExecution {}

  record IntentFinished(IntentId id, IntentState state, @Nullable String reason)
      implements OfExecution {}

  /// People are asked, and shown what the bytes would do.
  ///
  /// @param effects decoded from bytes built for this; other bytes with the same effects are signed
  ///   later
  /// @param digest what an approval has to name
  record ApprovalRequested(
      IntentId id,
      Intent intent,
      String rule,
      ApprovalTerms terms,
      List<Effect> effects,
      Simulation simulation,
      Bytes digest)
      implements OfExecution {}

  /// A verified approval or veto was taken note of.
  record ApprovalCounted(SignedApproval approval) implements OfExecution {}

  /// An intent that the signer has signed for and these books had lost is in them again.
  record IntentRecovered(IntentId id, Intent intent, String rule) implements OfExecution {}

  /// Something does not add up. The agent proposes nothing more until its owner has looked.
  ///
  /// @param cause what is known of it
  record AlarmRaised(String what, String cause) implements OfExecution {}

  /// The owner has looked.
  record AlarmCleared(String note) implements OfExecution {}

  /// The books were compared with a chain, and the difference, if any, was booked.
  record BalanceObserved(
      ChainId chain, AssetId asset, BigInteger onChain, BigInteger inBooks, String booked)
      implements OfExecution {}
}
