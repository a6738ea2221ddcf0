package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.payment.SignIn;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignInAnswer;
import org.supercargo.engine.signing.SignInRequest;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.socket.SignerClient;
import org.supercargo.signer.socket.SignerServer;

/// Proofs to hosts that a wallet is the agent's own.
class SignInTest {
  private static final String HOST = "api.example.com";

  @TempDir Path temporary;

  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(temporary.resolve("home"), List.of(spec()));
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static AgentSpec spec() {
    Mandate usual = TestAgent.spec().mandate();
    return TestAgent.with(
        TestAgent.spec(),
        new Mandate(
            usual.expires(),
            usual.fees(),
            usual.valuations(),
            usual.quoteAge(),
            usual.limits(),
            usual.approvers(),
            usual.rules(),
            Set.of(HOST)));
  }

  private SignIn signIn(String host, Instant issued) {
    return new SignIn(
        host,
        URI.create("https://" + host),
        "Sign in",
        "0123456789abcdef",
        issued,
        issued.plus(Duration.ofMinutes(4)));
  }

  private SignInRequest request(String host, Instant issued) {
    return new SignInRequest(TestAgent.ID, TestAgent.CHAIN, signIn(host, issued));
  }

  private SignInAnswer ask(String host, Instant issued) {
    return desk.service().signIn(request(host, issued));
  }

  private static void isRefused(SignInAnswer answer, String rule, String reason) {
    assertThat(answer).isInstanceOf(SignInAnswer.Refused.class);
    var refused = (SignInAnswer.Refused) answer;
    assertThat(refused.rule()).isEqualTo(rule);
    assertThat(refused.reason()).contains(reason);
  }

  @Test
  void a_host_that_the_mandate_names_gets_a_proof_over_exactly_the_fields_that_were_asked_for() {
    SignIn signIn = signIn(HOST, desk.now());
    var codec = new PlainCodec("solana");
    SignInAnswer answer =
        desk.service().signIn(new SignInRequest(TestAgent.ID, TestAgent.CHAIN, signIn));
    Bytes signature = ((SignInAnswer.Signed) answer).signature();
    byte[] payload = codec.signInPayload(signIn, desk.wallet()).toArray();
    SignAnswer.Signed paid = (SignAnswer.Signed) desk.pay(1, "5");
    assertThat(signature.size()).isEqualTo(64);
    assertThat(paid.bytes().hex()).as("no payment's signature").doesNotContain(signature.hex());
    assertThat(isOneOfTheKey(signature, payload)).isTrue();
    byte[] other =
        codec.signInPayload(signIn("other.example.com", desk.now()), desk.wallet()).toArray();
    assertThat(isOneOfTheKey(signature, other)).as("for another host").isFalse();
  }

  private boolean isOneOfTheKey(Bytes signature, byte[] payload) {
    return Desk.publicKeys(KeyType.ED25519).stream()
        .anyMatch(key ->
            Ed25519.verify(signature.toArray(), 0, key.toArray(), 0, payload, 0, payload.length));
  }

  @Test
  void a_host_that_the_mandate_does_not_name_gets_none() {
    isRefused(ask("evil.example.com", desk.now()), "sign-in", "names no sign-in to evil");
    isRefused(ask("x." + HOST, desk.now()), "sign-in", "names no sign-in");
    isRefused(ask("example.com", desk.now()), "sign-in", "names no sign-in");
  }

  @Test
  void an_agent_whose_mandate_names_no_host_proves_itself_to_nobody() {
    desk.restart(List.of(TestAgent.spec()));
    isRefused(ask(HOST, desk.now()), "sign-in", "names no sign-in");
  }

  @Test
  void a_proof_for_another_time_than_now_is_refused() {
    isRefused(ask(HOST, desk.now().minusSeconds(61)), "time", "it is issued at");
    isRefused(ask(HOST, desk.now().plusSeconds(61)), "time", "it is issued at");
    assertThat(ask(HOST, desk.now().minusSeconds(59))).isInstanceOf(SignInAnswer.Signed.class);
  }

  @Test
  void an_expired_mandate_proves_nothing() {
    desk.advance(Duration.between(desk.now(), TestAgent.EXPIRY));
    isRefused(ask(HOST, desk.now()), "expires", "the mandate expired");
  }

  @Test
  void an_agent_or_a_wallet_that_is_not_here_is_refused() {
    SignIn signIn = signIn(HOST, desk.now());
    isRefused(
        desk.service().signIn(new SignInRequest(new AgentId("stranger"), TestAgent.CHAIN, signIn)),
        "agent file",
        "no wallet");
    isRefused(
        desk.service().signIn(new SignInRequest(TestAgent.ID, ChainId.OFF_CHAIN, signIn)),
        "agent file",
        "no wallet");
  }

  @Test
  void a_stopped_agent_proves_nothing_until_the_stop_is_lifted() {
    desk.stops().engage(Optional.of(TestAgent.ID), "owner", "look first");
    SignInAnswer answer = ask(HOST, desk.now());
    assertThat(answer).isInstanceOf(SignInAnswer.Halted.class);
    assertThat(((SignInAnswer.Halted) answer).reason()).contains("look first");
  }

  @Test
  void a_proof_is_in_the_log_and_counts_as_no_signature_of_a_transaction() throws Exception {
    desk.pay(1, "5");
    long before = desk.log().signatures();
    ask(HOST, desk.now());
    ask("evil.example.com", desk.now());
    assertThat(desk.log().signatures()).isEqualTo(before);
    assertThat(desk.pay(2, "5"))
        .as("books that know of payments alone still fit")
        .isInstanceOf(SignAnswer.Signed.class);
    desk.restart(List.of(spec()));
    assertThat(desk.log().signatures()).isEqualTo(before + 1);
    List<String> lines =
        Files.readAllLines(desk.home().resolve("signatures.log"), UTF_8).stream()
            .filter(line -> line.contains("\"sign_in\""))
            .toList();
    assertThat(lines).hasSize(1).first().asString().contains(HOST).contains("0123456789abcdef");
  }

  @Test
  void a_proof_is_asked_for_over_the_socket() {
    Path socket = temporary.resolve("s").resolve("signer.sock");
    var json = new DomainJson();
    try (SignerServer server = SignerServer.start(desk.service(), socket, json, _ -> {});
        var client = new SignerClient(server.socket(), json, Duration.ofSeconds(10))) {
      assertThat(client.signIn(request(HOST, desk.now()))).isEqualTo(ask(HOST, desk.now()));
      isRefused(client.signIn(request("evil.example.com", desk.now())), "sign-in", "names no");
      desk.stops().engage(Optional.empty(), "owner", "all of it");
      assertThat(client.signIn(request(HOST, desk.now()))).isInstanceOf(SignInAnswer.Halted.class);
    }
  }
}
