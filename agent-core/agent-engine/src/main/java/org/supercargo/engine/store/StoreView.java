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

  /// The sum of reservations under a rule in a unit made at or after `since` and not released.
  BigInteger reserved(AgentId agent, String rule, AssetId unit, Instant since);

  /// The number the wallet's next transaction will carry; empty before its first.
  OptionalLong nextNonce(Address wallet);

  /// Non-zero balances by account, then asset.
  List<AccountBalance> balances(AgentId agent);

  /// Entries in the order in which they were posted.
  List<LedgerEntry> entries(AgentId agent);
}
