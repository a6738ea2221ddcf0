package org.supercargo.store;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// One agent and the transactions that tests of a store write for it.
final class Rig {
  static final AgentId AGENT = new AgentId("rig");
  static final Address WALLET = new Address(ChainId.BASE, "0xRig");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");
  static final Duration MINUTE = Duration.ofMinutes(1);

  private Rig() {}

  /// Writes transaction `number` of the agent: a row, an entry and a wallet number that agree.
  static boolean write(StoreTransaction transaction, long number) {
    transaction.append(
        new JournalRow(AGENT, number, number, NOW, "Observed", "{\"of\":" + number + "}", ""));
    transaction.setNextNonce(WALLET, number);
    return transaction.post(
        new LedgerEntry(
            AGENT,
            "key " + number,
            NOW,
            "",
            "",
            List.of(
                new Posting("a", AssetId.USD, BigInteger.ONE),
                new Posting("b", AssetId.USD, BigInteger.ONE.negate()))));
  }

  /// An intent that waits for people.
  static StoredIntent asked() {
    return asked(AGENT);
  }

  static StoredIntent asked(AgentId agent) {
    var coin = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
    var payee = new Payee("alice", new Address(ChainId.BASE, "0xA11CE"), Provenance.OWNER);
    return new StoredIntent(
        new IntentId(new TickId(agent, 1), 0),
        new Intent.Transfer(payee, Amount.ofBaseUnits(coin, 1), ""),
        "pay people",
        Map.of(),
        IntentState.AWAITING,
        NOW);
  }

  static boolean ask(StoreTransaction transaction) {
    return ask(transaction, asked());
  }

  static boolean ask(StoreTransaction transaction, StoredIntent asked) {
    transaction.insert(asked);
    return true;
  }

  static SignedApproval approval(String approver) {
    return approval(asked(), approver);
  }

  static SignedApproval approval(StoredIntent asked, String approver) {
    return new SignedApproval(asked.id(), Bytes.EMPTY, approver, true, NOW, Bytes.EMPTY);
  }

  /// Everything a log would show of a failure.
  static String printed(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
