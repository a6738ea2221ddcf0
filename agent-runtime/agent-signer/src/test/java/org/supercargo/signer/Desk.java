package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.FileLines;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.log.SigningLog;

/// A signing service over a home on the disk, with a clock turned by hand. It can be closed and
/// opened again like a process that is restarted.
public final class Desk implements AutoCloseable {
  static final DomainJson JSON = new DomainJson();
  static final Duration MEMORY = Duration.ofDays(30);

  private static final Map<KeyType, Bytes> PUBLIC_KEYS = new EnumMap<>(KeyType.class);

  // One for all tests, because deriving its encryption key takes a second.
  private static final KeyStore KEYS = keys();

  private final Path home;
  private final AtomicReference<Instant> now = new AtomicReference<>(TestAgent.START);
  private final AtomicReference<Runnable> assembling = new AtomicReference<>(() -> {});
  private final @Nullable InstantSource world;
  private SigningLog log;
  private SigningService service;

  public Desk(Path home) {
    this(home, List.of(TestAgent.spec()));
  }

  Desk(Path home, List<AgentSpec> agents) {
    this(home, agents, null);
  }

  /// @param world null for the clock that is turned by hand
  Desk(Path home, List<AgentSpec> agents, @Nullable InstantSource world) {
    this.home = home;
    this.world = world;
    log = SigningLog.open(home, MEMORY, JSON);
    service = service(agents.stream().map(Desk::file).toList());
  }

  private static KeyStore keys() {
    try {
      Path home = Files.createTempDirectory("signer-keys-");
      var keys =
          new KeyStore(
              home, Passphrase.of("a long passphrase".getBytes(UTF_8)), new SecureRandom(), JSON);
      for (KeyType type : KeyType.values()) {
        PUBLIC_KEYS.put(type, keys.create("main", type).publicKey());
      }
      // The last one first: directories must be empty by then.
      home.toFile().deleteOnExit();
      try (Stream<Path> files = Files.walk(home)) {
        files.forEach(file -> file.toFile().deleteOnExit());
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of the keys that wallets have here.
  static Set<Bytes> publicKeys(KeyType type) {
    return Set.of(Objects.requireNonNull(PUBLIC_KEYS.get(type)));
  }

  private SigningService service(List<AgentFile> agents) {
    return new SigningService(
        agents,
        KEYS,
        List.of(new PlainCodec("solana", () -> assembling.get().run()), new PlainCodec("eip155")),
        log,
        stops(),
        clock());
  }

  /// A file that reads like this, and is not sealed.
  static AgentFile file(AgentSpec spec) {
    try {
      byte[] content = JSON.write(List.of(spec.mandate(), spec.addressBook())).getBytes(UTF_8);
      String digest =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      return new AgentFile(spec.id() + ".yaml", spec, digest, 0, new FileLines(Map.of()));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public void restart() {
    restart(List.of(TestAgent.spec()));
  }

  void restart(List<AgentSpec> agents) {
    restartBy(agents.stream().map(Desk::file).toList());
  }

  void restartBy(List<AgentFile> agents) {
    close();
    log = SigningLog.open(home, MEMORY, JSON);
    service = service(agents);
  }

  public void advance(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  public Instant now() {
    return now.get();
  }

  InstantSource clock() {
    return world == null ? now::get : world;
  }

  public Path home() {
    return home;
  }

  public StopSwitch stops() {
    return new StopSwitch(home, JSON, clock());
  }

  /// @param event what happens while a signature is put into its place
  void whileAssembling(Runnable event) {
    assembling.set(event);
  }

  public SigningService service() {
    return service;
  }

  public SigningLog log() {
    return log;
  }

  public Address wallet() {
    Address wallet = service.wallets(TestAgent.ID).get(TestAgent.CHAIN);
    if (wallet == null) {
      throw new AssertionError("the agent has no wallet");
    }
    return wallet;
  }

  /// Asks like an engine whose books are complete.
  public SignAnswer sign(SignRequest request) {
    return service.sign(current(request));
  }

  /// The same from an engine whose books are complete.
  public SignRequest current(SignRequest request) {
    return known(request, log.signatures(request.id().agent()));
  }

  public static SignRequest known(SignRequest request, long known) {
    return asked(request, request.fence(), known);
  }

  static SignRequest asked(SignRequest request, long fence, long known) {
    return new SignRequest(
        request.id(),
        request.attempt(),
        request.chain(),
        request.intent(),
        request.unsigned(),
        request.validity(),
        fence,
        known,
        request.evidence());
  }

  /// An honest payment to alice.
  public SignAnswer pay(int intent, String amount) {
    return sign(TestAgent.payment(intent, intent, wallet(), amount));
  }

  @Override
  public void close() {
    service.close();
    log.close();
  }
}
