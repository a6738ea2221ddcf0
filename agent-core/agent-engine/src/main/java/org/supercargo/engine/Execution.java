package org.supercargo.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.payment.PaymentHost;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// What every step of carrying out intents needs: one agent under one lease.
record Execution(
    AgentSpec spec,
    AgentStore store,
    Lease lease,
    Journal journal,
    Map<ChainId, Chain> chains,
    Map<String, SwapVenue> venues,
    List<PaymentHost> hosts,
    Map<ChainId, Address> wallets,
    InstantSource clock) {

  /// Runs `work` in one transaction under the lease.
  void transact(Consumer<StoreTransaction> work) {
    store.transact(
        lease,
        transaction -> {
          work.accept(transaction);
          return lease;
        });
  }

  void append(StoreTransaction transaction, StoredIntent stored, JournalEvent event) {
    journal.append(transaction, stored.id().agent(), stored.id().tick().number(), event);
  }

  /// Ends an intent.
  ///
  /// @param reason null when it settled
  void end(
      StoreTransaction transaction,
      StoredIntent stored,
      IntentState state,
      @Nullable String reason) {
    IntentState current =
        transaction.intent(stored.id()).map(StoredIntent::state).orElse(stored.state());
    transaction.move(stored.id(), current, state);
    if (state != IntentState.SETTLED) {
      transaction.release(stored.id(), Mandate.FEES);
    }
    new FeeBudget(spec.mandate()).settle(transaction, stored);
    append(transaction, stored, new JournalEvent.IntentFinished(stored.id(), state, reason));
  }

  /// Stops the agent from signing anything new until its owner has looked.
  ///
  /// @param cause what is known of why
  void raiseAlarm(StoreTransaction transaction, String what, String cause) {
    journal.append(transaction, spec.id(), 0, new JournalEvent.AlarmRaised(what, cause));
    String before = transaction.alarm(spec.id()).map(old -> old + "; ").orElse("");
    transaction.setAlarm(before + what + " (" + cause + ")");
  }

  Chain chain(Intent intent) {
    Chain chain = chains.get(intent.chain());
    if (chain == null) {
      throw SupercargoException.user(
          "No plugin connects to " + intent.chain().name(), "Configure the chain.");
    }
    return chain;
  }

  /// @throws SupercargoException of category USER when the agent is not connected to it
  PaymentHost host(String name) {
    return hosts.stream()
        .filter(host -> host.host().equals(name))
        .findFirst()
        .orElseThrow(() ->
            SupercargoException.user(
                "Nothing here pays " + name, "Connect to it; see docs/models.md."));
  }

  /// Sends signed bytes once: a payment to its host, everything else to its chain.
  SubmitResult send(Intent intent, SignedTransaction signed) {
    return intent instanceof Intent.Payment payment
        ? host(payment.host()).hand(payment, signed)
        : chain(intent).submit(signed);
  }

  Address wallet(Intent intent) {
    Address wallet = wallets.get(intent.chain());
    if (wallet == null) {
      throw SupercargoException.user(
          "The agent has no wallet on " + intent.chain().name(), "Add one to the agent file.");
    }
    return wallet;
  }

  /// In milliseconds, which every store keeps exactly.
  Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
