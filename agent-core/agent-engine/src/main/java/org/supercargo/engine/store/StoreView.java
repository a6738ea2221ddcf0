package org.supercargo.engine.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.memory.MemoryNote;

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

  /// The sum of the agent's postings of `asset`, debits less credits, to every account whose name
  /// begins with `accountPrefix`, of entries whose time is at or after `since`; 0 when there are
  /// none. Reads the entries of that time, not the whole book.
  ///
  /// @param accountPrefix compared character by character, so that case counts and no character
  ///   stands for others; the empty text begins every name
  /// @param since [Instant#MIN] for everything
  /// @throws IllegalArgumentException if the prefix has a NUL or half a surrogate pair
  BigInteger spent(AgentId agent, String accountPrefix, AssetId asset, Instant since);

  /// What the agent noted, newest first: in the order of writing, whatever time a note carries.
  ///
  /// @param limit how many at the most; 0 and more
  /// @throws IllegalArgumentException if the limit is negative
  List<MemoryNote> notes(AgentId agent, int limit);

  /// What a standing order of the agent has done; empty before it acted once.
  ///
  /// @param order its name, compared character by character
  /// @throws IllegalArgumentException if the name has a NUL or half a surrogate pair
  Optional<ActedOrder> order(AgentId agent, String order);
}
