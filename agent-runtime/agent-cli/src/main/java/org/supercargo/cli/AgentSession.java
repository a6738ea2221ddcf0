package org.supercargo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.http.Http;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.payment.PaymentHost;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.Pause;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.KnownAssets;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.plugin.evm.BaseFeeds;
import org.supercargo.plugin.evm.ChainlinkPrices;
import org.supercargo.plugin.evm.EvmSettings;
import org.supercargo.plugin.uniswap.UniswapPlugin;
import org.supercargo.plugin.uniswap.UniswapSettings;
import org.supercargo.plugin.uniswap.UniswapV3;
import org.supercargo.plugin.wallet.WalletPlugin;
import org.supercargo.plugin.x402.PrepaidPlugin;
import org.supercargo.signer.key.KeyEntry;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.socket.SignerClient;
import org.supercargo.signer.socket.SignerProcess;
import org.supercargo.store.SqlAgentStore;

/// One agent with everything it needs, wired and running: chains, store, signer, model, plugins.
final class AgentSession implements AutoCloseable {
  private static final Duration SIGNER_START = Duration.ofSeconds(20);
  private static final Duration SIGNER_DEADLINE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path agentPath;
  private final Screen screen;
  private final AgentFile file;
  private final Network network;
  private final Path directory;
  private final OkHttpTransport http;
  private final URI baseRpc;
  private final AgentStore store;
  private final Models models;
  private final OpenResources resources;
  private @Nullable SignerClient signer;

  private AgentSession(
      Path agentPath,
      Screen screen,
      AgentFile file,
      Network network,
      Path directory,
      OkHttpTransport http,
      URI baseRpc,
      AgentStore store,
      Models models,
      OpenResources resources) {
    this.agentPath = agentPath;
    this.screen = screen;
    this.file = file;
    this.network = network;
    this.directory = directory;
    this.http = http;
    this.baseRpc = baseRpc;
    this.store = store;
    this.models = models;
    this.resources = resources;
  }

  /// Reads the file, connects to the chains and opens the store; starts no signer yet.
  ///
  /// @param privateDevnet whether to start local chains that end with this session
  static AgentSession open(
      Path agentPath,
      CommonOptions options,
      @Nullable String model,
      boolean privateDevnet,
      Screen screen) {
    Models models = Models.of(options);
    AgentFile file = settled(AgentFile.read(agentPath, Codecs.ALL), models, model);
    var resources = new OpenResources();
    boolean opened = false;
    try {
      @Nullable Devnet devnet =
          privateDevnet
              ? resources.keep(Devnet.start(Devnet.Options.PRIVATE, screen::progress))
              : null;
      var chains =
          devnet == null
              ? new Endpoints(
                  options.solana(), options.base(), options.faucet(), options.witnesses(), null)
              : Endpoints.of(devnet);
      AgentSession session =
          connect(
              agentPath,
              file,
              models,
              chains,
              options.dataDirectory(),
              options.storeUrl(),
              screen,
              resources);
      opened = true;
      return session;
    } finally {
      if (!opened) {
        resources.close();
      }
    }
  }

  /// The same on local chains that run already and outlive the session, with an embedded store in a
  /// data directory of its own.
  ///
  /// @param file with its models settled
  static AgentSession openOn(
      Devnet devnet, Path agentPath, AgentFile file, Models models, Path data, Screen screen) {
    var resources = new OpenResources();
    boolean opened = false;
    try {
      AgentSession session =
          connect(agentPath, file, models, Endpoints.of(devnet), data, null, screen, resources);
      opened = true;
      return session;
    } finally {
      if (!opened) {
        resources.close();
      }
    }
  }

  /// Where the chains are.
  ///
  /// @param devnet that was started for this session; null if none was
  private record Endpoints(
      URI solana, URI base, URI faucet, Map<ChainId, URI> witnesses, @Nullable Devnet devnet) {
    static Endpoints of(Devnet devnet) {
      return new Endpoints(devnet.solanaRpc(), devnet.baseRpc(), devnet.faucet(), Map.of(), devnet);
    }
  }

  private static AgentSession connect(
      Path agentPath,
      AgentFile file,
      Models models,
      Endpoints chains,
      Path data,
      @Nullable String storeUrl,
      Screen screen,
      OpenResources resources) {
    Set<String> hosts = new HashSet<>(Network.hosts(chains.solana(), chains.base()));
    hosts.addAll(Network.hosts(chains.witnesses().values().toArray(URI[]::new)));
    hosts.addAll(models.hosts(file.spec().model()));
    if (isPrepaid(file.spec())) {
      models.paidFrom(ChainId.BASE).forEach(dialect -> hosts.add(dialect.host()));
    }
    OkHttpTransport http = resources.keep(new OkHttpTransport(hosts));
    Network network =
        Network.connect(
            chains.solana(),
            chains.base(),
            chains.faucet(),
            chains.witnesses(),
            http,
            chains.devnet());
    Path directory = network.directory(data);
    try {
      Files.createDirectories(directory);
      new DataDirectory(data).remember(network.name());
    } catch (IOException e) {
      throw SupercargoException.user(
          "The data directory cannot be written: " + e.getMessage(), "Name another with --data.");
    }
    AgentStore store = resources.keep(openStore(storeUrl, directory));
    return new AgentSession(
        agentPath, screen, file, network, directory, http, chains.base(), store, models, resources);
  }

  /// The file as it is, but for the models that plan: `auto` settled, or what the command names.
  private static AgentFile settled(AgentFile file, Models models, @Nullable String model) {
    return planned(file, models.settle(model, file.spec().model()));
  }

  /// The file as it is, but for the models that plan.
  static AgentFile planned(AgentFile file, ModelSpec models) {
    AgentSpec chosen = file.spec().withModel(models);
    return new AgentFile(file.name(), chosen, file.digest(), file.version(), file.lines());
  }

  static AgentStore openStore(@Nullable String url, Path directory) {
    return url == null
        ? SqlAgentStore.sqlite(directory.resolve("agents.db"))
        : SqlAgentStore.open(url);
  }

  AgentSpec spec() {
    return file.spec();
  }

  AgentFile file() {
    return file;
  }

  Network network() {
    return network;
  }

  Path directory() {
    return directory;
  }

  AgentStore store() {
    return store;
  }

  /// The signer, in a process that is started when first needed. Keys that an agent file names are
  /// made on local networks and must exist on public ones.
  SignerClient signer() {
    if (signer == null) {
      Installation installation = Installation.find();
      try {
        // Not below the data directory: the path of a socket may have about a hundred characters.
        Path folder = Files.createTempDirectory("supercargo-");
        Path socket = folder.resolve("signer.sock");
        resources.keep(() -> Files.deleteIfExists(folder));
        resources.keep(
            SignerProcess.start(
                new SignerProcess.Settings(
                    installation.java(),
                    installation.signerClassPath(directory.resolve("signer")),
                    directory.resolve("signer"),
                    socket,
                    List.of(agentPath.toAbsolutePath()),
                    network.isLocal(),
                    SIGNER_START),
                this::notice));
        signer = resources.keep(new SignerClient(socket, new DomainJson(), SIGNER_DEADLINE));
      } catch (IOException e) {
        throw SupercargoException.user(
            "No temporary directory can be made: " + e.getMessage(), "Set TMPDIR.");
      }
    }
    return signer;
  }

  /// Of what the signer tells its operator, the owner wants to know about new keys.
  private void notice(String line) {
    if (line.startsWith("Made ")) {
      screen.progress(line);
    }
  }

  Map<ChainId, Address> wallets() {
    return signer().wallets(spec().id());
  }

  /// The agent's accounts by the public halves of its sealed keys, for commands that only read.
  /// Works while another process runs the agent, and opens no key.
  Map<ChainId, Address> publicWallets() {
    List<KeyEntry> keys = KeyStore.list(directory.resolve("signer"), new DomainJson());
    var wallets = new LinkedHashMap<ChainId, Address>();
    spec()
        .wallets()
        .forEach((chain, name) ->
            keys.stream()
                .filter(key ->
                    key.name().equals(name) && key.type().namespace().equals(chain.namespace()))
                .forEach(key -> wallets.put(chain, Codecs.ALL.address(chain, key.publicKey()))));
    return wallets;
  }

  /// Everything the engine needs to run the agent.
  Wiring wiring(Consumer<JournalRecord> listener) {
    return wiring(listener, http);
  }

  /// @param asked takes the models' own calls
  Wiring wiring(Consumer<JournalRecord> listener, Http asked) {
    Map<ChainId, Address> wallets = wallets();
    var proofs = new AgentWallets(signer(), spec(), wallets);
    List<PaymentHost> hosts = isPrepaid(spec()) ? proofs.hosts(models, http) : List.of();
    var uniswap = new UniswapV3(baseRpc, http, UniswapSettings.BASE);
    List<SwapVenue> venues = List.of(uniswap);
    return new Wiring(
        store,
        signer(),
        network.chains(),
        venues.stream().collect(Collectors.toMap(SwapVenue::name, venue -> venue)),
        List.of(prices()),
        hosts,
        plugins(wallets, uniswap, hosts),
        models.pool(spec().model(), http, asked, proofs),
        Codecs.ALL,
        InstantSource.system(),
        Pause.sleeping(),
        PATIENCE,
        listener);
  }

  private ChainlinkPrices prices() {
    return new ChainlinkPrices(
        baseRpc,
        http,
        EvmSettings.BASE,
        BaseFeeds.all(
            token("USDC", ChainId.BASE),
            token("WETH", ChainId.BASE),
            token("USDC", ChainId.SOLANA)),
        InstantSource.system());
  }

  private static Address token(String symbol, ChainId chain) {
    return KnownAssets.ALL.stream()
        .filter(asset -> asset.symbol().equals(symbol) && asset.chain().equals(chain))
        .map(asset -> new Address(chain, asset.id().reference()))
        .findFirst()
        .orElseThrow();
  }

  private List<Plugin> plugins(
      Map<ChainId, Address> wallets, UniswapV3 uniswap, List<PaymentHost> hosts) {
    return Plugins.chosen(
        spec(),
        List.of(
            new WalletPlugin(
                List.copyOf(network.chains().values()),
                wallets,
                spec().assets(),
                spec().addressBook()),
            new UniswapPlugin(List.of(uniswap)),
            new PrepaidPlugin(hosts)));
  }

  private static boolean isPrepaid(AgentSpec spec) {
    return spec.plugins().contains(PrepaidPlugin.NAME);
  }

  OkHttpTransport http() {
    return http;
  }

  Models models() {
    return models;
  }

  /// Makes sure that this is the only process on this machine that runs the agent, and names it.
  ///
  /// With a SQLite store, holding the lock file proves that an earlier owner is dead, so its lease
  /// can be taken over at once. With a shared store it proves nothing about other machines.
  String own(@Nullable String storeUrl) {
    Path path = directory.resolve(spec().id() + ".lock");
    try {
      FileChannel channel =
          resources.keep(
              FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw SupercargoException.user(
            "Another process on this machine is running agent " + spec().id(),
            "Wait until it is done, or stop it.");
      }
      if (storeUrl == null) {
        return "this machine";
      }
      return InetAddress.getLocalHost().getHostName() + " " + path;
    } catch (IOException e) {
      throw SupercargoException.user(
          "The lock file " + path + " cannot be used: " + e.getMessage(), "Name another --data.");
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
