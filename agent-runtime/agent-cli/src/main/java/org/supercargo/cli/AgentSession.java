package org.supercargo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
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
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.Pause;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.plugin.uniswap.UniswapPlugin;
import org.supercargo.plugin.uniswap.UniswapSettings;
import org.supercargo.plugin.uniswap.UniswapV3;
import org.supercargo.plugin.wallet.WalletPlugin;
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

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Path agentPath;
  private final Screen screen;
  private final AgentFile file;
  private final Network network;
  private final Path directory;
  private final OkHttpTransport http;
  private final java.net.URI baseRpc;
  private final AgentStore store;
  private @Nullable SignerClient signer;

  private AgentSession(
      Path agentPath,
      CommonOptions options,
      @Nullable String model,
      boolean privateDevnet,
      Screen screen) {
    this.agentPath = agentPath;
    this.screen = screen;
    this.file = AgentFile.read(agentPath, Codecs.ALL);
    try {
      @Nullable Devnet devnet = privateDevnet ? startDevnet(screen) : null;
      var solana = devnet == null ? options.solana() : devnet.solanaRpc();
      baseRpc = devnet == null ? options.base() : devnet.baseRpc();
      Set<String> hosts = new HashSet<>(Network.hosts(solana, baseRpc));
      hosts.addAll(Models.hosts(Models.settle(model, spec().model())));
      http = keep(new OkHttpTransport(hosts));
      network = Network.connect(solana, baseRpc, options.faucet(), http, devnet);
      directory = network.directory(options.dataDirectory());
      Files.createDirectories(directory);
      new DataDirectory(options.dataDirectory()).remember(network.name());
      store = keep(openStore(options.storeUrl(), directory));
    } catch (IOException e) {
      close();
      throw SupercargoException.user(
          "The data directory cannot be written: " + e.getMessage(), "Name another with --data.");
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Connects to the chains and opens the store; starts no signer yet.
  static AgentSession open(
      Path agentPath,
      CommonOptions options,
      @Nullable String model,
      boolean privateDevnet,
      Screen screen) {
    return new AgentSession(agentPath, options, model, privateDevnet, screen);
  }

  private Devnet startDevnet(Screen screen) {
    return keep(Devnet.start(Devnet.Options.PRIVATE, screen::progress));
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
        keep(() -> Files.deleteIfExists(folder));
        keep(
            SignerProcess.start(
                new SignerProcess.Settings(
                    installation.java(),
                    installation.signerJars().resolve("*").toString(),
                    directory.resolve("signer"),
                    socket,
                    List.of(agentPath.toAbsolutePath()),
                    network.isLocal(),
                    SIGNER_START),
                this::notice));
        signer = keep(new SignerClient(socket, new DomainJson(), SIGNER_DEADLINE));
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
  Wiring wiring(@Nullable String model, Consumer<JournalRecord> listener) {
    Map<ChainId, Address> wallets = wallets();
    var uniswap = new UniswapV3(baseRpc, http, UniswapSettings.BASE);
    List<SwapVenue> venues = List.of(uniswap);
    return new Wiring(
        store,
        signer(),
        network.chains(),
        venues.stream().collect(Collectors.toMap(SwapVenue::name, venue -> venue)),
        plugins(wallets, uniswap),
        Models.open(Models.settle(model, spec().model()), http),
        Codecs.ALL,
        InstantSource.system(),
        Pause.sleeping(),
        PATIENCE,
        listener);
  }

  private List<Plugin> plugins(Map<ChainId, Address> wallets, UniswapV3 uniswap) {
    return Plugins.chosen(
        spec(),
        List.of(
            new WalletPlugin(
                List.copyOf(network.chains().values()),
                wallets,
                spec().assets(),
                spec().addressBook()),
            new UniswapPlugin(List.of(uniswap))));
  }

  /// Makes sure that this is the only process on this machine that runs the agent, and names it.
  ///
  /// With a SQLite store, holding the lock file proves that an earlier owner is dead, so its lease
  /// can be taken over at once. With a shared store it proves nothing about other machines.
  String own(@Nullable String storeUrl) {
    Path path = directory.resolve(spec().id() + ".lock");
    try {
      FileChannel channel =
          keep(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
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

  private <T extends AutoCloseable> T keep(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable resource = open.pop();
      try {
        resource.close();
      } catch (Exception e) {
        // What is left must still be closed; a failure to close loses nothing that is durable.
        System.getLogger("org.supercargo.cli").log(System.Logger.Level.DEBUG, "closing failed", e);
      }
    }
  }
}
