package org.supercargo.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoredIntent;

/// Rows of the tables as values.
record Rows(DomainJson json) {
  static final String IS_INTENT = "agent = :agent and tick = :tick and sequence = :sequence";

  JournalRow journal(ResultSet row) throws SQLException {
    return new JournalRow(
        new AgentId(row.getString("agent")),
        row.getLong("sequence"),
        row.getLong("tick"),
        EpochNanoseconds.toInstant(row.getLong("at_nanos")),
        row.getString("event_type"),
        row.getString("payload"),
        row.getString("hash"));
  }

  /// JSON of a map needs a type to be read as.
  private record Origins(Map<Field, Provenance> origins) {}

  String origins(StoredIntent intent) {
    return json.write(new Origins(intent.origins()));
  }

  @Nullable String simulation(Attempt attempt) {
    return attempt.simulation() == null ? null : json.write(attempt.simulation());
  }

  StoredIntent intent(ResultSet row) throws SQLException {
    return new StoredIntent(
        intentId(row),
        json.read(row.getString("payload"), Intent.class),
        row.getString("rule_name"),
        json.read(row.getString("origins"), Origins.class).origins(),
        IntentState.valueOf(row.getString("state")),
        EpochNanoseconds.toInstant(row.getLong("at_nanos")));
  }

  Attempt attempt(ResultSet row) throws SQLException {
    byte @Nullable [] signed = row.getBytes("signed_bytes");
    @Nullable String simulation = row.getString("simulation");
    return new Attempt(
        intentId(row),
        row.getInt("number"),
        AttemptState.valueOf(row.getString("state")),
        row.getInt("completes") == 1,
        Bytes.of(row.getBytes("unsigned_bytes")),
        json.read(row.getString("validity"), Validity.class),
        new BigInteger(row.getString("fee")),
        simulation == null ? null : json.read(simulation, Simulation.class),
        transaction(row.getString("transaction_chain"), row.getString("transaction_id")),
        signed == null ? null : Bytes.of(signed),
        EpochNanoseconds.toInstant(row.getLong("at_nanos")));
  }

  static SignedApproval approval(ResultSet row) throws SQLException {
    return new SignedApproval(
        intentId(row),
        Bytes.of(row.getBytes("digest")),
        row.getString("approver"),
        row.getInt("approves") == 1,
        EpochNanoseconds.toInstant(row.getLong("at_nanos")),
        Bytes.of(row.getBytes("signature")));
  }

  static Reservation reservation(ResultSet row) throws SQLException {
    return new Reservation(
        row.getString("rule_name"),
        AssetId.parse(row.getString("unit")),
        new BigInteger(row.getString("amount")),
        row.getString("counterparty"),
        AssetId.parse(row.getString("asset")));
  }

  Posting posting(ResultSet row) throws SQLException {
    return new Posting(
        row.getString("account"),
        AssetId.parse(row.getString("asset")),
        new BigInteger(row.getString("amount")));
  }

  LedgerEntry entry(ResultSet row, List<Posting> postings) throws SQLException {
    return new LedgerEntry(
        new AgentId(row.getString("agent")),
        row.getString("entry_key"),
        EpochNanoseconds.toInstant(row.getLong("at_nanos")),
        row.getString("description"),
        row.getString("reference"),
        postings);
  }

  static MemoryNote note(ResultSet row) throws SQLException {
    return new MemoryNote(
        row.getString("words"),
        Provenance.valueOf(row.getString("source")),
        row.getLong("tick"),
        EpochNanoseconds.toInstant(row.getLong("at_nanos")));
  }

  static ActedOrder actedOrder(ResultSet row) throws SQLException {
    return new ActedOrder(
        row.getInt("times"), EpochNanoseconds.toInstant(row.getLong("last_nanos")));
  }

  static BigInteger integer(ResultSet row, int column) throws SQLException {
    return new BigInteger(row.getString(column));
  }

  /// CAIP-10: the chain and the address.
  static String account(Address wallet) {
    return StorableText.of(wallet.chain() + ":" + wallet.text());
  }

  private static IntentId intentId(ResultSet row) throws SQLException {
    return new IntentId(
        new TickId(new AgentId(row.getString("agent")), row.getLong("tick")),
        row.getInt("sequence"));
  }

  private static @Nullable TransactionId transaction(@Nullable String chain, @Nullable String id) {
    if (chain == null || id == null) {
      return null;
    }
    int colon = chain.indexOf(':');
    return new TransactionId(
        new ChainId(chain.substring(0, colon), chain.substring(colon + 1)), id);
  }
}
