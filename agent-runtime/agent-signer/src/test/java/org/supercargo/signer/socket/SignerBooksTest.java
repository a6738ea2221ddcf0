package org.supercargo.signer.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Standing;
import org.supercargo.signer.Desk;
import org.supercargo.signer.Stop;
import org.supercargo.signer.TestAgent;

/// What an engine asks to compare its books with the log, and stops, over the socket.
@Timeout(60)
class SignerBooksTest {
  private static final DomainJson JSON = new DomainJson();

  @TempDir Path temporary;

  private final List<RuntimeException> defects = new CopyOnWriteArrayList<>();
  private Desk desk;
  private Path socket;
  private SignerServer server;
  private SignerClient client;

  @BeforeEach
  void open() {
    desk = new Desk(temporary.resolve("home"));
    socket = temporary.resolve("run/signer.sock");
    server = SignerServer.start(desk.service(), socket, JSON, defects::add);
    client = new SignerClient(socket, JSON, Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    desk.close();
    assertThat(defects).isEmpty();
  }

  @Test
  void leases_and_halts_travel_over_the_socket() {
    assertThat(client.enter(TestAgent.ID, 5)).isEqualTo(new Standing(0, 0));
    assertThat(client.enter(TestAgent.ID, 6)).isEqualTo(new Standing(5, 0));
    SignRequest request = TestAgent.payment(1, 1, desk.wallet(), "5");
    SignAnswer fenced = client.sign(request);
    assertThat(fenced).isEqualTo(desk.sign(request)).isInstanceOf(SignAnswer.Halted.class);
    assertThat(((SignAnswer.Halted) fenced).cause()).isEqualTo(SignAnswer.Cause.FENCED);
  }

  @Test
  void history_comes_whole_however_many_pages_it_takes() {
    for (int number = 1; number <= 12; number++) {
      assertThat(desk.sign(large(number))).isInstanceOf(SignAnswer.Signed.class);
    }
    List<GivenSignature> all = desk.service().history(TestAgent.ID, 0, 1_000);
    assertThat(JSON.write(all).length()).as("several pages").isGreaterThan(Frame.LONGEST);
    assertThat(client.history(TestAgent.ID, 0, 1_000)).isEqualTo(all).hasSize(12);
    assertThat(client.history(TestAgent.ID, 4, 3)).isEqualTo(all.subList(4, 7));
    assertThat(client.history(TestAgent.ID, 12, 10)).isEmpty();
    assertThat(client.history(TestAgent.ID, 0, 0)).isEmpty();
    assertThat(client.history(new AgentId("stranger"), 0, 10)).isEmpty();
  }

  @Test
  void history_tells_all_it_takes_to_follow_a_transaction() {
    SignRequest request = TestAgent.payment(1, 1, desk.wallet(), "5");
    client.sign(request);
    GivenSignature given = client.history(TestAgent.ID, 0, 10).getFirst();
    assertThat(given.number()).isEqualTo(1);
    assertThat(given.intent()).isEqualTo(request.id());
    assertThat(given.attempt()).isEqualTo(1);
    assertThat(given.completes()).isTrue();
    assertThat(given.proposal().spends()).isEqualTo(request.intent().spends());
    assertThat(given.unsigned()).isEqualTo(request.unsigned());
    assertThat(given.validity()).isEqualTo(request.validity());
    assertThat(given.rule()).isEqualTo("pay alice");
    assertThat(given.reservations())
        .extracting(reservation -> reservation.rule() + " " + reservation.baseUnits())
        .containsExactly("pay alice 5000000", "fees 5000");
    assertThat(given.at()).isEqualTo(TestAgent.START);
  }

  /// A payment of 100 kilobytes.
  private SignRequest large(int number) {
    SignRequest plain = TestAgent.payment(number, number, desk.wallet(), "1");
    String text = new String(plain.unsigned().toArray(), java.nio.charset.StandardCharsets.UTF_8);
    byte[] padded = (text + " ".repeat(100_000)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new SignRequest(
        plain.id(),
        plain.attempt(),
        plain.chain(),
        plain.intent(),
        org.supercargo.api.Bytes.of(padded),
        plain.validity(),
        1,
        0,
        plain.evidence());
  }

  @Test
  void health_tells_of_a_stop_and_of_its_end() {
    Stop stop = desk.stops().engage(Optional.of(TestAgent.ID), "alice", "odd");
    assertThat(client.health().stops()).containsExactly(stop);
    assertThat(client.sign(TestAgent.payment(1, 1, desk.wallet(), "5")))
        .isInstanceOf(SignAnswer.Halted.class);
    desk.stops().release(Optional.of(TestAgent.ID));
    assertThat(client.health().stops()).isEmpty();
    assertThat(client.sign(TestAgent.payment(1, 1, desk.wallet(), "5")))
        .isInstanceOf(SignAnswer.Signed.class);
  }

  @Test
  void a_group_may_be_let_in_and_others_not() throws Exception {
    String group = Files.readAttributes(temporary, PosixFileAttributes.class).group().getName();
    Path shared = temporary.resolve("shared/s");
    try (SignerServer second =
            SignerServer.start(desk.service(), shared, group, JSON, defects::add);
        var caller = new SignerClient(second.socket(), JSON, Duration.ofSeconds(20))) {
      assertThat(caller.health().agents()).isEqualTo(1);
      assertThat(permissions(shared)).isEqualTo("rw-rw----");
      assertThat(permissions(temporary.resolve("shared"))).isEqualTo("rwxr-x---");
    }
    for (String open : List.of("rwxrwx---", "rwxr-xr-x", "rwxr-x--x")) {
      Path directory = Files.createDirectory(temporary.resolve(open));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(open));
      assertThatThrownBy(() ->
              SignerServer.start(desk.service(), directory.resolve("s"), group, JSON, defects::add))
          .hasMessageContaining("is open to other users (" + open + ")");
    }
    assertThatThrownBy(() ->
            SignerServer.start(
                desk.service(), temporary.resolve("x/s"), "no-such-group", JSON, defects::add))
        .isInstanceOfSatisfying(
            SupercargoException.class, e -> assertThat(e.category()).isEqualTo(Category.USER));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
