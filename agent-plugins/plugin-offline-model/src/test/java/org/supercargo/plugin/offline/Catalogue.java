package org.supercargo.plugin.offline;

import java.util.List;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;

/// Actions as an agent with a wallet on two chains offers them.
final class Catalogue {
  private static final String[] SYMBOLS = {"SOL", "USDC", "ETH"};
  private static final String[] CHAINS = {"solana", "base"};
  private static final String[] PAYEES = {"alice", "bob", "coffee shop"};

  static final ActionSpec TRANSFER =
      effect(
          "transfer",
          List.of(
              parameter("amount", ParameterType.AMOUNT, true, SYMBOLS),
              parameter("payee", ParameterType.PAYEE, true, PAYEES),
              parameter("chain", ParameterType.CHAIN, false, CHAINS),
              parameter("memo", ParameterType.TEXT, false)),
          "send {amount} to {payee} on {chain}",
          "send {amount} to {payee} with memo {memo}",
          "send {payee} {amount} memo {memo}",
          "pay {payee} {amount} on {chain}",
          "pay {amount} to {payee}",
          "transfer {amount} to {payee}");

  static final ActionSpec SWAP =
      effect(
          "swap",
          List.of(
              parameter("sell", ParameterType.AMOUNT, true, SYMBOLS),
              parameter("buy", ParameterType.ASSET, true, SYMBOLS),
              parameter("chain", ParameterType.CHAIN, false, CHAINS)),
          "swap {sell} for {buy} on {chain}",
          "swap {sell} to {buy} on {chain}",
          "exchange {sell} for {buy} on {chain}");

  static final ActionSpec BALANCES =
      read(
          "balances",
          List.of(parameter("chain", ParameterType.CHAIN, false, CHAINS)),
          "what is my balance on {chain}",
          "show my balances on {chain}",
          "{chain} balance",
          "how much do i have on {chain}");

  static final ActionSpec ADDRESS =
      read(
          "address",
          List.of(parameter("chain", ParameterType.CHAIN, false, CHAINS)),
          "what is my address on {chain}",
          "show my addresses");

  static final ActionSpec PAYEES_KNOWN =
      read("payees", List.of(), "who can i pay", "list my payees", "show the address book");

  static final ActionSpec WATCH =
      read(
          "watch",
          List.of(
              parameter("asset", ParameterType.ASSET, true, SYMBOLS),
              parameter("span", ParameterType.DURATION, true),
              parameter("times", ParameterType.INTEGER, false),
              parameter("side", ParameterType.CHOICE, false, "bid", "ask"),
              parameter("loud", ParameterType.BOOLEAN, false)),
          "watch {asset} for {span} at {side} by {times} with {loud}");

  static final List<ActionSpec> ALL =
      List.of(TRANSFER, SWAP, BALANCES, ADDRESS, PAYEES_KNOWN, WATCH);

  private Catalogue() {}

  private static ActionSpec effect(String name, List<Parameter> parameters, String... examples) {
    return new ActionSpec(
        name, "to " + name, ActionSpec.Kind.EFFECT, parameters, List.of(examples));
  }

  private static ActionSpec read(String name, List<Parameter> parameters, String... examples) {
    return new ActionSpec(name, "to " + name, ActionSpec.Kind.READ, parameters, List.of(examples));
  }

  private static Parameter parameter(
      String name, ParameterType type, boolean required, String... choices) {
    return new Parameter(name, "the " + name, type, required, List.of(choices));
  }
}
