package org.supercargo.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.store.AgentStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ledger",
    description = {
      "Prints an agent's double-entry book and compares its wallets with the chains.",
      "Exit status 8 when they differ by a single base unit."
    })
final class LedgerCommand implements Callable<Integer> {
  @Mixin ReadingOptions options = new ReadingOptions();

  @Parameters(paramLabel = "FILE", description = "The agent file.")
  @Nullable Path file;

  @Option(names = "--entries", description = "Print every entry, not only the balances.")
  boolean entries;

  @Option(names = "--offline", description = "Do not compare with the chains.")
  boolean offline;

  @Override
  public Integer call() {
    Screen screen = options.screen();
    Path path = Objects.requireNonNull(file);
    if (offline) {
      AgentSpec spec = AgentFile.read(path, Codecs.ALL).spec();
      try (AgentStore store = options.store()) {
        show(screen, spec, store);
      }
      return ExitCode.DONE.status;
    }
    try (AgentSession session =
        AgentSession.open(path, options.common, Models.OFFLINE, false, screen)) {
      show(screen, session.spec(), session.store());
      boolean agree = RunCommand.showHoldings(screen, session, session.publicWallets());
      boolean idle = session.store().read(view -> view.openIntents(session.spec().id())).isEmpty();
      if (!agree && !idle) {
        screen.line(
            screen.yellow("  Intents are open; the difference may be theirs. Run the agent."));
      }
      return agree ? ExitCode.DONE.status : ExitCode.DIFFERENT.status;
    }
  }

  private void show(Screen screen, AgentSpec spec, AgentStore store) {
    Map<AssetId, Asset> assets = new HashMap<>(Map.of(AssetId.USD, Asset.USD));
    spec.assets().forEach(asset -> assets.put(asset.id(), asset));
    List<AccountBalance> balances = store.read(view -> view.balances(spec.id()));
    if (balances.isEmpty()) {
      throw SupercargoException.user(
          "The book of " + spec.id() + " is empty", "Run the agent first.");
    }
    if (entries) {
      showEntries(screen, assets, store.read(view -> view.entries(spec.id())));
    }
    screen.heading("Balances of all accounts (debit +, credit -)");
    var rows = new ArrayList<List<String>>();
    for (AccountBalance balance : balances) {
      rows.add(
          List.of(
              balance.account(),
              number(assets, balance.asset(), balance.baseUnits()),
              symbol(assets, balance.asset())));
      screen.json(
          screen
              .object()
              .put("type", "balance")
              .put("account", balance.account())
              .put("asset", balance.asset().toString())
              .put("symbol", symbol(assets, balance.asset()))
              .put("baseUnits", balance.baseUnits().toString()));
    }
    screen.table(List.of("account", "balance", "asset"), rows, List.of(1));
  }

  private static void showEntries(
      Screen screen, Map<AssetId, Asset> assets, List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      screen.heading(entry.at() + "  " + entry.description());
      screen.line("  " + screen.dim(entry.reference()));
      screen.table(
          List.of("account", "amount", "asset"),
          entry.postings().stream()
              .map(posting ->
                  List.of(
                      posting.account(),
                      number(assets, posting.asset(), posting.baseUnits()),
                      symbol(assets, posting.asset())))
              .toList(),
          List.of(1));
      screen.json(screen.object().put("type", "entry").set("entry", screen.domain().tree(entry)));
    }
  }

  private static String number(Map<AssetId, Asset> assets, AssetId id, BigInteger baseUnits) {
    Asset asset = assets.get(id);
    return asset == null ? baseUnits.toString() : new Amount(asset, baseUnits).number();
  }

  private static String symbol(Map<AssetId, Asset> assets, AssetId id) {
    Asset asset = assets.get(id);
    if (asset == null) {
      return id.toString();
    }
    return id.equals(AssetId.USD) ? "USD" : asset.symbol() + " on " + asset.chain().name();
  }
}
