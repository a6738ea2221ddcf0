package org.supercargo.signer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.PrivateFiles;
import org.supercargo.signer.log.SigningLog;
import org.supercargo.signer.socket.SignerServer;

/// `serve`: opens the keys, verifies the log, takes over the agent files, and signs until it is
/// told to stop.
///
/// Started by the engine it runs as the engine's user, and its files are kept from the engine by
/// convention only. To have the system keep them, run it as a user of its own, whose home nobody
/// else can enter, and let the engine's user ask through a group of which both are members:
///
/// ```
/// java -XX:+DisableAttachMechanism -XX:-UsePerfData -XX:-CreateCoredumpOnCrash -Xmx128m \
///   -cp '/opt/supercargo/signer/*' org.supercargo.signer.SignerMain serve \
///   --home /var/lib/supercargo-signer --socket /run/supercargo-signer/socket \
///   --group supercargo --agent /etc/supercargo/*.yaml
/// ```
///
/// Under systemd that is a unit with `User=supercargo-signer`, `Group=supercargo`, `UMask=0077`,
/// `LimitCORE=0`, `RuntimeDirectory=supercargo-signer`, `RuntimeDirectoryMode=0750`,
/// `PrivateNetwork=yes`, `ProtectSystem=strict` and `ReadWritePaths=/var/lib/supercargo-signer`.
/// Whoever may stop it then needs the right to write to its home, as its user or as root.
final class ServeCommand {
  private static final Set<String> SWITCHES =
      Set.of("--create-missing-keys", "--ask-passphrase", "--until-stdin-closes");
  private static final Set<String> OPTIONS = Set.of("--home", "--socket", "--agent", "--group");

  private static final Duration STOPPING = Duration.ofSeconds(3);

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Codecs codecs = new Codecs();
  private final DomainJson json = new DomainJson();
  private final CountDownLatch finished = new CountDownLatch(1);

  ServeCommand(
      InputStream in, PrintStream out, PrintStream err, SecureRandom random, InstantSource clock) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.random = random;
    this.clock = clock;
  }

  void run(List<String> line) {
    Arguments arguments = Arguments.parse(line, SWITCHES, OPTIONS);
    Path home = arguments.path("--home");
    Path socket = arguments.path("--socket");
    List<AgentFile> agents = agents(arguments);
    PrivateFiles.directory(home);
    try (SigningLog log = SigningLog.open(home, longestWindow(agents), json);
        SigningService service = service(arguments, home, agents, log);
        SignerServer server =
            SignerServer.start(
                service, socket, arguments.one("--group").orElse(null), json, this::defect)) {
      tell(service.health());
      waitForEnd(server, arguments.has("--until-stdin-closes"));
    } finally {
      finished.countDown();
    }
  }

  private void tell(SignerHealth health) {
    out.println(
        "Agents: "
            + health.agents()
            + "; signatures so far: "
            + health.signatures()
            + "; head of the log: "
            + health.head());
    health
        .stops()
        .forEach(stop ->
            out.println(
                (stop.agent() == null ? "The signer" : stop.agent())
                    + " is stopped by "
                    + stop.by()
                    + " since "
                    + stop.at()
                    + ": "
                    + stop.reason()));
  }

  private List<AgentFile> agents(Arguments arguments) {
    var files = new ArrayList<>(arguments.all("--agent"));
    // Further words are agent files too, so that a shell may expand a pattern after --agent.
    files.addAll(arguments.words());
    if (files.isEmpty()) {
      throw SupercargoException.user("--agent is missing", "Name the agent files to sign for.");
    }
    return files.stream().map(file -> AgentFile.read(Path.of(file), codecs)).toList();
  }

  /// The log remembers single signatures for as long as any rule may ask for them.
  private static Duration longestWindow(List<AgentFile> agents) {
    return agents.stream()
        .flatMap(file -> file.spec().mandate().budgets().stream())
        .map(BudgetKey::window)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /// The store is closed again at once: only the keys that agents use stay in memory.
  private SigningService service(
      Arguments arguments, Path home, List<AgentFile> agents, SigningLog log) {
    Passphrase passphrase =
        arguments.has("--ask-passphrase")
            ? new Terminal(in).ask("Passphrase")
            : Passphrase.ofHome(home, random, out::println);
    try (var keys = new KeyStore(home, passphrase, random, json)) {
      if (arguments.has("--create-missing-keys")) {
        agents.forEach(file -> createMissing(file.spec(), keys));
      }
      var switches = new StopSwitch(home, json, clock);
      return new SigningService(agents, keys, codecs.all(), log, switches, clock);
    }
  }

  private void createMissing(AgentSpec spec, KeyStore keys) {
    spec.wallets()
        .forEach((chain, name) -> {
          KeyType type = KeyType.of(chain.namespace());
          if (!keys.has(name, type)) {
            keys.create(name, type);
            out.println("Made the key " + name + " for " + chain.name());
          }
        });
  }

  /// Returns when the process is asked to stop, or, if so wanted, when whoever holds the other end
  /// of the standard input is gone.
  private void waitForEnd(SignerServer server, boolean untilInputCloses) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "signer-stop"));
    out.println(SignerMain.READY + " " + server.socket());
    out.flush();
    if (untilInputCloses) {
      Thread.ofPlatform().daemon().name("signer-input").start(() -> closeAfterInput(server));
    }
    try {
      server.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeAfterInput(SignerServer server) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // An input that cannot be read has ended.
    }
    server.close();
  }

  private void stop(SignerServer server) {
    server.close();
    waitUntilFinished();
  }

  private void waitUntilFinished() {
    try {
      finished.await(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void defect(RuntimeException defect) {
    defect.printStackTrace(err);
  }
}
