package org.supercargo.plugin.evm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.UnsignedTransaction;
import org.supercargo.http.OkHttpTransport;

/// A node whose connection breaks, stalls or is guarded by a proxy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvmNodeFaultsTest {
  private static final TestWallet WALLET = TestWallet.of(78);
  private static final Duration PATIENT = Duration.ofSeconds(15);
  private static final Duration HASTY = Duration.ofMillis(700);

  private final WireMockServer node = started();
  private final OkHttpTransport http = new OkHttpTransport(Set.of("127.0.0.1"));
  private final EvmChain chain = chain(PATIENT);

  private EvmChain chain(Duration deadline) {
    URI rpc = URI.create("http://127.0.0.1:" + node.port());
    return new EvmChain(ChainId.BASE, rpc, http, settings(deadline));
  }

  private static WireMockServer started() {
    var server = new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    return server;
  }

  private static EvmSettings settings(Duration deadline) {
    EvmSettings base = EvmSettings.BASE;
    return new EvmSettings(
        base.nativeSymbol(),
        deadline,
        base.confirmations(),
        base.minimumBaseFee(),
        base.minimumPriorityFee(),
        base.maximumPriorityFee(),
        base.maximumFeePerGas(),
        base.maximumGas());
  }

  @AfterAll
  void stop() {
    http.close();
    node.stop();
  }

  @BeforeEach
  void forget() {
    node.resetAll();
  }

  static Stream<Arguments> sendFaults() {
    return Stream.of(
        Arguments.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "NoAnswer"),
        Arguments.of("cut off", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), "NoAnswer"),
        Arguments.of("empty", aResponse().withFault(Fault.EMPTY_RESPONSE), "NoAnswer"),
        Arguments.of("gateway", aResponse().withStatus(502).withBody("bad gateway"), "NoAnswer"),
        Arguments.of("page", aResponse().withStatus(200).withBody("<html>hello"), "NoAnswer"),
        Arguments.of("no key", aResponse().withStatus(401).withBody("no key"), "Rejected"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sendFaults")
  void signed_bytes_go_out_exactly_once_whatever_happens(
      String name, ResponseDefinitionBuilder fault, String expected) {
    node.stubFor(post(anyUrl()).willReturn(fault));
    SubmitResult result = chain.submit(signed());
    assertThat(result.getClass().getSimpleName()).as("%s", result).isEqualTo(expected);
    node.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void a_node_that_stalls_gives_no_answer_and_is_not_asked_twice() {
    node.stubFor(post(anyUrl()).willReturn(aResponse().withFixedDelay(3_000)));
    assertThat(chain(HASTY).submit(signed())).isInstanceOf(SubmitResult.NoAnswer.class);
    assertThat(node.getAllServeEvents()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_read_is_repeated_until_the_node_answers() {
    node.stubFor(
        post(anyUrl())
            .inScenario("recovery")
            .whenScenarioStateIs("Started")
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("recovered"));
    node.stubFor(
        post(anyUrl())
            .inScenario("recovery")
            .whenScenarioStateIs("recovered")
            .willReturn(aResponse().withBody("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x7\"}")));
    assertThat(chain.nextNonce(WALLET.address())).isEqualTo(7);
    node.verify(2, postRequestedFor(anyUrl()));
  }

  @Test
  void a_node_that_stays_away_is_a_transient_failure() {
    node.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(503)));
    assertThatThrownBy(() -> chain(HASTY).nextNonce(WALLET.address()))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            thrown ->
                assertThat(thrown.category()).isEqualTo(SupercargoException.Category.TRANSIENT));
  }

  private static SignedTransaction signed() {
    var transaction =
        new UnsignedTransaction(
            BigInteger.valueOf(8453),
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TEN,
            BigInteger.valueOf(21_000),
            EvmAddress.parse("0x3535353535353535353535353535353535353535"),
            BigInteger.ONE,
            Bytes.EMPTY,
            List.of());
    return WALLET.sign(transaction.bytes(), 0);
  }
}
