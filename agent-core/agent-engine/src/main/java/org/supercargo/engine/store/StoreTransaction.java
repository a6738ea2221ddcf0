package org.supercargo.engine.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.memory.MemoryNote;

/// Reads and writes that happen together or not at all. Never held over I/O.
///
/// Every row written belongs to the leased agent; a row of another one is refused with an
/// IllegalArgumentException, and so is text with a NUL or half a surrogate pair.
public interface StoreTransaction extends StoreView {
  /// How many notes an agent keeps.
  int MOST_NOTES = 1_000;

  /// Appends the row.
  ///
  /// @throws IllegalStateException if its sequence is not the next one
  void append(JournalRow row);

  /// Stores a new intent.
  ///
  /// @throws IllegalStateException if the id exists
  void insert(StoredIntent intent);

  /// Moves an intent on.
  ///
  /// @throws IllegalStateException if it is not in `from`
  void move(IntentId id, IntentState from, IntentState to);

  /// Takes budget for an intent.
  ///
  /// @throws IllegalStateException if the intent does not exist
  void reserve(IntentId id, Reservation reservation, Instant at);

  /// Changes what an intent has reserved under one rule in one unit; its time stays.
  ///
  /// @throws IllegalStateException if it has reserved nothing there, or has given it back
  void adjust(IntentId id, Reservation reservation);

  /// Gives back everything the intent reserved, but for what it reserved under one rule.
  ///
  /// @param except the rule that keeps its share
  void release(IntentId id, String except);

  /// Sets which accounts stand in the agent's address book. Those that did before keep their time;
  /// those that are gone lose it.
  void knowPayees(Set<Address> payees, Instant at);

  /// Sets or, with null, clears the agent's alarm.
  void setAlarm(@Nullable String what);

  /// Stores a new attempt.
  ///
  /// @throws IllegalStateException if its number exists, or its intent does not
  void insert(Attempt attempt);

  /// Replaces an attempt's state, transaction and signed bytes.
  ///
  /// @throws IllegalStateException if the stored attempt is not in `from`
  void update(Attempt attempt, AttemptState from);

  /// Sets the wallet's next transaction number.
  void setNextNonce(Address wallet, long next);

  /// Posts an entry once.
  ///
  /// @return false if an entry with this key was posted before; nothing changes then
  boolean post(LedgerEntry entry);

  /// Keeps a note of the leased agent, also when it says what another one says. Of more than
  /// [#MOST_NOTES] the ones written first are dropped.
  void remember(MemoryNote note);

  /// Takes note that a standing order of the leased agent acts once more.
  ///
  /// @param at the moment it acts for
  /// @throws IllegalStateException if it acted for this moment or a later one before
  void actOn(String order, Instant at);
}
