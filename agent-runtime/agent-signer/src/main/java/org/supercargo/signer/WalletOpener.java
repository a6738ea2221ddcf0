package org.supercargo.signer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;

/// Opens the keys that agents name as their wallets, each once.
final class WalletOpener {
  private record Name(String text, KeyType type) {}

  private final KeyStore keys;
  private final List<TransactionCodec> codecs;
  private final Map<Name, SigningKey> open = new HashMap<>();

  WalletOpener(KeyStore keys, List<TransactionCodec> codecs) {
    this.keys = keys;
    this.codecs = List.copyOf(codecs);
  }

  Map<AgentId, Map<ChainId, Wallet>> open(List<AgentSpec> agents) {
    boolean done = false;
    try {
      var wallets = new HashMap<AgentId, Map<ChainId, Wallet>>();
      for (AgentSpec spec : agents) {
        var byChain = new HashMap<ChainId, Wallet>();
        spec.wallets().forEach((chain, name) -> byChain.put(chain, wallet(spec, chain, name)));
        wallets.put(spec.id(), Map.copyOf(byChain));
      }
      done = true;
      return Map.copyOf(wallets);
    } finally {
      if (!done) {
        open.values().forEach(SigningKey::close);
      }
    }
  }

  private Wallet wallet(AgentSpec spec, ChainId chain, String name) {
    TransactionCodec codec =
        codecs.stream()
            .filter(each -> each.namespace().equals(chain.namespace()))
            .findFirst()
            .orElseThrow(() ->
                SupercargoException.user(
                    "The agent "
                        + spec.id()
                        + " has a wallet on "
                        + chain.name()
                        + ", which the signer does not understand",
                    "Use solana or base."));
    KeyType type = KeyType.of(chain.namespace());
    if (!keys.has(name, type)) {
      throw SupercargoException.user(
          "The agent "
              + spec.id()
              + " names the key "
              + name
              + " for "
              + chain.name()
              + ", and there is none",
          "Make it with \"keys new "
              + name
              + " --chain "
              + chain.name()
              + "\", import it with \"keys import\", or link it with \"keys link\".");
    }
    SigningKey key = open.computeIfAbsent(new Name(name, type), any -> keys.open(name, type));
    return Wallet.of(chain, key, codec);
  }
}
