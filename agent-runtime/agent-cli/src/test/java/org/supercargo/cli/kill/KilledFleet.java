package org.supercargo.cli.kill;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.cli.Voyage;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.plugin.evm.EvmChain;
import org.supercargo.plugin.evm.EvmSettings;
import org.supercargo.plugin.solana.SolanaChain;
import org.supercargo.plugin.solana.SolanaSettings;
import org.supercargo.signer.socket.SignerClient;
import org.supercargo.signer.socket.SignerProcess;

/// Local chains, one signer, and workers that are killed.
final class KilledFleet implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration FINISH = Duration.ofMinutes(3);

  private final Path folder;
  private final Path agentFile;
  private final AgentFile agent;
  private final Devnet devnet;
  private final OkHttpTransport http;
  private final Map<ChainId, Chain> chains;
  private final Path socket;
  private final String store;
  private final Map<String, BigInteger> before = new HashMap<>();
  private SignerProcess signer;
  private int outputs;

  /// @param store a folder-relative SQLite file, or a JDBC URL
  KilledFleet(Path folder, String agentYaml, String store) {
    this.folder = folder;
    this.store = store.startsWith("jdbc:") ? store : folder.resolve(store).toString();
    this.devnet = Devnet.start(Devnet.Options.PRIVATE, text -> {});
    this.http =
        new OkHttpTransport(
            java.util.Set.of(
                "127.0.0.1:" + devnet.solanaRpc().getPort(),
                "127.0.0.1:" + devnet.baseRpc().getPort()));
    this.chains =
        Map.of(
            ChainId.SOLANA,
            new SolanaChain(devnet.solanaRpc(), http, SolanaSettings.DEFAULT),
            ChainId.BASE,
            new EvmChain(ChainId.BASE, devnet.baseRpc(), http, EvmSettings.BASE));
    try {
      this.agentFile = Files.writeString(folder.resolve("agent.yaml"), agentYaml);
      this.socket = Files.createTempDirectory("kill-").resolve("signer.sock");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.agent = AgentFile.read(agentFile, Voyage.CODECS);
    this.signer = startSigner();
    fund();
    places().forEach(place -> before.put(place, held(place)));
  }

  private SignerProcess startSigner() {
    return SignerProcess.start(
        new SignerProcess.Settings(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Path.of(System.getProperty("supercargo.home"))
                .resolve("agent-runtime/agent-signer/target/app/*")
                .toString(),
            folder.resolve("signer"),
            socket,
            List.of(agentFile),
            true,
            START),
        line -> {});
  }

  private void fund() {
    try (var client = new SignerClient(socket, new DomainJson(), START)) {
      Map<ChainId, Address> wallets = client.wallets(agent.spec().id());
      for (String[] gift :
          new String[][] {
            {"solana", "SOL", "50000000000"},
            {"solana", "USDC", "1000000000"},
            {"base", "ETH", "1000000000000000000"},
            {"base", "USDC", "1000000000"}
          }) {
        Address wallet = requireNonNull(wallets.get(ChainId.find(gift[0]).orElseThrow()));
        devnet.fund(gift[0], wallet.text(), gift[1], new BigInteger(gift[2]));
      }
    }
  }

  /// Kills the signer as `kill -9` does and starts it again.
  void killSigner() {
    ProcessHandle.of(signer.pid())
        .ifPresent(handle -> {
          handle.destroyForcibly();
          handle.onExit().join();
        });
    signer.close();
    signer = startSigner();
  }

  /// @param crash a named point and how many times it is passed first; empty for none
  WorkerProcess worker(String owner, String crash, int goals, boolean finish) {
    var settings = new HashMap<String, String>();
    settings.put("AGENT", agentFile.toString());
    settings.put("STORE", store);
    settings.put("SOLANA", devnet.solanaRpc().toString());
    settings.put("BASE", devnet.baseRpc().toString());
    settings.put("SOCKET", socket.toString());
    settings.put("OWNER", owner);
    settings.put("CRASH", crash);
    settings.put("GOALS", Integer.toString(goals));
    settings.put("FINISH", Boolean.toString(finish));
    return WorkerProcess.start(settings, folder.resolve("worker-" + ++outputs % 40 + ".out"));
  }

  /// Lets one worker bring everything to its end.
  ///
  /// @return what it printed
  String finish(String owner) {
    try (WorkerProcess worker = worker(owner, "", 0, true)) {
      if (!worker.endsWithin(FINISH) || worker.status() != 0) {
        throw new AssertionError("the last worker did not finish:\n" + worker.printed());
      }
      return worker
          .printed()
          .lines()
          .filter(line -> line.startsWith("finished"))
          .findFirst()
          .orElseThrow(() -> new AssertionError(worker.printed()));
    }
  }

  /// Copies the SQLite file with its log. Nobody may have it open.
  void saveStore() {
    copyStore(store, store + ".saved");
  }

  /// Puts the saved copy back, as an operator restores an older backup.
  ///
  /// @return false when nothing was saved yet
  boolean restoreStore() {
    if (!Files.exists(Path.of(store + ".saved"))) {
      return false;
    }
    copyStore(store + ".saved", store);
    return true;
  }

  private static void copyStore(String from, String to) {
    try {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Path source = Path.of(from + suffix);
        if (Files.exists(source)) {
          Files.copy(source, Path.of(to + suffix), StandardCopyOption.REPLACE_EXISTING);
        } else {
          Files.deleteIfExists(Path.of(to + suffix));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> places() {
    return Stream.of("alice solana", "alice base", "bob solana", "bob base");
  }

  private BigInteger held(String place) {
    String[] words = place.split(" ", 2);
    ChainId chain = ChainId.find(words[1]).orElseThrow();
    Asset usdc =
        agent.spec().assets("USDC").stream()
            .filter(asset -> asset.chain().equals(chain))
            .findFirst()
            .orElseThrow();
    Address payee = agent.spec().addressBook().find(words[0], chain).orElseThrow();
    return requireNonNull(chains.get(chain)).balance(payee, usdc).baseUnits();
  }

  /// What each payee has received since the start, asked of the chains.
  Map<String, BigInteger> received() {
    Map<String, BigInteger> received = new HashMap<>();
    places().forEach(place -> received.put(place, held(place).subtract(before.get(place))));
    return received;
  }

  @Override
  public void close() {
    signer.close();
    http.close();
    devnet.close();
    try {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(socket.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
