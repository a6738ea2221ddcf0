package org.supercargo.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;

/// Agent files that the tests of this package read and spoil.
final class Given {
  /// Each address of a test says itself which chain it is on; those of EVM chains have 40 digits
  /// where a call needs them.
  static final AddressReader ADDRESSES =
      (chain, text) -> {
        if (!text.startsWith(chain.name() + "-") && !text.matches("0x[0-9a-fA-F]{40}")) {
          throw SupercargoException.user(
              text + " is no address on " + chain.name(), "Give one of " + chain.name() + ".");
        }
        return new Address(chain, text);
      };

  static final String OPS =
      "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
  static final String CFO =
      "ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

  /// Everything an agent file can say.
  static final String FULL =
      """
      agent: captain
      purpose: It pays the crew and trades.
      model: {use: [deepseek/deepseek-flash, {model: deepseek, effort: high}], route: cascade, privacy: private, quality: 80, longest-reply: 4096, budget: {per-run: 0.02 USD, per-day: 0.50 USD, in-all: 20 USD, tokens-per-run: 200000, tokens-per-day: 2000000}}
      plugins: [wallet, uniswap]
      wallets:
        solana: main
        base: trading_key-2
      assets:
        - {symbol: BONK, chain: solana, address: solana-bonk, decimals: 5}
      address-book:
        Alice: {solana: solana-alice, base: base-alice}
        bob: {base: base-bob}
        me: {base: "0x00000000000000000000000000000000000000Aa"}
        home: {delivery: "Jane Doe, 1 Quay Street, Port"}
      mandate:
        expires: 2027-12-31T18:00:00Z
        fees:
          solana: {per-transaction: 0.01 SOL, tip: 0.001 SOL, rolling: 0.2 SOL per 24h}
          base: {per-transaction: 0.001 ETH, rolling: 0.02 ETH per 90m}
        valuations: {USDC: 1, ETH: $2500.50, SOL: 100}
        quote-age: 5m
        limits: {rolling: [$200 per 24h, $60 per 1h per asset], lifetime: $5000, count: [100 per 24h, 9000]}
        approvers:
          ops: "%s"
          cfo: "%s"
        rules:
          - name: crew
            allow: transfer
            chains: [solana, base]
            assets: [USDC, SOL]
            payees: [alice, BOB]
            per-transaction: [10 USDC, 1 SOL]
            rolling: [40 USDC per 24h, $25.5 per 90m, 100 USDC per 7d per payee]
            lifetime: [900 USDC, 300 USDC per payee]
            count: [10 per 24h, 3 per 24h per payee, 100]
            share-of-balance: 12.5%%
            payee-known-for: 24h
            hours: "Mon-Fri 09:00-17:00 Europe/Berlin"
            amount-from: [owner, tool]
            payee-from: mandate
          - name: trade
            approve: swap
            chains: base
            assets: USDC
            buys: [ETH, WETH]
            contracts: [base-router]
            per-transaction: $50
            maximum-loss: 2.5%%
            maximum-slippage: 1%%
            above: $10
            by: [ops, cfo]
            quorum: 2
            delay: 10m
            lapse: 2d
          - name: claim
            allow: call
            chains: base
            assets: ETH
            contracts: base-rewards
            functions: ["claim(address,uint256)", "renew(address,uint256)"]
            arguments: {0: me, 1: [5, 7]}
            per-transaction: 0 ETH
          - name: data
            allow: payment
            chains: base
            assets: USDC
            hosts: [api.example.com, data.example.org]
            rolling: 1 USDC per 24h per payee
          - name: coffee
            allow: order
            payees: home
            shops: [roastery.example]
            products: {espresso-beans: 4, "filters 100": 10}
            per-transaction: $60
          - name: never
            deny: [transfer, swap]
            chains: solana
            assets: BONK
          - name: not at night
            deny: [transfer, swap, call, payment, order]
            hours: "Mon-Sun 22:00-06:00 UTC"
      limits: {model-calls: 10, repeats: 2, wall-time: 90s}
      planning: {divide: true, reruns: 3, memory: true, most-actions: 16}
      goals:
        payday:
          goal: pay alice 2 USDC on base
          accept:
            - pays: {payee: Alice, amount: 2 USDC, chain: base}
            - swaps: {sell: 1 USDC, for: ETH, chain: base}
            - answers: "paid"
            - nothing-else
        watch: {goal: say what is left}
      orders:
        weekly-eth:
          do: swap
          with: {sell: 10 USDC, buy: ETH, chain: base}
          every: 7d
          from: 2026-12-01T09:00:00Z
          most: 52
          until: 2027-12-01T00:00:00Z
        stop-loss:
          do: sell_all
          with: {tries: 3, quick: true, asset: weth, memo: "7", share: 0.5, sure: "true", change: -12}
          when: {price-of: ETH, in: USDC, chain: base, at-or-below: 2500.50}
      """
          .formatted(OPS, CFO);

  private Given() {}

  static AgentFile parse(String text) {
    return AgentFile.parse("captain.yaml", text.getBytes(UTF_8), ADDRESSES);
  }

  /// The full file with one piece replaced.
  static String with(String good, String bad) {
    assertThat(FULL).as("the full file").contains(good);
    return FULL.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));
  }

  static void isRefused(String text, String words) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.what()).startsWith("captain.yaml").contains(words);
              assertThat(refusal.advice()).as("what to do").isNotBlank();
            });
  }

  static void isRefused(String text, int line, String words) {
    isRefused(text, words);
    assertThatThrownBy(() -> parse(text)).hasMessageStartingWith("captain.yaml:" + line);
  }
}
