package org.supercargo.engine.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.SignedApproval;

/// What can be read. All reads of one view see the same state.
public interface StoreView {
  /// The newest journal row of the agent.
  Optional<JournalRow> lastJournalRow(AgentId agent);

  /// Rows with a sequence above `after`, oldest first, at most `limit`.
  List<JournalRow> journal(AgentId agent, long after, int limit);

  /// Rows of one tick, oldest first.
  List<JournalRow> journalOfTick(AgentId agent, long tick);

  /// The number of the newest tick, 0 when there was none.
  long lastTick(AgentId agent);

  Optional<StoredIntent> intent(IntentId id);

  /// Intents in no final state, oldest first.
  List<StoredIntent> openIntents(AgentId agent);

  /// All attempts of an intent by number.
  List<Attempt> attempts(IntentId id);

  /// The sum of reservations that are not released and that the question asks for.
  BigInteger reserved(BudgetQuestion question);

  /// How many attempts of the agent have signed bytes.
  long signatures(AgentId agent);

  /// What people decided about an intent, in the order in which it came in.
  List<SignedApproval> approvals(IntentId id);

  /// Since when an account stands in the agent's address book.
  Optional<Instant> payeeSince(AgentId agent, Address payee);

  /// What does not add up about the agent, until its owner has looked.
  Optional<String> alarm(AgentId agent);

  /// The number the wallet's next transaction will carry; empty before its first.
  OptionalLong nextNonce(Address wallet);

  /// Non-zero balances by account, then asset.
  List<AccountBalance> balances(AgentId agent);

  /// Entries in the order in which they were posted.
  List<LedgerEntry> entries(AgentId agent);
}
