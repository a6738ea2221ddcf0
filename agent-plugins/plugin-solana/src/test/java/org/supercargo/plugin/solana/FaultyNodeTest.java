package org.supercargo.plugin.solana;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.http.HttpSettings;
import org.supercargo.http.OkHttpTransport;

/// A node that misbehaves in every way a node does.
class FaultyNodeTest {
  private static final TestWallet WALLET = TestWallet.of(new byte[32]);
  private static final String SIGNATURE = "5".repeat(87);
  private static final SignedTransaction SENT =
      new SignedTransaction(
          new TransactionId(ChainId.SOLANA, SIGNATURE),
          Bytes.fromHex("010203"),
          new Validity.UntilHeight(1_000));

  private static final WireMockServer NODE =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private final OkHttpTransport http =
      new OkHttpTransport(
          Set.of("127.0.0.1"),
          HttpSettings.DEFAULT.withRetries(2),
          InstantSource.system(),
          new Random(1),
          pause -> {});

  @BeforeAll
  static void start() {
    NODE.start();
  }

  @AfterAll
  static void stop() {
    NODE.stop();
  }

  @AfterEach
  void reset() {
    http.close();
    NODE.resetAll();
  }

  @Test
  void a_read_that_is_throttled_is_repeated_and_then_reported_with_the_delay_asked_for() {
    reply("getGenesisHash", aResponse().withStatus(429).withHeader("Retry-After", "2"));
    var failure = failure(() -> chain().genesis());
    assertThat(failure.category()).isEqualTo(SupercargoException.Category.TRANSIENT);
    assertThat(failure)
        .hasMessage(
            "The Solana node answered getGenesisHash with HTTP status 429 and asks to wait: 2");
    assertThat(asked("getGenesisHash")).isEqualTo(3);
  }

  @Test
  void a_send_that_is_throttled_is_not_repeated_and_proves_nothing() {
    reply("sendTransaction", aResponse().withStatus(429).withHeader("Retry-After", "2"));
    assertThat(chain().submit(SENT)).isInstanceOf(SubmitResult.NoAnswer.class);
    assertThat(asked("sendTransaction")).isEqualTo(1);
  }

  @Test
  void an_html_error_page_is_told_by_its_status() {
    var page = aResponse().withBody("<html>oops</html>").withHeader("Content-Type", "text/html");
    reply("getGenesisHash", page.but().withStatus(500));
    assertThat(failure(() -> chain().genesis()).category())
        .isEqualTo(SupercargoException.Category.TRANSIENT);
    reply("getGenesisHash", page.but().withStatus(403));
    var refused = failure(() -> chain().genesis());
    assertThat(refused.category()).isEqualTo(SupercargoException.Category.EXTERNAL);
    assertThat(refused.advice()).contains("access key");
    reply("sendTransaction", page.but().withStatus(500));
    assertThat(chain().submit(SENT)).isInstanceOf(SubmitResult.NoAnswer.class);
  }

  @Test
  void a_reply_that_is_not_json_rpc_is_never_taken_for_an_answer() {
    for (String body :
        List.of(
            "",
            "{",
            "[]",
            "{}",
            "null",
            "\"ok\"",
            "{\"result\":1}x",
            "{\"result\":1,\"result\":2}")) {
      reply("getGenesisHash", okJson(body));
      var failure = failure(() -> chain().genesis());
      assertThat(failure.category()).as(body).isEqualTo(SupercargoException.Category.EXTERNAL);
      reply("sendTransaction", okJson(body));
      assertThat(chain().submit(SENT)).as(body).isInstanceOf(SubmitResult.NoAnswer.class);
    }
  }

  @Test
  void a_reply_of_another_form_says_where_it_is_wrong() {
    reply("getBalance", result("{\"context\":{\"slot\":1},\"value\":1.5}"));
    assertThatThrownBy(() -> chain().balance(WALLET.address(), chain().nativeAsset()))
        .hasMessage(
            "The Solana node's reply is not understood: getBalance.value is not a whole number");
    reply("getBalance", result("{\"context\":{\"slot\":1}}"));
    assertThatThrownBy(() -> chain().balance(WALLET.address(), chain().nativeAsset()))
        .hasMessageContaining("getBalance has no \"value\"");
  }

  @Test
  void the_largest_balance_is_exact_and_a_larger_one_is_refused() {
    reply("getBalance", result("{\"value\":18446744073709551615}"));
    assertThat(chain().balance(WALLET.address(), chain().nativeAsset()).baseUnits())
        .isEqualTo(new BigInteger("18446744073709551615"));
    reply("getBalance", result("{\"value\":18446744073709551616}"));
    assertThatThrownBy(() -> chain().balance(WALLET.address(), chain().nativeAsset()))
        .hasMessageContaining("is not an unsigned number of 64 bits");
  }

  @Test
  void a_connection_that_breaks_or_stays_silent_leaves_a_send_unanswered_and_sent_once() {
    for (Fault fault :
        List.of(
            Fault.CONNECTION_RESET_BY_PEER, Fault.EMPTY_RESPONSE, Fault.MALFORMED_RESPONSE_CHUNK)) {
      NODE.resetAll();
      reply("sendTransaction", aResponse().withFault(fault));
      assertThat(chain().submit(SENT)).as("%s", fault).isInstanceOf(SubmitResult.NoAnswer.class);
      assertThat(asked("sendTransaction")).as("%s", fault).isEqualTo(1);
    }
    NODE.resetAll();
    reply("sendTransaction", result("\"" + SIGNATURE + "\"").withFixedDelay(2_000));
    assertThat(hasty().submit(SENT)).isInstanceOf(SubmitResult.NoAnswer.class);
    assertThat(asked("sendTransaction")).isEqualTo(1);
  }

  @Test
  void a_silent_node_ends_a_read_at_its_deadline() {
    reply("getGenesisHash", result("\"x\"").withFixedDelay(2_000));
    var failure = catchThrowableOfType(HttpFailure.class, () -> hasty().genesis());
    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
    assertThat(failure.category()).isEqualTo(SupercargoException.Category.TRANSIENT);
  }

  @Test
  void a_failed_preflight_is_a_rejection_with_the_programs_last_words() {
    reply(
        "sendTransaction",
        error(
            -32002,
            "Transaction simulation failed: Error processing Instruction 2: custom program error: 0x1",
            "{\"err\":{\"InstructionError\":[2,{\"Custom\":1}]},\"logs\":[\"a\",\"b\",\"Program log: Error: insufficient funds\",\"Program failed\"]}"));
    assertThat(chain().submit(SENT))
        .isEqualTo(
            new SubmitResult.Rejected(
                "Transaction simulation failed: Error processing Instruction 2: custom program"
                    + " error: 0x1 (b; Program log: Error: insufficient funds; Program failed)"));
  }

  @Test
  void bytes_the_chain_has_already_count_as_accepted() {
    reply(
        "sendTransaction",
        error(
            -32002,
            "Transaction simulation failed: This transaction has already been processed",
            "{\"err\":\"AlreadyProcessed\",\"logs\":[]}"));
    assertThat(chain().submit(SENT)).isEqualTo(new SubmitResult.Accepted());
  }

  @Test
  void a_node_that_answers_with_another_signature_is_not_believed() {
    reply("sendTransaction", result("\"another\""));
    assertThat(chain().submit(SENT)).isInstanceOf(SubmitResult.Rejected.class);
  }

  @Test
  void an_error_keeps_its_code_its_message_and_its_data() {
    reply("getGenesisHash", error(-32005, "Node is behind by 42 slots", "{\"numSlotsBehind\":42}"));
    var failure = catchThrowableOfType(SolanaRpcException.class, () -> chain().genesis());
    assertThat(failure.method()).isEqualTo("getGenesisHash");
    assertThat(failure.code()).isEqualTo(-32005);
    assertThat(failure.nodeMessage()).isEqualTo("Node is behind by 42 slots");
    assertThat(failure.data()).isEqualTo("{\"numSlotsBehind\":42}");
    assertThat(failure.category()).isEqualTo(SupercargoException.Category.TRANSIENT);
    reply("getGenesisHash", error(-32601, "Method not found", "null"));
    var permanent = catchThrowableOfType(SolanaRpcException.class, () -> chain().genesis());
    assertThat(permanent.category()).isEqualTo(SupercargoException.Category.EXTERNAL);
    assertThat(permanent.data()).isNull();
  }

  @Test
  void a_transaction_is_sent_in_base64_with_preflight_and_without_the_nodes_own_retries() {
    reply("sendTransaction", result("\"" + SIGNATURE + "\""));
    assertThat(chain().submit(SENT)).isEqualTo(new SubmitResult.Accepted());
    NODE.verify(
        1,
        postRequestedFor(urlEqualTo("/"))
            .withRequestBody(
                equalToJson(
                    """
                    {"jsonrpc": "2.0", "id": 1, "method": "sendTransaction", "params": ["AQID", {
                      "encoding": "base64", "skipPreflight": false,
                      "preflightCommitment": "confirmed", "maxRetries": 0}]}
                    """)));
  }

  @Test
  void a_host_that_is_not_granted_is_a_policy_refusal_even_when_sending() {
    var elsewhere =
        new SolanaChain(URI.create("http://192.0.2.1:1/"), http, SolanaSettings.DEFAULT);
    assertThat(failure(() -> elsewhere.submit(SENT)).category())
        .isEqualTo(SupercargoException.Category.POLICY);
  }

  @Test
  void an_access_key_in_the_endpoint_is_in_no_message() {
    var keyed =
        new SolanaChain(
            URI.create("http://127.0.0.1:" + NODE.port() + "/?api-key=hunter2"),
            http,
            SolanaSettings.DEFAULT);
    NODE.stubFor(post(urlEqualTo("/?api-key=hunter2")).willReturn(aResponse().withStatus(403)));
    assertThat(failure(keyed::genesis)).hasMessageNotContaining("hunter2");
    NODE.stubFor(
        post(urlEqualTo("/?api-key=hunter2"))
            .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    assertThat(failure(keyed::genesis)).hasMessageNotContaining("hunter2");
  }

  @Test
  void a_transaction_past_its_height_is_dead_when_a_later_search_finds_nothing() {
    reply("getSignatureStatuses", status("null", 5_000));
    reply("getEpochInfo", result("{\"absoluteSlot\":5000,\"blockHeight\":1001}"));
    history(850);
    assertThat(status()).isInstanceOf(TransactionStatus.Dead.class);
    assertThat(asked("getSignatureStatuses")).isEqualTo(2);
  }

  @Test
  void at_its_last_height_it_may_still_land() {
    reply("getSignatureStatuses", status("null", 5_000));
    reply("getEpochInfo", result("{\"absoluteSlot\":5000,\"blockHeight\":1000}"));
    assertThat(status()).isEqualTo(new TransactionStatus.Unseen());
  }

  @Test
  void a_search_by_a_node_that_lags_behind_proves_nothing() {
    reply("getSignatureStatuses", status("null", 4_999));
    reply("getEpochInfo", result("{\"absoluteSlot\":5000,\"blockHeight\":1001}"));
    history(850);
    assertThat(status()).isEqualTo(new TransactionStatus.Unseen());
  }

  @Test
  void a_node_that_has_forgotten_the_blocks_in_question_cannot_prove_a_death() {
    reply("getSignatureStatuses", status("null", 5_000));
    reply("getEpochInfo", result("{\"absoluteSlot\":5000,\"blockHeight\":1001}"));
    history(851);
    var failure = failure(this::status);
    assertThat(failure.category()).isEqualTo(SupercargoException.Category.EXTERNAL);
    assertThat(failure).hasMessageContaining("history begins at block height 851");
  }

  @Test
  void a_transaction_found_by_the_later_search_is_seen() {
    NODE.stubFor(
        post("/")
            .inScenario("race")
            .whenScenarioStateIs("Started")
            .withRequestBody(matchingJsonPath("$[?(@.method == 'getSignatureStatuses')]"))
            .willReturn(status("null", 5_000))
            .willSetStateTo("landed"));
    NODE.stubFor(
        post("/")
            .inScenario("race")
            .whenScenarioStateIs("landed")
            .withRequestBody(matchingJsonPath("$[?(@.method == 'getSignatureStatuses')]"))
            .willReturn(
                status(
                    "{\"slot\":4990,\"confirmationStatus\":\"confirmed\",\"err\":null}", 5_001)));
    reply("getEpochInfo", result("{\"absoluteSlot\":5000,\"blockHeight\":1001}"));
    assertThat(status()).isEqualTo(new TransactionStatus.Seen(4_990));
  }

  @Test
  void a_final_status_whose_transaction_cannot_be_read_yet_is_only_seen() {
    reply(
        "getSignatureStatuses",
        status("{\"slot\":4990,\"confirmationStatus\":\"finalized\",\"err\":null}", 5_001));
    reply("getTransaction", result("null"));
    assertThat(status()).isEqualTo(new TransactionStatus.Seen(4_990));
  }

  @Test
  void a_receipt_for_other_bytes_than_ours_is_not_believed() {
    reply(
        "getSignatureStatuses",
        status("{\"slot\":4990,\"confirmationStatus\":\"finalized\",\"err\":null}", 5_001));
    reply(
        "getTransaction",
        result("{\"slot\":4990,\"transaction\":[\"AQIE\",\"base64\"],\"meta\":{}}"));
    assertThatThrownBy(this::status).hasMessageContaining("other bytes than those that were sent");
  }

  private SolanaChain chain() {
    return new SolanaChain(
        URI.create("http://127.0.0.1:" + NODE.port() + "/"), http, SolanaSettings.DEFAULT);
  }

  private SolanaChain hasty() {
    Duration moment = Duration.ofMillis(300);
    return new SolanaChain(
        URI.create("http://127.0.0.1:" + NODE.port() + "/"),
        http,
        new SolanaSettings(moment, moment, BigInteger.ZERO, BigInteger.ONE));
  }

  private TransactionStatus status() {
    return chain().status(SENT, WALLET.address(), List.of());
  }

  private void history(long oldestHeight) {
    reply("getFirstAvailableBlock", result("17"));
    reply("getBlock", result("{\"blockHeight\":" + oldestHeight + "}"));
  }

  private void reply(String method, ResponseDefinitionBuilder response) {
    NODE.stubFor(
        post("/")
            .withRequestBody(matchingJsonPath("$[?(@.method == '" + method + "')]"))
            .willReturn(response));
  }

  private int asked(String method) {
    return NODE.findAll(
            postRequestedFor(urlEqualTo("/"))
                .withRequestBody(matchingJsonPath("$[?(@.method == '" + method + "')]")))
        .size();
  }

  private static ResponseDefinitionBuilder result(String json) {
    return okJson("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + json + "}");
  }

  private static ResponseDefinitionBuilder error(int code, String message, String data) {
    return okJson(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":%d,\"message\":\"%s\",\"data\":%s}}"
            .formatted(code, message, data));
  }

  private static ResponseDefinitionBuilder status(String status, long slot) {
    return result("{\"context\":{\"slot\":%d},\"value\":[%s]}".formatted(slot, status));
  }

  private static SupercargoException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(SupercargoException.class, call);
  }
}
