package org.supercargo.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.MandateCase;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.StoreView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "mandate",
    description = "What an agent may do.",
    subcommands = {
      MandateCommand.Explain.class,
      MandateCheckCommand.class,
      MandateTestCommand.class
    })
final class MandateCommand {

  @Command(
      name = "explain",
      description = {
        "Says a mandate in plain words, or judges one intent against it without acting:",
        "  supercargo mandate explain FILE --transfer \"2.5 USDC\" --to alice --on solana",
        "  supercargo mandate explain FILE --swap \"10 USDC\" --for \"0.0033 ETH\" --on base",
        "  supercargo mandate explain FILE --payment \"0.01 USDC\" --host api.example.com --on base",
        "  supercargo mandate explain FILE --order '$54' --shop roastery --item \"2 beans\" --to home",
        "  supercargo mandate explain FILE --call \"claim(address)\" --contract rewards --argument me",
        "What was spent so far is read from the agent's store, when there is one."
      })
  static final class Explain implements Callable<Integer> {
    @Mixin CommonOptions options = new CommonOptions();
    @Mixin ProposalOptions proposal = new ProposalOptions();

    @Parameters(paramLabel = "FILE", description = "The agent file.")
    @Nullable Path file;

    @Option(names = "--network", paramLabel = "NAME", description = "Whose spending so far counts.")
    @Nullable String network;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      AgentFile agent = AgentFile.readUnsealed(Objects.requireNonNull(file), Codecs.ALL);
      AgentSpec spec = agent.spec();
      if (!proposal.isGiven()) {
        new MandateWords(spec).lines().forEach(line -> screen.line("  " + line));
        if (screen.isJson()) {
          screen.json(
              screen
                  .object()
                  .put("type", "mandate")
                  .set("mandate", screen.domain().tree(spec.mandate())));
        }
        return ExitCode.DONE.status;
      }
      MandateCase asked = proposal.proposal(agent, screen);
      Intent intent = Objects.requireNonNull(asked.intent(), "a task that cannot be read throws");
      return show(screen, intent, spec.mandate().judge(intent, facts(screen, spec, asked, intent)));
    }

    /// What the options say, and what the store knows besides.
    private Facts facts(Screen screen, AgentSpec spec, MandateCase asked, Intent intent) {
      Path folder = lastNetwork();
      Facts facts;
      if (folder == null) {
        var nothing = new HashMap<BudgetKey, BigInteger>();
        spec.mandate().budgets().forEach(key -> nothing.put(key, BigInteger.ZERO));
        facts = asked.facts(intent, nothing);
      } else {
        try (AgentStore store = AgentSession.openStore(options.storeUrl(), folder)) {
          facts = store.read(view -> stored(view, spec, asked, intent));
        }
      }
      if (facts.payeeSince() == null && asksForPayee(spec, intent)) {
        screen.line(
            screen.dim("  since when the payee is known was not read; say --payee-known-for"));
      }
      return facts;
    }

    private static Facts stored(StoreView view, AgentSpec spec, MandateCase asked, Intent intent) {
      var spent = new HashMap<BudgetKey, BigInteger>();
      for (BudgetKey key : spec.mandate().budgets()) {
        spent.put(key, view.reserved(BudgetQuestion.of(spec.id(), key, intent, asked.at())));
      }
      Facts facts = asked.facts(intent, spent);
      return facts.payeeSince() != null
          ? facts
          : new Facts(
              facts.now(),
              facts.spent(),
              intent.accounts().stream()
                  .flatMap(account -> view.payeeSince(spec.id(), account).stream())
                  .findFirst()
                  .orElse(null),
              facts.balance(),
              facts.prices(),
              facts.origins(),
              facts.approvals());
    }

    private static boolean asksForPayee(AgentSpec spec, Intent intent) {
      return intent.accounts().stream()
              .anyMatch(account -> spec.addressBook().nameOf(account).isPresent())
          && spec.mandate().rules().stream()
              .filter(rule -> rule.kinds().contains(intent.kind()))
              .flatMap(rule -> rule.conditions().stream())
              .anyMatch(Condition.KnownFor.class::isInstance);
    }

    private @Nullable Path lastNetwork() {
      try {
        return new DataDirectory(options.dataDirectory()).network(network);
      } catch (SupercargoException e) {
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
        case Verdict.NeedsApproval asks -> {
          screen.step(
              "verdict", screen.yellow("! needs approval") + " by rule \"" + asks.rule() + "\"");
          screen.step("", asks.reason());
          screen.step("", "to allow it: they approve it in the inbox");
          yield ExitCode.AWAITING.status;
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
