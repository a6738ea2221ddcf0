package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.signer.TestAgent.ALICE;
import static org.supercargo.signer.TestAgent.ID;
import static org.supercargo.signer.TestAgent.START;
import static org.supercargo.signer.TestAgent.allow;
import static org.supercargo.signer.TestAgent.fee;
import static org.supercargo.signer.TestAgent.move;
import static org.supercargo.signer.TestAgent.pay;
import static org.supercargo.signer.TestAgent.payment;
import static org.supercargo.signer.TestAgent.request;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.engine.Pause;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Halted;
import org.supercargo.engine.signing.SignAnswer.Signed;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.Patience;
import org.supercargo.signer.key.RemoteKeyName;
import org.supercargo.signer.key.RemoteSigner;
import org.supercargo.signer.key.RemoteSignerProvider;
import org.supercargo.signer.key.RemoteSigners;
import org.supercargo.signer.log.LogTexts;
import org.supercargo.signer.log.SigningLog;

@Timeout(60)
class StopSwitchTest {
  private static final AgentId OTHER = new AgentId("other");

  @TempDir Path temporary;

  private Desk desk;
  private Address wallet;

  @BeforeEach
  void open() {
    desk = new Desk(temporary.resolve("home"));
    wallet = desk.wallet();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private Path file(String name) {
    return desk.home().resolve(name);
  }

  private void assertStopped(SignAnswer answer) {
    assertThat(answer).isInstanceOf(Halted.class);
    assertThat(((Halted) answer).cause()).isEqualTo(SignAnswer.Cause.STOPPED);
  }

  private List<String> kinds() throws Exception {
    return LogTexts.kinds(file("signatures.log"));
  }

  @Test
  void a_stop_outlasts_restarts_and_is_lifted_by_hand_only() throws Exception {
    Stop stop = desk.stops().engage(Optional.empty(), "alice", "something is odd");
    assertThat(stop).isEqualTo(new Stop(null, "alice", START, "something is odd"));
    assertStopped(desk.pay(1, "5"));
    desk.restart();
    assertStopped(desk.pay(1, "5"));
    assertThat(desk.service().health().stops()).containsExactly(stop);
    assertThat(desk.stops().state(Optional.empty())).contains(stop);
    desk.stops().release(Optional.empty());
    assertThat(desk.pay(1, "5")).isInstanceOf(Signed.class);
    assertThat(desk.service().health().stops()).isEmpty();
    assertThat(desk.stops().state(Optional.empty())).isEmpty();
    assertThat(kinds()).containsExactly("adoption", "stop", "resume", "signature");
  }

  @Test
  void one_agent_is_stopped_and_others_go_on() {
    desk.restart(List.of(TestAgent.spec(), TestAgent.spec(OTHER, "main")));
    desk.stops().engage(Optional.of(OTHER), "alice", "");
    assertThat(desk.pay(1, "5")).isInstanceOf(Signed.class);
    SignRequest mine = payment(2, 2, wallet, "5");
    assertStopped(
        desk.sign(request(TestAgent.intent(OTHER, 2), 1, mine.intent(), mine.unsigned())));
    assertThat(desk.service().health().stops()).extracting(Stop::agent).containsExactly(OTHER);
  }

  @Test
  void the_first_stop_stays_as_it_was_and_releasing_none_is_no_error() {
    Stop first = desk.stops().engage(Optional.empty(), "alice", "one");
    desk.advance(Duration.ofHours(1));
    assertThat(desk.stops().engage(Optional.empty(), "bob", "two")).isEqualTo(first);
    desk.stops().release(Optional.empty());
    desk.stops().release(Optional.empty());
    assertThat(desk.pay(1, "5")).isInstanceOf(Signed.class);
  }

  @Test
  void another_stop_after_the_first_was_lifted_is_written_down_as_well() throws Exception {
    desk.stops().engage(Optional.empty(), "alice", "one");
    assertStopped(desk.pay(1, "5"));
    desk.stops().release(Optional.empty());
    desk.stops().engage(Optional.empty(), "bob", "two");
    assertStopped(desk.pay(1, "5"));
    assertStopped(desk.pay(1, "5"));
    assertThat(kinds()).containsExactly("adoption", "stop", "stop");
  }

  @Test
  void anything_under_the_name_stops() throws Exception {
    Files.createFile(file("stopped"));
    assertStopped(desk.pay(1, "5"));
    assertThat(desk.stops().state(Optional.empty()).orElseThrow().by()).isEqualTo("unknown");
    Files.delete(file("stopped"));

    Files.writeString(file("stopped"), "{\"by\":\"someone\"}");
    assertStopped(desk.pay(1, "5"));
    Files.delete(file("stopped"));

    Files.createDirectory(file("stopped"));
    assertStopped(desk.pay(1, "5"));
    Files.delete(file("stopped"));

    Files.createSymbolicLink(file("stopped"), Path.of("/does/not/exist"));
    assertStopped(desk.pay(1, "5"));
    Files.delete(file("stopped"));

    assertThat(desk.pay(1, "5")).isInstanceOf(Signed.class);
  }

  @Test
  void the_file_is_closed_to_others_and_reads_well() throws Exception {
    desk.stops().engage(Optional.of(ID), "alice", "ünusual");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file("stopped-treasurer"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file("stopped-treasurer"), UTF_8))
        .contains("\"agent\" : \"treasurer\"", "\"by\" : \"alice\"", "\"reason\" : \"ünusual\"");
  }

  @Test
  void a_stop_before_the_first_start_holds_from_the_first_request() {
    var early = temporary.resolve("early");
    new StopSwitch(early, Desk.JSON, () -> START).engage(Optional.empty(), "alice", "not yet");
    try (Desk later = new Desk(early)) {
      assertStopped(later.pay(1, "5"));
    }
  }

  /// The clock of the world, and a mandate without a budget.
  private static AgentSpec unlimited() {
    Mandate plain = TestAgent.mandate(List.of(), List.of(allow("all", Intent.Kind.TRANSFER)));
    return TestAgent.with(
        TestAgent.spec(),
        new Mandate(
            Instant.parse("9999-01-01T00:00:00Z"),
            plain.fees(),
            plain.valuations(),
            null,
            List.of(),
            Map.of(),
            plain.rules()));
  }

  private static SignRequest free(int number, Address wallet) {
    Intent.Transfer transfer = pay(ALICE, "1");
    return request(
        number,
        1,
        transfer,
        PlainCodec.transaction(number, fee(wallet, 0), move(wallet, transfer)));
  }

  @Test
  void at_full_speed_nothing_is_signed_once_the_stop_was_seen_and_nothing_after_a_second()
      throws Exception {
    Path home = temporary.resolve("busy");
    var warm = new CountDownLatch(50);
    var stopped = new CountDownLatch(1);
    var leftAt = new ArrayList<Instant>();
    Stop stop;
    Instant returned;
    try (Desk busy = new Desk(home, List.of(unlimited()), InstantSource.system());
        var thread = Executors.newSingleThreadExecutor()) {
      Future<?> signing =
          thread.submit(() -> {
            int halted = 0;
            for (int number = 1; halted < 500; number++) {
              SignAnswer answer = busy.sign(free(number, busy.wallet()));
              if (answer instanceof Signed) {
                leftAt.add(Instant.now());
                warm.countDown();
              } else {
                halted++;
                stopped.countDown();
              }
            }
          });
      warm.await();
      stop = busy.stops().engage(Optional.empty(), "alice", "now");
      returned = Instant.now();
      stopped.await();
      signing.get();
    }
    List<String> kinds = LogTexts.kinds(home.resolve("signatures.log"));
    assertThat(kinds).filteredOn("signature"::equals).hasSizeGreaterThanOrEqualTo(50);
    assertThat(kinds.subList(kinds.indexOf("stop"), kinds.size())).doesNotContain("signature");
    assertThat(LogTexts.times(home.resolve("signatures.log"), "signature"))
        .allMatch(at -> !at.isAfter(stop.at().plusSeconds(1)));
    assertThat(leftAt)
        .as("after the switch had returned, at most the one under way left")
        .filteredOn(returned::isBefore)
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_stop_that_comes_while_a_signature_is_made_keeps_it_in() {
    SignRequest first = payment(1, 1, wallet, "5");
    assertThat(desk.sign(first)).isInstanceOf(Signed.class);
    desk.whileAssembling(() -> desk.stops().engage(Optional.empty(), "alice", "now"));
    assertStopped(desk.sign(first));
    desk.stops().release(Optional.empty());
    assertStopped(desk.sign(payment(2, 2, wallet, "5")));
    assertThat(desk.log().signatures()).as("the second is not even in the log").isEqualTo(1);
  }

  /// A key that answers when it is told to.
  private static final class SlowKey implements RemoteSignerProvider, RemoteSigner {
    private final Person person = Person.named("slow");
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @Override
    public String scheme() {
      return "slow";
    }

    @Override
    public RemoteSigner open(String key, KeyType type) {
      return this;
    }

    @Override
    public Bytes publicKey(Duration deadline) {
      return person.publicKey();
    }

    @Override
    public Bytes sign(Bytes payload, Duration deadline) {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return person.sign(payload);
    }

    @Override
    public void close() {}
  }

  @Test
  void a_stop_while_the_key_hangs_keeps_its_signature_in_and_out_of_the_log() throws Exception {
    Path home = temporary.resolve("hanging");
    var slow = new SlowKey();
    var patience =
        new Patience(
            new Patience.Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), 1, Duration.ZERO),
            System::nanoTime,
            Pause.sleeping());
    var passphrase = Passphrase.of("a long passphrase".getBytes(UTF_8));
    AgentSpec spec = TestAgent.spec(ID, "main");
    try (var log = SigningLog.open(home, Desk.MEMORY, Desk.JSON);
        var keys =
            new KeyStore(
                home,
                passphrase,
                new SecureRandom(),
                Desk.JSON,
                RemoteSigners.of(List.of(slow), patience));
        var threads = Executors.newSingleThreadExecutor()) {
      keys.link("main", KeyType.ED25519, RemoteKeyName.parse("slow:key"));
      keys.create("main", KeyType.SECP256K1);
      var switches = new StopSwitch(home, Desk.JSON, () -> START);
      try (var service =
          new SigningService(
              List.of(Desk.file(spec)),
              keys,
              List.of(new PlainCodec("solana"), new PlainCodec("eip155")),
              log,
              switches,
              () -> START)) {
        Address account =
            Optional.ofNullable(service.wallets(ID).get(TestAgent.CHAIN)).orElseThrow();
        Future<SignAnswer> answer = threads.submit(() -> service.sign(payment(1, 1, account, "5")));
        slow.asked.await();
        switches.engage(Optional.empty(), "alice", "it hangs");
        slow.answer.countDown();
        assertStopped(answer.get());
        assertThat(log.signatures()).isZero();
        assertThat(service.health().stops()).hasSize(1);
      }
    }
  }
}
