package org.supercargo.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.action.ActionRegistry;
import org.supercargo.engine.action.Admission;
import org.supercargo.engine.action.AgentVocabulary;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.http.OkHttpTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "mandate",
    description = "What an agent may do.",
    subcommands = MandateCommand.Explain.class)
final class MandateCommand {

  @Command(
      name = "explain",
      description = {
        "Says a mandate in plain words, or judges one payment against it without making it:",
        "  supercargo mandate explain FILE --pay \"2.5 USDC\" --to alice --on solana"
      })
  static final class Explain implements Callable<Integer> {
    @Mixin CommonOptions options = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "The agent file.")
    @Nullable Path file;

    @Option(names = "--pay", paramLabel = "AMOUNT", description = "Judge a payment of this amount.")
    @Nullable String pay;

    @Option(names = "--to", paramLabel = "PAYEE", description = "A name or an address.")
    @Nullable String to;

    @Option(names = "--on", paramLabel = "CHAIN", description = "solana or base.")
    @Nullable String chain;

    @Option(names = "--network", paramLabel = "NAME", description = "Whose spending so far counts.")
    @Nullable String network;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      AgentSpec spec = AgentFile.read(Objects.requireNonNull(file), Codecs.ALL).spec();
      if (pay == null) {
        new MandateWords(spec).lines().forEach(line -> screen.line("  " + line));
        screen.json(
            screen
                .object()
                .put("type", "mandate")
                .set("mandate", screen.domain().tree(spec.mandate())));
        return ExitCode.DONE.status;
      }
      try (var http = new OkHttpTransport(Set.of())) {
        return judge(screen, spec, http);
      }
    }

    private int judge(Screen screen, AgentSpec spec, OkHttpTransport http) {
      var arguments = screen.object().put("amount", pay);
      if (to != null) {
        arguments.put("payee", to);
      }
      if (chain != null) {
        arguments.put("chain", chain);
      }
      var vocabulary = new AgentVocabulary(spec, Codecs.ALL);
      var registry = ActionRegistry.of(OfflineWiring.plugins(spec, http), vocabulary);
      var admission = new Admission(registry, vocabulary, spec.limits(), to == null ? "" : to);
      return switch (admission.admit(new ActionCall("explain", "transfer", arguments.toString()))) {
        case Admission.Decision.Rejected rejected -> {
          screen.error("This is no payment the agent could propose: " + rejected.reason(), "");
          yield ExitCode.USAGE.status;
        }
        case Admission.Decision.Admitted admitted -> {
          Intent intent = (Intent) Objects.requireNonNull(admitted.invocation().run());
          yield show(screen, intent, spec.mandate().judge(intent, facts(spec)));
        }
      };
    }

    private Facts facts(AgentSpec spec) {
      Map<BudgetKey, BigInteger> spent = new HashMap<>();
      Instant now = Instant.now();
      List<BudgetKey> budgets = spec.mandate().budgets();
      budgets.forEach(key -> spent.put(key, BigInteger.ZERO));
      Path folder = lastNetwork();
      if (folder != null) {
        try (AgentStore store = AgentSession.openStore(options.storeUrl(), folder)) {
          for (BudgetKey key : budgets) {
            spent.put(
                key,
                store.read(view ->
                    view.reserved(spec.id(), key.rule(), key.unit(), now.minus(key.window()))));
          }
        }
      }
      return new Facts(now, spent);
    }

    private @Nullable Path lastNetwork() {
      try {
        return new DataDirectory(options.dataDirectory()).network(network);
      } catch (org.supercargo.api.SupercargoException e) {
        if (network != null) {
          throw e;
        }
        return null;
      }
    }

    private static int show(Screen screen, Intent intent, Verdict verdict) {
      screen.json(
          screen
              .object()
              .put("type", "explanation")
              .put("intent", intent.summary())
              .set("verdict", screen.domain().tree(verdict)));
      screen.line(screen.bold(intent.summary()));
      return switch (verdict) {
        case Verdict.Allow allow -> {
          screen.step("verdict", screen.green("✓ allowed") + " by rule \"" + allow.rule() + "\"");
          yield ExitCode.DONE.status;
        }
        case Verdict.NeedsApproval approval -> {
          screen.step(
              "verdict", screen.yellow("! needs approval") + ", rule \"" + approval.rule() + "\"");
          yield ExitCode.REFUSED.status;
        }
        case Verdict.Deny deny -> {
          screen.step(
              "verdict", screen.red("✗ denied") + " by " + deny.rule() + ": " + deny.reason());
          deny.remedies().forEach(remedy -> screen.step("", "to allow it: " + remedy));
          yield ExitCode.REFUSED.status;
        }
      };
    }
  }
}
