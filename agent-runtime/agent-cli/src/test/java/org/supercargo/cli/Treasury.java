package org.supercargo.cli;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.http.OkHttpTransport;

/// The example agent on local chains of its own, with an independent look at the chains.
final class Treasury implements AutoCloseable {
  private final Devnet devnet;
  private final Path data;
  private final OkHttpTransport http;
  private final Map<ChainId, Chain> chains;
  private final AgentFile agent;
  private final String network;

  Treasury(Path data) {
    this.data = data;
    this.devnet = Devnet.start(Devnet.Options.PRIVATE, text -> {});
    this.http = new OkHttpTransport(Network.hosts(devnet.solanaRpc(), devnet.baseRpc()));
    Network connected =
        Network.connect(
            devnet.solanaRpc(), devnet.baseRpc(), devnet.faucet(), Map.of(), http, devnet);
    this.network = connected.name();
    this.chains = connected.chains();
    this.agent = AgentFile.read(file(), Codecs.ALL);
  }

  static Path file() {
    return CommandProcess.home().resolve("examples").resolve("treasurer.yaml");
  }

  Devnet devnet() {
    return devnet;
  }

  Path data() {
    return data;
  }

  String network() {
    return network;
  }

  Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("SUPERCARGO_SOLANA_RPC", devnet.solanaRpc().toString());
    environment.put("SUPERCARGO_BASE_RPC", devnet.baseRpc().toString());
    environment.put("SUPERCARGO_FAUCET", devnet.faucet().toString());
    environment.put("SUPERCARGO_DATA", data.toString());
    return environment;
  }

  Map<String, String> environment(URI modelServer, String key) {
    Map<String, String> environment = environment();
    environment.put("SUPERCARGO_MODEL_URL", modelServer.toString());
    environment.put("DEEPSEEK_API_KEY", key);
    return environment;
  }

  CommandProcess.Finished run(String goal) {
    return CommandProcess.run(environment(), "run", file().toString(), "--goal", goal, "--json");
  }

  CommandProcess.Finished command(String... arguments) {
    return CommandProcess.run(environment(), arguments);
  }

  /// What a payee of the address book holds, asked of the chain itself.
  BigInteger held(String name, String chainName, String symbol) {
    ChainId chain = ChainId.find(chainName).orElseThrow();
    Asset asset =
        agent.spec().assets(symbol).stream()
            .filter(each -> each.chain().equals(chain))
            .findFirst()
            .orElseThrow();
    return java.util.Objects.requireNonNull(chains.get(chain))
        .balance(agent.spec().addressBook().find(name, chain).orElseThrow(), asset)
        .baseUnits();
  }

  Path networkFolder() {
    return data.resolve(network);
  }

  static Set<String> types(CommandProcess.Finished finished) {
    return finished.documents().stream()
        .map(each -> each.path("event").path("type").asText(""))
        .collect(java.util.stream.Collectors.toSet());
  }

  @Override
  public void close() {
    http.close();
    devnet.close();
  }
}
