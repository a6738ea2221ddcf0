package org.supercargo.cli.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.model.ChatReply;
import org.supercargo.engine.Journal;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.StoreView;
import org.supercargo.store.SqlAgentStore;

/// An agent with a model budget, its books, and the processes that run it one after another.
final class AskingAgent {
  private static final AgentId ID = new AgentId("asking");
  private final Path folder;
  private final Path file;
  private final Path store;
  private final String budget;
  private final int calls;
  private final ModelProvider provider;
  private int outputs;

  /// @param budget the budget's key in the agent file
  /// @param calls of the model in one run, at the most
  AskingAgent(Path folder, String budget, int calls, ModelProvider provider) {
    this.folder = folder;
    this.file = folder.resolve("agent.yaml");
    this.store = folder.resolve("agents.db");
    this.budget = budget;
    this.calls = calls;
    this.provider = provider;
    write("");
  }

  /// Changes the agent file, so that a run that was interrupted cannot go on.
  void reword(String purpose) {
    write(purpose);
  }

  private void write(String purpose) {
    String text =
        """
        agent: asking
        purpose: It reads the ship's log. %s
        model:
          use: [port/near, port/far]
          route: cascade
          longest-reply: 512
          budget: { %s: 0.01 USD }
        plugins: [shelf]
        wallets: { base: asking }
        address-book:
          alice:
            base: "0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0"
        limits: { model-calls: %d }
        planning: { divide: true, memory: true }
        mandate:
          expires: 2100-01-01
          fees:
            base: { per-transaction: 0.0005 ETH, rolling: 0.9 ETH per 24h }
          rules:
            - name: suppliers
              allow: transfer
              chains: base
              assets: USDC
              payees: alice
              per-transaction: 0.1 USDC
        """
            .formatted(purpose, budget, calls);
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean hasOneRun() {
    return budget.equals("per-run");
  }

  /// @param crash a named point and how many times it is passed first; empty for none
  WorkerProcess start(String crash, int goals) {
    return WorkerProcess.start(
        AskingWorker.class,
        Map.of(
            "AGENT", file.toString(),
            "STORE", store.toString(),
            "MODEL", provider.url().toString(),
            "CRASH", crash,
            "GOALS", Integer.toString(goals),
            "ONLY_ONE", Boolean.toString(hasOneRun())),
        folder.resolve("worker-" + ++outputs % 20 + ".out"));
  }

  /// What the agent's own books say it has spent on models, in 10⁻¹² USD.
  BigInteger booked() {
    return read(view -> view.spent(ID, "expense/model/", AssetId.USD, Instant.MIN));
  }

  List<JournalEvent> journal() {
    var journal = new Journal(new DomainJson(), InstantSource.system(), record -> {});
    return read(view -> journal.records(view, ID)).stream().map(JournalRecord::event).toList();
  }

  /// What the journal's calls cost, in 10⁻¹² USD: what was replied by its use, and what may have
  /// been done without a reply by the most it can cost.
  BigInteger owed() {
    BigInteger owed = BigInteger.ZERO;
    BigInteger open = BigInteger.ZERO;
    for (JournalEvent event : journal()) {
      boolean isKnown =
          event instanceof JournalEvent.ModelReplied(ChatReply reply)
              && !(reply instanceof ChatReply.Failed failed && failed.failure().mayCost());
      if (isKnown) {
        owed = owed.add(((JournalEvent.ModelReplied) event).reply().used().cost().baseUnits());
      } else {
        owed = owed.add(open);
      }
      open =
          event instanceof JournalEvent.ModelAsked asked
              ? asked.atMost().baseUnits()
              : BigInteger.ZERO;
    }
    return owed.add(open);
  }

  long count(Class<? extends JournalEvent> type) {
    return journal().stream().filter(type::isInstance).count();
  }

  private <T> T read(java.util.function.Function<StoreView, T> question) {
    try (var books = SqlAgentStore.open(store.toString())) {
      return books.read(question);
    }
  }
}
