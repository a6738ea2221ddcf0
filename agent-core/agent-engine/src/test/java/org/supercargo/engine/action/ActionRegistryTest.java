package org.supercargo.engine.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

final class ActionRegistryTest {
  private static ActionRegistry registry(Plugin... plugins) {
    return ActionRegistry.of(Arrays.asList(plugins), Agents.vocabulary(Agents.captain()));
  }

  /// A plugin whose name does not matter.
  public abstract static class Named implements Plugin {
    @Override
    public final String name() {
      return "test";
    }
  }

  /// One parameter of every type a planner can write.
  public static final class Complete extends Named {
    public enum Speed {
      SLOW,
      FAST
    }

    @Action(value = "Reads", examples = "read {text}")
    public String read(
        @Param("text") String text,
        @Param("number") int number,
        @Param("large") long large,
        @Param("flag") boolean flag,
        @Param("speed") Speed speed,
        @Param("wait") Duration wait,
        @Param("chain") ChainId chain,
        @Param("asset") Asset asset,
        @Param("amount") Amount amount,
        @Param("payee") Payee payee,
        @Param(value = "maybe", required = false) @Nullable Integer maybe) {
      return text;
    }

    @Action("Pays")
    public Intent.Transfer pay(@Param("to") Payee payee, @Param("amount") Amount amount) {
      return new Intent.Transfer(payee, amount, "");
    }

    public String noAction() {
      return "";
    }
  }

  @Test
  void every_type_a_planner_can_write_is_described_with_what_the_agent_knows() {
    List<ActionSpec> specs = registry(new Complete()).specs();
    assertThat(specs).extracting(ActionSpec::name).containsExactly("pay", "read");
    assertThat(specs.getFirst().kind()).isEqualTo(ActionSpec.Kind.EFFECT);
    ActionSpec read = specs.getLast();
    assertThat(read.kind()).isEqualTo(ActionSpec.Kind.READ);
    assertThat(read.examples()).containsExactly("read {text}");
    List<String> symbols = List.of("SOL", "USDC", "ETH", "WETH", "BONK");
    assertThat(read.parameters())
        .containsExactly(
            new Parameter("text", "text", ParameterType.TEXT, true, List.of()),
            new Parameter("number", "number", ParameterType.INTEGER, true, List.of()),
            new Parameter("large", "large", ParameterType.INTEGER, true, List.of()),
            new Parameter("flag", "flag", ParameterType.BOOLEAN, true, List.of()),
            new Parameter("speed", "speed", ParameterType.CHOICE, true, List.of("slow", "fast")),
            new Parameter("wait", "wait", ParameterType.DURATION, true, List.of()),
            new Parameter("chain", "chain", ParameterType.CHAIN, true, List.of("solana", "base")),
            new Parameter("asset", "asset", ParameterType.ASSET, true, symbols),
            new Parameter("amount", "amount", ParameterType.AMOUNT, true, symbols),
            new Parameter("payee", "payee", ParameterType.PAYEE, true, List.of("alice", "bob")),
            new Parameter("maybe", "maybe", ParameterType.INTEGER, false, List.of()));
  }

  @Test
  void an_agent_without_a_wallet_on_a_chain_is_not_offered_what_is_there() {
    var registry =
        ActionRegistry.of(List.of(new Complete()), Agents.vocabulary(Agents.onSolanaOnly()));
    List<Parameter> read = registry.specs().getLast().parameters();
    assertThat(read.get(6).choices()).containsExactly("solana");
    assertThat(read.get(7).choices()).containsExactly("SOL", "USDC", "BONK");
  }

  /// Narrows an inherited return type, so its class file holds the method twice.
  public static final class Narrowing extends Named implements Proposer {
    @Override
    @Action("Pays")
    public Intent.Transfer propose(@Param("to") Payee payee, @Param("amount") Amount amount) {
      return new Intent.Transfer(payee, amount, "");
    }
  }

  /// Whatever proposes an intent.
  public interface Proposer {
    Intent propose(Payee payee, Amount amount);
  }

  @Test
  void a_method_that_narrows_an_inherited_return_type_is_one_action() {
    assertThat(registry(new Narrowing()).specs())
        .extracting(ActionSpec::name)
        .containsExactly("propose");
  }

  @Test
  void two_plugins_with_the_same_action_are_refused() {
    assertThatThrownBy(() -> registry(new Complete(), new Complete()))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("Two plugins bring an action called \"pay\"");
  }

  /// See the name.
  public static final class StaticAction extends Named {
    @Action("Reads")
    public static String read() {
      return "";
    }
  }

  /// See the name.
  public static final class SilentAction extends Named {
    @Action("Does something")
    public void act() {}
  }

  /// See the name.
  public static final class UndescribedParameter extends Named {
    @Action("Reads")
    public String read(String text) {
      return text;
    }
  }

  /// See the name.
  public static final class OptionalPrimitive extends Named {
    @Action("Reads")
    public String read(@Param(value = "count", required = false) int count) {
      return "";
    }
  }

  /// See the name.
  public static final class FractionalMoney extends Named {
    @Action("Pays")
    public String pay(@Param("amount") BigDecimal amount) {
      return "";
    }
  }

  /// See the name.
  public static final class FloatingMoney extends Named {
    @Action("Pays")
    public String pay(@Param("amount") double amount) {
      return "";
    }
  }

  /// See the name.
  public static final class UnwritableParameter extends Named {
    @Action("Reads")
    public String read(@Param("anything") Object anything) {
      return "";
    }
  }

  /// See the name.
  static final class HiddenClass extends Named {
    @Action("Reads")
    public String read() {
      return "";
    }
  }

  @Test
  void an_ill_formed_action_is_named_with_what_is_wrong() {
    refused(new StaticAction(), "StaticAction.read is static");
    refused(new SilentAction(), "SilentAction.act returns nothing");
    refused(new UndescribedParameter(), "UndescribedParameter.read has a parameter without @Param");
    refused(
        new OptionalPrimitive(),
        "OptionalPrimitive.read has an optional parameter of a primitive type");
    refused(new FractionalMoney(), "FractionalMoney.pay takes a fraction; money is an Amount");
    refused(new FloatingMoney(), "FloatingMoney.pay takes a fraction; money is an Amount");
    refused(
        new UnwritableParameter(),
        "UnwritableParameter.read takes a java.lang.Object, which no planner can write");
    refused(new HiddenClass(), "HiddenClass.read is not accessible");
  }

  private static void refused(Plugin plugin, String words) {
    assertThatThrownBy(() -> registry(plugin))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.BUG);
              assertThat(refusal.what()).contains(words);
            });
  }
}
