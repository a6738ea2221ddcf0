package org.supercargo.api.journal;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.model.ChatReply;

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

  /// The planner asked the model. A decision: a replay must ask the same.
  ///
  /// @param digest SHA-256 of the canonical request
  record ModelAsked(String digest, int messages) implements OfTick {}

  /// The model's reply, stored before it is used.
  record ModelReplied(ChatReply reply) implements OfTick {}

  /// A call was not admitted. A decision.
  record CallRejected(ActionCall call, String reason) implements OfTick {}

  /// A read action's result.
  record ActionReturned(ActionCall call, ActionResult result) implements OfTick {}

  /// An effect action proposed this intent.
  record IntentProposed(ActionCall call, IntentId id, Intent intent) implements OfTick {}

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
    /// The planner could not make sense of the goal.
    NOT_UNDERSTOOD,
    /// An effect failed on its chain.
    FAILED,
    /// Whether value moved is not known yet.
    UNRESOLVED,
    /// The model did not give a usable reply.
    MODEL_FAILED,
    /// A limit of the tick was reached.
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

  /// The books were compared with a chain, and the difference, if any, was booked.
  record BalanceObserved(
      ChainId chain, AssetId asset, BigInteger onChain, BigInteger inBooks, String booked)
      implements OfExecution {}
}
