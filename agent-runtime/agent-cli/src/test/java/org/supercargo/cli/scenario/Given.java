package org.supercargo.cli.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.engine.file.AddressReader;
import org.supercargo.engine.file.ScenarioFile;

/// A clerk with two payees, a scenario for him, and journals of what he may have done.
final class Given {
  static final AddressReader ADDRESSES =
      (chain, text) -> {
        if (!text.startsWith(chain.name() + "-")) {
          throw SupercargoException.user(text + " is no address", "Give another.");
        }
        return new Address(chain, text);
      };

  private static final AgentId AGENT = new AgentId("clerk");

  static final String CLERK =
      """
      agent: clerk
      purpose: It pays.
      plugins: [wallet]
      wallets: { base: till }
      address-book:
        alice: { base: base-alice }
        bob: { base: base-bob }
      mandate:
        expires: 2028-12-31
        fees:
          base: { per-transaction: 0.001 ETH, rolling: 0.02 ETH per 24h }
        valuations: { USDC: 1, ETH: 3000 }
        rules:
          - name: pay
            allow: transfer
            chains: base
            assets: USDC
            payees: [alice, bob]
            per-transaction: 25 USDC
            rolling: 50 USDC per 24h
      goals:
        payday:
          goal: pay alice 2 USDC on base
          accept:
            - pays: { payee: alice, amount: 2 USDC, chain: base }
      """;

  static final String SCENARIO =
      """
      scenario: pay-alice
      agent: clerk.yaml
      goal: pay alice 2 USDC on base
      world:
        holds: [10 USDC on base, 0.0005 ETH on base]
      expect:
        outcome: done
        effects:
          - pays: { payee: alice, amount: 2 USDC, chain: base }
        calls-at-most: 3
      """;

  private Given() {}

  /// Reads a scenario that lies beside the clerk's file.
  static ScenarioFile read(Path folder, String scenario) {
    return read(folder, scenario, CLERK);
  }

  static ScenarioFile read(Path folder, String scenario, String agent) {
    try {
      Files.writeString(folder.resolve("clerk.yaml"), agent);
      Path file = Files.writeString(folder.resolve("case.yaml"), scenario);
      return ScenarioFile.read(file, ADDRESSES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Intent pays(ScenarioFile scenario, String payee, String amount, String memo) {
    Asset usdc =
        scenario.agent().spec().assets("USDC").stream()
            .filter(asset -> asset.chain().equals(ChainId.BASE))
            .findFirst()
            .orElseThrow();
    Address address = scenario.agent().spec().addressBook().find(payee, ChainId.BASE).orElseThrow();
    return new Intent.Transfer(
        new Payee(payee, address, Provenance.MANDATE), Amount.parse(amount, usdc), memo);
  }

  static IntentId id(int index) {
    return new IntentId(new TickId(AGENT, 1), index);
  }

  static List<JournalRecord> journal(JournalEvent... events) {
    var records = new ArrayList<JournalRecord>();
    for (JournalEvent event : events) {
      records.add(new JournalRecord(AGENT, records.size() + 1, 1, Instant.EPOCH, event, "hash"));
    }
    return records;
  }

  /// Intents that were proposed and came to an end, in this order.
  static RunFacts facts(IntentState state, Intent... intents) {
    var events = new ArrayList<JournalEvent>();
    for (int index = 0; index < intents.length; index++) {
      Intent intent = Objects.requireNonNull(intents[index]);
      var call = new ActionCall("c" + index, "transfer", "{}");
      events.add(new JournalEvent.IntentProposed(call, id(index), intent, Map.of()));
      events.add(new JournalEvent.IntentFinished(id(index), state, null));
    }
    return RunFacts.of(journal(events.toArray(JournalEvent[]::new)));
  }

  static Trial trial(String label, ScenarioFile scenario, int run, Grade grade, String dollars) {
    return new Trial(
        label,
        scenario.name(),
        run,
        grade,
        "DONE",
        RunFacts.NOTHING,
        Amount.parse(dollars, Asset.USD),
        Duration.ofSeconds(run),
        null);
  }
}
