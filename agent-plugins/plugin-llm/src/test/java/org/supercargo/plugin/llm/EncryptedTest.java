package org.supercargo.plugin.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.testkit.ManualClock;

/// Conversations that only the enclave can read.
class EncryptedTest {
  private static final String ENCLAVE = "e2ee-deepseek-v4-flash";
  private static final Bytes NONCE = Bytes.fromHex("5a".repeat(32));
  private static final long SEED = 42;

  private final EnclaveServer server = new EnclaveServer();
  private final OkHttpTransport http = new OkHttpTransport(Set.of("127.0.0.1"));
  private final ManualClock clock = new ManualClock();
  private final OpenAiCompatibleModel model = model(venice());

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private Dialect venice() {
    return Preset.VENICE.dialect().withBaseUrl(server.url());
  }

  private OpenAiCompatibleModel model(Dialect dialect) {
    return new OpenAiCompatibleModel(
        dialect, http, () -> ProviderStub.KEY, clock, new Random(SEED));
  }

  private static ChatRequest asking(ChatMessage... messages) {
    return new ChatRequest(ENCLAVE, List.of(messages), List.of());
  }

  private static ChatRequest question() {
    return asking(
        new ChatMessage.Instructions("You keep the CANARYWALLET."),
        new ChatMessage.Owner("How much is in CANARYVAULT?"));
  }

  @Test
  void the_enclave_reads_the_conversation_and_its_answer_arrives() {
    server.answers((system, user) -> "Das sind 3 SOL, über den Daumen: CANARYREPLY 🚢");

    var answer = (ChatReply.Answer) model.chat(question());

    assertThat(answer.text()).isEqualTo("Das sind 3 SOL, über den Daumen: CANARYREPLY 🚢\n");
    assertThat(answer.reasoning()).isEqualTo("Let me think.");
    assertThat(answer.usage().input()).isEqualTo(1000);
    assertThat(answer.usage().cost().number()).isEqualTo("0.0002193");
    EnclaveServer.Heard heard = server.heard().getFirst();
    assertThat(heard.system()).isEqualTo("You keep the CANARYWALLET.");
    assertThat(heard.user()).isEqualTo("How much is in CANARYVAULT?");
  }

  @Test
  void nothing_of_prompt_and_reply_is_readable_in_the_bytes_on_the_wire() {
    server.answers((system, user) -> "{\"answer\": \"There are 3 in it: CANARYREPLY\"}");
    var calls =
        new ChatMessage.Assistant(
            "I look CANARYTURN",
            "CANARYTHOUGHT",
            List.of(
                new org.supercargo.api.action.ActionCall(
                    "a", "transfer", "{\"memo\": \"CANARYARGUMENT\"}")));

    ChatReply reply =
        model.chat(
            new ChatRequest(
                ENCLAVE,
                List.of(
                    new ChatMessage.Instructions("You keep the CANARYWALLET."),
                    new ChatMessage.Owner("CANARYQUESTION"),
                    calls,
                    new ChatMessage.Result("a", "transfer", "CANARYRESULT"),
                    new ChatMessage.Notice("CANARYNOTICE")),
                List.of(EncryptedActionsTest.TRANSFER)));

    assertThat(reply).isInstanceOf(ChatReply.Answer.class);
    assertThat(server.heard().getFirst().user())
        .as("what the enclave read")
        .contains("CANARYQUESTION", "CANARYTURN", "CANARYARGUMENT", "CANARYRESULT", "CANARYNOTICE");
    assertThat(server.wire())
        .contains(ENCLAVE, "X-Venice-TEE-Client-Pub-Key")
        .doesNotContain("CANARY")
        .doesNotContain(EncryptedActionsTest.TRANSFER.name(), "There are", "Let me think")
        .doesNotContain(
            HexFormat.of().formatHex("CANARY".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .doesNotContain(
            Base64.getEncoder()
                .encodeToString(
                    "CANARYQUESTION".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  @Test
  void a_request_has_the_published_shape() {
    model.chat(
        new ChatRequest(
            ENCLAVE,
            question().messages(),
            List.of(),
            ChatOptions.DEFAULT.withLongestReply(300).withJson(true)));

    JsonNode body = server.heard().getFirst().body();
    Map<String, String> headers = server.heard().getFirst().headers();
    assertThat(headers.get("x-venice-tee-client-pub-key")).matches("04[0-9a-f]{128}");
    assertThat(headers.get("x-venice-tee-model-pub-key"))
        .isEqualTo(PlainCurve.publicKey(EnclaveServer.KEY).hex());
    assertThat(headers.get("x-venice-tee-signing-algo")).isEqualTo("ecdsa");
    assertThat(headers.get("authorization")).isEqualTo("Bearer " + ProviderStub.KEY);
    assertThat(body.path("messages")).hasSize(2);
    for (JsonNode message : body.path("messages")) {
      assertThat(message.path("content").asText()).matches("04[0-9a-f]{184,}");
    }
    ((ObjectNode) body).remove("messages");
    assertThat(body)
        .isEqualTo(
            ProviderStub.json(
                """
                {"model": "e2ee-deepseek-v4-flash", "stream": true,
                 "stream_options": {"include_usage": true},
                 "venice_parameters": {"include_venice_system_prompt": false,
                   "enable_web_search": "off", "enable_e2ee": true},
                 "max_completion_tokens": 300}
                """));
  }

  @Test
  void the_owner_s_fields_switch_neither_encryption_off_nor_a_search_on() {
    Dialect venice = venice().withStream(false);
    Dialect loose =
        venice.withExtra(
            venice
                .extra()
                .withOwn(
                    "{\"venice_parameters\": {\"enable_e2ee\": false, \"enable_web_search\":"
                        + " \"on\", \"include_venice_system_prompt\": true},"
                        + " \"logprobs\": true, \"temperature\": 0}"));

    assertThat(model(loose).chat(question())).isInstanceOf(ChatReply.Answer.class);

    JsonNode body = server.heard().getFirst().body();
    assertThat(body.path("venice_parameters"))
        .isEqualTo(
            ProviderStub.json(
                "{\"include_venice_system_prompt\": false, \"enable_web_search\": \"off\","
                    + " \"enable_e2ee\": true}"));
    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.has("temperature")).isTrue();
    assertThat(body.has("logprobs")).as("which would repeat the reply readably").isFalse();
  }

  @Test
  void every_request_and_every_text_has_keys_of_its_own() {
    model.chat(question());
    model.chat(question());

    var seen = new ArrayList<String>();
    for (EnclaveServer.Heard heard : server.heard()) {
      seen.add(heard.headers().get("x-venice-tee-client-pub-key"));
      for (JsonNode message : heard.body().path("messages")) {
        seen.add(message.path("content").asText().substring(0, 130));
        seen.add(message.path("content").asText().substring(130, 154));
      }
    }
    assertThat(seen).hasSize(10).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(value = EnclaveServer.Tampering.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_reply_that_is_not_encrypted_to_the_request_is_not_used(EnclaveServer.Tampering how) {
    server.answers((system, user) -> "a long answer of several pieces").tampers(how);

    var failed = (ChatReply.Failed) model.chat(question());

    assertThat(failed.failure()).as(failed.detail()).isEqualTo(ChatReply.Failure.SERVER_ERROR);
    assertThat(failed.failure().mayCost()).isTrue();
    assertThat(failed.detail())
        .contains("not encrypted to this request")
        .doesNotContain("forged", "I read it all", "a long");
    assertThat(server.chats()).as("requests").isEqualTo(1);
  }

  private static UnaryOperator<ObjectNode> change(String field, JsonNode value) {
    return document -> document.set(field, value);
  }

  private static UnaryOperator<ObjectNode> change(String field, String value) {
    return document -> document.put(field, value);
  }

  /// A quote that is changed at one place.
  private static UnaryOperator<ObjectNode> quote(int at, int value) {
    return document -> {
      byte[] quote = Base64.getDecoder().decode(document.path("intel_quote").asText());
      quote[at] = (byte) value;
      return document.put("intel_quote", HexFormat.of().formatHex(quote));
    };
  }

  record Doubt(String name, UnaryOperator<ObjectNode> change, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Doubt> doubts() {
    String another = PlainCurve.publicKey(BigInteger.valueOf(3)).hex();
    return List.of(
        new Doubt("not verified", change("verified", Json.object().booleanNode(false)), "verified"),
        new Doubt("verified is text", change("verified", "true"), "verified"),
        new Doubt("another nonce", change("nonce", "00".repeat(32)), "repeat the nonce"),
        new Doubt("another model", change("model", "e2ee-other"), "another model"),
        new Doubt("no model", change("model", ""), "name the model"),
        new Doubt("ed25519", change("signing_algo", "ed25519"), "another kind"),
        new Doubt("no key", change("signing_key", ""), "no key"),
        new Doubt("off the curve", change("signing_key", "04" + "11".repeat(64)), "no key"),
        new Doubt("another key", change("signing_key", another), "its address"),
        new Doubt(
            "another key, address and all",
            document ->
                document
                    .put("signing_key", another)
                    .put("signing_address", "0x6813eb9362372eef6200f3b1dbc3f819671cba69"),
            "its quote does not name"),
        new Doubt("another address", change("signing_address", "0x" + "1".repeat(40)), "address"),
        new Doubt("no quote", change("intel_quote", ""), "readable quote"),
        new Doubt("a quote of noise", change("intel_quote", "%%%"), "readable quote"),
        new Doubt("a quote of SGX", quote(4, 0), "readable quote"),
        new Doubt("a quote of version 5", quote(0, 5), "readable quote"),
        new Doubt("debugged", quote(168, 1), "debug"),
        new Doubt("a quote of another key", quote(568, 9), "its quote does not name"),
        new Doubt("a quote of another nonce", quote(631, 9), "without the nonce"),
        new Doubt(
            "the provider's own check failed",
            change(
                "server_verification",
                Json.object().set("nvidia", Json.object().put("valid", false))),
            "nvidia/valid failed"));
  }

  @ParameterizedTest
  @MethodSource("doubts")
  void with_a_doubtful_attestation_nothing_is_sent(Doubt doubt) {
    server.attests(doubt.change());

    var failed = (ChatReply.Failed) model.chat(question());

    assertThat(failed.failure()).isEqualTo(ChatReply.Failure.UNREACHABLE);
    assertThat(failed.failure().mayCost()).isFalse();
    assertThat(failed.detail()).contains("nothing was sent", doubt.reason());
    assertThatThrownBy(() -> model.attest(ENCLAVE, NONCE))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(doubt.reason());
    assertThat(server.chats()).as("requests").isZero();
  }

  @Test
  void a_quote_may_have_the_hash_of_the_nonce_and_be_written_in_digits() throws Exception {
    server.attests(document -> {
      try {
        byte[] nonce = HexFormat.of().parseHex(document.path("nonce").asText());
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(nonce);
        byte[] quote = EnclaveServer.quote(EnclaveServer.ADDRESS, HexFormat.of().formatHex(hash));
        return document.put("intel_quote", "0x" + HexFormat.of().formatHex(quote));
      } catch (java.security.GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    });

    assertThat(model.chat(question())).isInstanceOf(ChatReply.Answer.class);
  }

  @ParameterizedTest
  @CsvSource({"401, UNAUTHORISED", "402, FUNDS_EXHAUSTED", "429, RATE_LIMITED", "502, UNREACHABLE"})
  void a_provider_that_attests_nothing_says_why(int status, ChatReply.Failure failure) {
    server.fails(status, 200);

    assertThat(((ChatReply.Failed) model.chat(question())).failure()).isEqualTo(failure);
    assertThat(server.chats()).as("requests").isZero();
  }

  @Test
  void the_call_is_encrypted_to_the_key_whose_document_is_kept_with_the_decision() {
    Attestation attestation = model.attest(ENCLAVE, NONCE).orElseThrow();

    assertThat(model.chat(question())).isInstanceOf(ChatReply.Answer.class);
    assertThat(attestation.nonce()).isEqualTo(NONCE);
    assertThat(attestation.document()).contains(PlainCurve.publicKey(EnclaveServer.KEY).hex());
    assertThat(attestation.checked()).contains("0x" + EnclaveServer.ADDRESS, "not checked");
    assertThat(server.attestations()).as("attestations").isEqualTo(1);
  }

  @Test
  void a_key_is_attested_anew_after_a_quarter_of_an_hour() {
    model.chat(question());
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    model.chat(question());
    assertThat(server.attestations()).isEqualTo(1);

    clock.advance(Duration.ofMillis(1));
    model.chat(question());

    assertThat(server.attestations()).isEqualTo(2);
  }

  @Test
  void an_enclave_that_forgot_its_key_is_asked_for_it_again() {
    model.chat(question());
    server.fails(200, 400);
    var failed = (ChatReply.Failed) model.chat(question());
    server.fails(200, 200);

    assertThat(failed.failure()).isEqualTo(ChatReply.Failure.INVALID_REQUEST);
    assertThat(model.chat(question())).isInstanceOf(ChatReply.Answer.class);
    assertThat(server.attestations()).isEqualTo(2);
  }

  @Test
  void a_document_that_was_refused_makes_no_older_key_good() {
    model.attest(ENCLAVE, NONCE);
    server.attests(change("verified", "no"));

    assertThatThrownBy(() -> model.attest(ENCLAVE, NONCE)).hasMessageContaining("verified");
    assertThat(((ChatReply.Failed) model.chat(question())).failure())
        .isEqualTo(ChatReply.Failure.UNREACHABLE);
    assertThat(server.chats()).isZero();
  }

  @Test
  void a_reply_that_is_cut_off_is_not_used() {
    server.answers((system, user) -> "half of it").finishes("length");

    assertThat(((ChatReply.Unusable) model.chat(question())).defect())
        .isEqualTo(ChatReply.Defect.TRUNCATED);
  }

  @Test
  void no_private_key_is_in_anything_that_is_printed() {
    var random = new Random(SEED);
    var drawn = new ArrayList<String>();
    // The nonce of the attestation comes first, then the key of the reply.
    for (int each = 0; each < 8; each++) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      drawn.add(HexFormat.of().formatHex(bytes));
    }
    String readerKey = drawn.get(1);
    ChatReply reply = model.chat(question());
    String client = server.heard().getFirst().headers().get("x-venice-tee-client-pub-key");
    assertThat(new EphemeralKey(new BigInteger(readerKey, 16)).pointHex())
        .as("the private key looked for is the right one, seed " + SEED)
        .isEqualTo(client);
    server.tampers(EnclaveServer.Tampering.FLIPPED_BIT);
    ChatReply failed = model.chat(question());

    assertThat(reply + " " + failed + " " + model + " " + server.wire())
        .as("seed " + SEED)
        .doesNotContain(readerKey)
        .doesNotContain(new BigInteger(readerKey, 16).toString());
  }
}
