package org.supercargo.engine.action;

import java.nio.charset.StandardCharsets;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.engine.file.AddressReader;
import org.supercargo.engine.file.AgentFile;

/// An agent on two chains, for the tests of this package.
final class Agents {
  static final AddressReader ADDRESSES =
      (chain, text) -> {
        if (!text.startsWith(chain.name() + "-")) {
          throw SupercargoException.user(
              text + " is no address on " + chain.name(), "Give one of " + chain.name() + ".");
        }
        return new Address(chain, text);
      };

  private static final String FILE =
      """
      agent: captain
      purpose: It pays.
      plugins: [test]
      wallets: {solana: main, base: main}
      assets:
        - {symbol: BONK, chain: solana, address: solana-1-bonk, decimals: 5}
      address-book:
        alice: {solana: solana-1-alice, base: base-1-alice}
        bob: {base: base-1-bob}
      mandate:
        expires: 2027-12-31
        fees: {solana: {per-transaction: 0.01 SOL, rolling: 1 SOL per 24h}, base: {per-transaction: 0.001 ETH, rolling: 0.1 ETH per 24h}}
        rules:
          - {name: none, deny: transfer, chains: [solana, base]}
      """;

  private Agents() {}

  static AgentSpec captain() {
    return spec(FILE);
  }

  static AgentSpec onSolanaOnly() {
    return spec(FILE.replace(", base: main", ""));
  }

  private static AgentSpec spec(String file) {
    return AgentFile.parse("agent.yaml", file.getBytes(StandardCharsets.UTF_8), ADDRESSES).spec();
  }

  static AgentVocabulary vocabulary(AgentSpec spec) {
    return new AgentVocabulary(spec, ADDRESSES);
  }
}
