package org.supercargo.signer.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.signer.Desk;
import org.supercargo.signer.SignerHealth;
import org.supercargo.signer.TestAgent;

@Timeout(60)
class SignerServerTest {
  private static final DomainJson JSON = new DomainJson();
  private static final Duration DEADLINE = Duration.ofSeconds(20);

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
    client = new SignerClient(socket, JSON, DEADLINE);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    desk.close();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private static ByteBuffer frame(int length, byte[] content) {
    return ByteBuffer.allocate(4 + content.length).putInt(length).put(content).flip();
  }

  @Test
  void the_client_gets_what_the_service_says() {
    assertThat(client.wallets(TestAgent.ID)).isEqualTo(desk.service().wallets(TestAgent.ID));
    assertThat(client.wallets(new AgentId("stranger"))).isEmpty();
    SignRequest request = TestAgent.payment(1, 1, desk.wallet(), "25");
    SignAnswer signed = client.sign(request);
    assertThat(signed).isInstanceOf(SignAnswer.Signed.class).isEqualTo(desk.sign(request));
    SignRequest tooMuch = desk.current(TestAgent.payment(2, 2, desk.wallet(), "26"));
    assertThat(client.sign(tooMuch))
        .isInstanceOf(SignAnswer.Refused.class)
        .isEqualTo(desk.sign(tooMuch));
    assertThat(client.health()).isEqualTo(new SignerHealth(1, 1, desk.log().head(), List.of()));
    assertThat(defects).isEmpty();
  }

  @Test
  void many_clients_are_served_at_once_within_the_budget() throws Exception {
    var calls = new ArrayList<Callable<SignAnswer>>();
    for (int number = 1; number <= 40; number++) {
      SignRequest request = TestAgent.payment(number, number, desk.wallet(), "5");
      calls.add(() -> {
        try (var own = new SignerClient(socket, JSON, DEADLINE)) {
          return persistent(own, request);
        } catch (SupercargoException e) {
          // More than the server has places for; the shared connection has one.
          return persistent(client, request);
        }
      });
    }
    client.health();
    int signed = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SignAnswer> answer : threads.invokeAll(calls)) {
        signed += answer.get() instanceof SignAnswer.Signed ? 1 : 0;
      }
    }
    assertThat(signed).isEqualTo(12);
    assertThat(desk.log().signatures()).isEqualTo(12);
  }

  /// Asks until it is not told that the books are behind.
  private static SignAnswer persistent(SignerClient client, SignRequest request) {
    while (true) {
      long known = client.enter(TestAgent.ID, 1).signatures();
      SignAnswer answer = client.sign(Desk.known(request, known));
      if (!(answer instanceof SignAnswer.Halted)) {
        return answer;
      }
    }
  }

  @Test
  void a_malformed_frame_is_answered_with_an_error_and_the_connection_is_closed() throws Exception {
    List<String> texts =
        List.of(
            "null",
            "[]",
            "{}",
            "\"text\"",
            "not json",
            "{\"method\":\"DESTROY\"}",
            "{\"method\":\"WALLETS\"}",
            "{\"method\":\"WALLETS\",\"agent\":\"../etc\"}",
            "{\"method\":\"SIGN\"}",
            "{\"method\":\"SIGN\",\"request\":{}}",
            "{\"method\":\"SIGN\",\"request\":{\"attempt\":1}}",
            "{\"method\":\"ENTER\",\"agent\":\"treasurer\"}",
            "{\"method\":\"HISTORY\",\"agent\":\"treasurer\",\"number\":0}",
            "{\"method\":\"HEALTH\",\"surprise\":1}",
            "{\"method\":\"HEALTH\"} {}",
            "[".repeat(5_000));
    for (String text : texts) {
      try (SocketChannel channel = connect()) {
        channel.write(frame(text.getBytes(UTF_8).length, text.getBytes(UTF_8)));
        String reply = Frame.read(channel);
        assertThat(reply).as("reply to %s", text).contains("\"failure\":{");
        assertThat(Frame.read(channel)).as("after %s", text).isNull();
      }
    }
    assertThat(client.health().signatures()).isZero();
    assertThat(defects).isEmpty();
  }

  @Test
  void frames_of_impossible_length_or_broken_text_are_refused() throws Exception {
    List<ByteBuffer> frames =
        List.of(
            frame(0, new byte[0]),
            frame(-1, new byte[0]),
            frame(Integer.MIN_VALUE, new byte[0]),
            frame(Frame.LONGEST + 1, new byte[0]),
            frame(Integer.MAX_VALUE, new byte[0]),
            frame(2, new byte[] {(byte) 0xc3, 0x28}));
    for (ByteBuffer frame : frames) {
      try (SocketChannel channel = connect()) {
        channel.write(frame);
        assertThat(Frame.read(channel)).contains("\"failure\":{").contains("a frame");
        assertThat(Frame.read(channel)).isNull();
      }
    }
  }

  @Test
  void connections_that_end_inside_a_frame_or_send_noise_harm_no_one() throws Exception {
    long seed = 4711;
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] noise = new byte[1 + random.nextInt(64)];
      random.nextBytes(noise);
      if (round % 3 == 0) {
        noise[0] = 0;
      }
      try (SocketChannel channel = connect()) {
        channel.write(ByteBuffer.wrap(noise));
      } catch (IOException e) {
        // The server may close a connection of noise before all of it is written.
      }
      if (round % 50 == 0) {
        assertThat(client.health().signatures()).as("round %s of seed %s", round, seed).isZero();
      }
    }
    assertThat(client.sign(TestAgent.payment(1, 1, desk.wallet(), "5")))
        .isInstanceOf(SignAnswer.Signed.class);
  }

  @Test
  void idle_connections_beyond_the_limit_are_turned_away_and_places_come_back() throws Exception {
    client.health();
    var idle = new ArrayList<SocketChannel>();
    for (int each = 1; each < SignerServer.MOST_CONNECTIONS; each++) {
      SocketChannel channel = connect();
      idle.add(channel);
      Frame.write(channel, JSON.write(SignerCall.health()));
      assertThat(Frame.read(channel)).contains("health");
    }
    try (SocketChannel further = connect()) {
      assertThat(further.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
    assertThat(client.health().agents()).isEqualTo(1);
    for (SocketChannel channel : idle) {
      channel.close();
    }
    client.close();
    while (true) {
      try {
        assertThat(client.health().agents()).isEqualTo(1);
        break;
      } catch (SupercargoException e) {
        assertThat(e.category()).isEqualTo(Category.TRANSIENT);
      }
    }
  }

  @Test
  void the_client_finds_a_signer_that_was_restarted() {
    SignRequest request = TestAgent.payment(1, 1, desk.wallet(), "5");
    SignAnswer first = client.sign(request);
    server.close();
    assertThat(socket).doesNotExist();
    assertThatThrownBy(() -> client.sign(request))
        .isInstanceOfSatisfying(
            SupercargoException.class, e -> assertThat(e.category()).isEqualTo(Category.TRANSIENT));
    desk.restart();
    server = SignerServer.start(desk.service(), socket, JSON, defects::add);
    assertThat(client.sign(request)).isEqualTo(first);
  }

  @Test
  void a_signer_that_does_not_answer_is_given_up_at_the_deadline() throws Exception {
    Path silent = temporary.resolve("run/silent.sock");
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        var impatient = new SignerClient(silent, JSON, Duration.ofMillis(200))) {
      listener.bind(UnixDomainSocketAddress.of(silent));
      long start = System.nanoTime();
      assertThatThrownBy(impatient::health)
          .hasMessageContaining("did not answer in time")
          .isInstanceOfSatisfying(
              SupercargoException.class,
              e -> assertThat(e.category()).isEqualTo(Category.TRANSIENT));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(200), Duration.ofSeconds(10));
    }
  }

  @Test
  void a_failure_in_the_signer_reaches_the_client_with_its_category() {
    desk.log().close();
    assertThatThrownBy(() -> client.sign(TestAgent.payment(1, 1, desk.wallet(), "5")))
        .hasMessageContaining("the log is closed")
        .isInstanceOfSatisfying(
            SupercargoException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL));
    assertThat(defects).hasSize(1);
    assertThat(client.health().agents()).as("the connection lives on").isEqualTo(1);
  }

  @Test
  void a_request_too_long_for_a_frame_is_refused_before_it_is_sent() {
    SignRequest honest = TestAgent.payment(1, 1, desk.wallet(), "5");
    var large =
        new SignRequest(
            honest.id(),
            1,
            honest.chain(),
            honest.intent(),
            Bytes.of(new byte[Frame.LONGEST]),
            honest.validity(),
            1,
            0,
            honest.evidence());
    assertThatThrownBy(() -> client.sign(large))
        .hasMessageContaining("a frame of")
        .isInstanceOfSatisfying(
            SupercargoException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL));
  }

  @Test
  void the_socket_is_closed_to_others_and_its_path_is_checked() throws Exception {
    assertThat(permissions(socket)).isEqualTo("rw-------");
    assertThat(permissions(temporary.resolve("run"))).isEqualTo("rwx------");
    assertThatThrownBy(() -> start(socket)).hasMessageContaining("Another signer serves on");
    Path file = Files.writeString(temporary.resolve("run/file"), "precious");
    assertThatThrownBy(() -> start(file)).hasMessageContaining("is not a socket");
    assertThat(file).hasContent("precious");
    assertThatThrownBy(() -> start(temporary.resolve("x".repeat(100))))
        .hasMessageContaining("longer than 100 characters");
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> start(open.resolve("s"))).hasMessageContaining("open to other users");
  }

  @Test
  void a_socket_left_by_a_dead_signer_is_replaced() throws Exception {
    Path stale = temporary.resolve("run/stale.sock");
    var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(stale));
    dead.close();
    assertThat(stale).exists();
    try (SignerServer second = start(stale);
        var caller = new SignerClient(stale, JSON, DEADLINE)) {
      assertThat(caller.health().agents()).isEqualTo(1);
      assertThat(second.socket()).isEqualTo(stale);
    }
  }

  private SignerServer start(Path path) {
    return SignerServer.start(desk.service(), path, JSON, defects::add);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
