package org.supercargo.proof.benchmark;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Price;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.evm.EvmAddress;

/// Judges a payment that the last of thirty rules allows: its intent, its effects, its simulation.
/// The rules are those of `examples/mandates/treasury.yaml`, the largest starter mandate, several
/// times over.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MandateBenchmark {
  private static final int RULES = 30;
  private static final Instant NOW = Instant.parse("2027-06-01T10:00:00Z");

  private final Mandate mandate;
  private final Intent.Transfer intent;
  private final Facts facts;
  private final Address wallet =
      new Address(ChainId.BASE, "0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0");
  private final List<Effect> effects;
  private final Simulation simulation;
  private final String rule;

  public MandateBenchmark() {
    AgentFile file =
        AgentFile.read(
            Path.of(System.getProperty("supercargo.home", "."))
                .resolve("examples/mandates/treasury.yaml"),
            (chain, text) -> EvmAddress.parse(text).on(chain));
    Asset dollars =
        file.spec().assets("USDC").stream()
            .filter(asset -> asset.chain().equals(ChainId.BASE))
            .findFirst()
            .orElseThrow();
    Address account = file.spec().addressBook().find("payroll-float", ChainId.BASE).orElseThrow();
    intent =
        new Intent.Transfer(
            new Payee("payroll-float", account, Provenance.MANDATE),
            Amount.parse("1500", dollars),
            "");
    mandate = thirty(file.spec().mandate());
    rule = mandate.rules().getLast().name();
    facts = facts(NOW);
    AssetId ether = AssetId.nativeOf(ChainId.BASE);
    effects =
        List.of(
            new Effect.Fee(wallet, ether, BigInteger.TEN.pow(13), BigInteger.TEN.pow(11)),
            new Effect.Move(
                dollars.id(), wallet, intent.payee().address(), intent.amount().baseUnits()));
    simulation =
        new Simulation(
            null,
            List.of(
                new BalanceChange(dollars.id(), intent.amount().baseUnits().negate()),
                new BalanceChange(ether, BigInteger.TEN.pow(13).negate())),
            List.of());
    requireAllowed();
  }

  /// The rule that decides comes last, and every other one is looked at before.
  private static Mandate thirty(Mandate starter) {
    var rules = new ArrayList<Rule>();
    Rule deciding =
        starter.rules().stream()
            .filter(rule -> rule.name().equals("floats"))
            .findFirst()
            .orElseThrow();
    List<Rule> others = starter.rules().stream().filter(rule -> !rule.equals(deciding)).toList();
    for (int number = 0; number < RULES - 1; number++) {
      Rule rule = others.get(number % others.size());
      rules.add(
          new Rule(
              rule.name() + " " + number,
              rule.decision(),
              rule.terms(),
              rule.kinds(),
              rule.conditions()));
    }
    rules.add(deciding);
    return new Mandate(
        starter.expires(),
        starter.fees(),
        starter.valuations(),
        starter.quoteAge(),
        starter.limits(),
        starter.approvers(),
        rules);
  }

  private Facts facts(Instant now) {
    Map<BudgetKey, BigInteger> spent = new HashMap<>();
    mandate.budgets().forEach(key -> spent.put(key, BigInteger.ONE));
    return new Facts(
        now,
        spent,
        now.minus(Duration.ofDays(90)),
        BigInteger.TEN.pow(18),
        List.of(new Price(intent.amount().asset().id(), BigDecimal.ONE, now, "market")),
        Map.of(),
        Map.of());
  }

  private void requireAllowed() {
    if (!(mandate.judge(intent, facts) instanceof Verdict.Allow allow)
        || !allow.rule().equals(rule)
        || mandate.rules().size() != RULES
        || mandate.judgeEffects(intent, rule, wallet, effects, NOW) != null
        || mandate.judgeSimulation(intent, effects, simulation) != null) {
      throw new IllegalStateException("what is measured is not allowed by the last rule");
    }
  }

  @Benchmark
  public void judge(Blackhole end) {
    end.consume(mandate.judge(intent, facts));
    end.consume(mandate.judgeEffects(intent, rule, wallet, effects, NOW));
    end.consume(mandate.judgeSimulation(intent, effects, simulation));
  }
}
