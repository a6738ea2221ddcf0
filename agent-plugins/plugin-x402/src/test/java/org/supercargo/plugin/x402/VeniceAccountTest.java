package org.supercargo.plugin.x402;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.payment.SignIn;
import org.supercargo.api.payment.SignInWallet;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.RecoverableSignature;
import org.supercargo.evm.SignedAuthorization;
import org.supercargo.evm.TokenDomain;

/// What goes over the wire to a host that is paid in advance. Bodies have the form of Venice's
/// published schema.
class VeniceAccountTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final URI BASE = URI.create("https://api.venice.ai/api/v1");
  private static final String USDC_CONTRACT = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
  private static final Asset USDC =
      new Asset(new AssetId(ChainId.BASE, "erc20", USDC_CONTRACT), "USDC", 6);
  private static final Address WALLET =
      new Address(ChainId.BASE, "0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0");
  private static final String PAY_TO = "0x973961849b8df4006055510E2885847Bc48A10d5";
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123456Z");

  private static final String TERMS =
      """
      {"x402Version": 2, "accepts": [
        {"scheme": "exact", "network": "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",
         "amount": "5000000", "asset": "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
         "payTo": "3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv", "maxTimeoutSeconds": 300},
        {"scheme": "exact", "network": "eip155:8453", "amount": "5000000",
         "asset": "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913",
         "payTo": "%s", "maxTimeoutSeconds": 300,
         "extra": {"name": "USD Coin", "version": "2"}}]}
      """
          .formatted(PAY_TO);

  private final ScriptedHttp http = new ScriptedHttp();
  private final Random random = new Random(7);
  private final VeniceAccount account =
      new VeniceAccount(
          BASE, http, WALLET, USDC, new SignInHeader(wallet(WALLET), () -> NOW, random));

  private static SignInWallet wallet(Address address) {
    return new SignInWallet() {
      @Override
      public Address address() {
        return address;
      }

      @Override
      public Bytes signIn(SignIn signIn) {
        return Bytes.fromHex("ab".repeat(64) + "1b");
      }
    };
  }

  private static Amount usdc(String number) {
    return Amount.parse(number, USDC);
  }

  private static String header(HttpRequest request, String name) {
    return requireNonNull(request.headers().get(name), name);
  }

  private static JsonNode decoded(String header) throws Exception {
    return JSON.readTree(new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8));
  }

  @Test
  void what_is_left_is_asked_for_with_a_proof_that_is_good_once() throws Exception {
    String body =
        """
        {"success": true, "data": {"walletAddress": "x", "balanceUsd": 12.345678901234567,
         "canConsume": true, "minimumTopUpUsd": 5, "suggestedTopUpUsd": 10,
         "diemBalanceUsd": 5.25}}
        """;
    http.reply(200, body).reply(200, body);
    assertThat(account.prepaid())
        .as("to 10⁻¹² dollars, rounded down, with what is staked")
        .contains(Amount.parse("17.595678901234", Asset.USD));
    account.prepaid();
    Set<String> nonces = new HashSet<>();
    for (HttpRequest request : http.requests()) {
      assertThat(request.uri().toString()).isEqualTo(BASE + "/x402/balance/" + WALLET.text());
      assertThat(request.repeatable()).as("a proof is refused the second time").isFalse();
      JsonNode proof = decoded(header(request, "SIGN-IN-WITH-X"));
      assertThat(proof.path("address").asText()).isEqualTo(WALLET.text());
      assertThat(proof.path("chainId").asText()).isEqualTo("eip155:8453");
      assertThat(proof.path("signature").asText()).isEqualTo("0x" + "ab".repeat(64) + "1b");
      assertThat(proof.has("type")).isFalse();
      assertThat(proof.path("message").asText())
          .startsWith("api.venice.ai wants you to sign in with your Ethereum account:\n")
          .contains("\nURI: https://api.venice.ai\n", "\nChain ID: 8453\n")
          .contains("\nIssued At: 2026-11-24T10:00:00.123Z\n")
          .endsWith("\nExpiration Time: 2026-11-24T10:04:00.123Z");
      nonces.add(
          proof.path("message").asText().replaceAll("(?s).*\nNonce: ([0-9a-f]{16})\n.*", "$1"));
    }
    assertThat(nonces).hasSize(2).allMatch(nonce -> nonce.length() == 16);
  }

  @Test
  void a_solana_wallet_signs_in_with_its_own_kind_of_signature() throws Exception {
    var solana = new Address(ChainId.SOLANA, "3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv");
    JsonNode proof = decoded(new SignInHeader(wallet(solana), () -> NOW, random).value(BASE));
    assertThat(proof.path("type").asText()).isEqualTo("ed25519");
    assertThat(proof.path("chainId").asText()).isEqualTo("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");
    assertThat(Base64.getDecoder().decode(proof.path("signature").asText())).hasSize(65);
    assertThatThrownBy(() ->
            new VeniceAccount(
                BASE, http, solana, USDC, new SignInHeader(wallet(solana), () -> NOW, random)))
        .hasMessageContaining("cannot be paid from solana");
  }

  @ParameterizedTest
  @CsvSource({
    "401, EXTERNAL",
    "403, EXTERNAL",
    "404, EXTERNAL",
    "429, TRANSIENT",
    "503, TRANSIENT"
  })
  void a_balance_that_is_refused_says_why(int status, SupercargoException.Category category) {
    http.reply(status, "{\"error\": \"Invalid Sign-in-with-x signature\"}");
    assertThatThrownBy(account::prepaid)
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refused -> assertThat(refused.category()).isEqualTo(category))
        .hasMessageContaining("Invalid Sign-in-with-x signature");
  }

  @Test
  void a_top_up_proposes_what_the_host_asks_for_on_base_and_keeps_its_terms() throws Exception {
    http.reply(402, TERMS);
    Intent.Payment payment = account.topUp(usdc("10"));
    assertThat(http.last().headers()).doesNotContainKey("PAYMENT-SIGNATURE");
    assertThat(payment.amount()).isEqualTo(usdc("10"));
    assertThat(payment.host()).isEqualTo("api.venice.ai");
    assertThat(payment.resource()).isEqualTo("/api/v1/x402/top-up");
    assertThat(payment.payee().address()).isEqualTo(new Address(ChainId.BASE, PAY_TO));
    assertThat(payment.payee().provenance()).isEqualTo(Provenance.TOOL);
    JsonNode accepted = JSON.readTree(payment.terms()).path("accepted");
    assertThat(accepted.path("amount").asText()).as("what is paid").isEqualTo("10000000");
    assertThat(accepted.path("extra").path("name").asText()).isEqualTo("USD Coin");
  }

  @Test
  void the_header_of_the_requirements_counts_before_the_body() {
    String header = Base64.getEncoder().encodeToString(TERMS.getBytes(StandardCharsets.UTF_8));
    http.reply(402, Map.of("payment-required", header), "{}");
    assertThat(account.topUp(usdc("5")).payee().address().text()).isEqualTo(PAY_TO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "x402Version": 2 | "x402Version": 1 | does not say how in x402, version 2
          "scheme": "exact", "network": "eip155 | "scheme": "upto", "network": "eip155 | does not take USDC on base
          eip155:8453 | eip155:84532 | does not take USDC on base
          0x833589fcd6edb6e08f4c7c32d4f71b54bda02913 | 0x60a3e35cc302bfa44cb288bc5a4f316fdb1adb42 | does not take USDC on base
          0x973961849b8df4006055510E2885847Bc48A10d5 | bob | is no account on base
          {"x402Version" | {"resource": {"url": "https://evil.example.com/x"}, "x402Version" | for something at evil.example.com
          "amount": "5000000",\\n | "amount": "-1",\\n | does not take USDC on base
          "amount": "5000000",\\n | "amount": "20000001",\\n | takes 20.000001 USDC or more, not 20 USDC
          """)
  void terms_that_do_not_fit_are_refused_and_nothing_is_proposed(
      String good, String bad, String words) {
    String from = good.replace("\\n", "\n");
    assertThat(TERMS).contains(from);
    // The option on Base comes last.
    int at = TERMS.lastIndexOf(from);
    http.reply(
        402,
        TERMS.substring(0, at) + bad.replace("\\n", "\n") + TERMS.substring(at + from.length()));
    assertThatThrownBy(() -> account.topUp(usdc("20")))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "<html>", "{\"x402Version\": 2, \"accepts\": 7}"})
  void anything_but_terms_is_refused(String body) {
    http.reply(402, body);
    assertThatThrownBy(() -> account.topUp(usdc("10"))).isInstanceOf(SupercargoException.class);
  }

  @Test
  void other_money_than_the_wallets_dollars_is_refused_before_anyone_is_asked() {
    var ether = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
    assertThatThrownBy(() -> account.topUp(Amount.parse("1", ether)))
        .hasMessageContaining("is not paid in ETH");
    assertThat(http.requests()).isEmpty();
  }

  private static SignedTransaction signed() {
    EvmAddress from = EvmAddress.of(WALLET);
    var authorization =
        new PaymentAuthorization(
            new TokenDomain(
                "USD Coin", "2", BigInteger.valueOf(8453), EvmAddress.parse(USDC_CONTRACT)),
            from,
            EvmAddress.parse(PAY_TO),
            BigInteger.valueOf(10_000_000),
            1_800_000_000L,
            1_800_000_900L,
            Bytes.fromHex("cd".repeat(32)));
    var signature = new RecoverableSignature(BigInteger.TWO, BigInteger.TEN, 1);
    return new SignedTransaction(
        new TransactionId(ChainId.BASE, "authorization"),
        new SignedAuthorization(authorization, signature).bytes(),
        new Validity.UntilTime(1_800_000_900L));
  }

  private Intent.Payment proposed() {
    http.reply(402, TERMS);
    return account.topUp(usdc("10"));
  }

  @Test
  void a_signed_payment_is_handed_over_as_its_host_reads_it_and_the_same_each_time()
      throws Exception {
    Intent.Payment payment = proposed();
    http.reply(200, "{\"success\": true}").reply(409, "{\"error\": \"PAYMENT_IN_PROGRESS\"}");
    assertThat(account.hand(payment, signed())).isInstanceOf(SubmitResult.Accepted.class);
    String first = header(http.last(), "PAYMENT-SIGNATURE");
    assertThat(account.hand(payment, signed())).isInstanceOf(SubmitResult.Accepted.class);
    assertThat(header(http.last(), "PAYMENT-SIGNATURE")).isEqualTo(first);
    assertThat(http.last().repeatable()).isFalse();
    JsonNode header = decoded(first);
    assertThat(header.path("x402Version").asInt()).isEqualTo(2);
    assertThat(header.path("accepted")).isEqualTo(JSON.readTree(payment.terms()).path("accepted"));
    JsonNode authorization = header.path("payload").path("authorization");
    assertThat(authorization.path("from").asText()).isEqualTo(WALLET.text());
    assertThat(authorization.path("to").asText()).isEqualTo(PAY_TO);
    assertThat(authorization.path("value").asText()).isEqualTo("10000000");
    assertThat(authorization.path("validAfter").asText()).isEqualTo("1800000000");
    assertThat(authorization.path("validBefore").asText()).isEqualTo("1800000900");
    assertThat(authorization.path("nonce").asText()).isEqualTo("0x" + "cd".repeat(32));
    assertThat(header.path("payload").path("signature").asText()).matches("0x[0-9a-f]{128}1c");
  }

  @ParameterizedTest
  @CsvSource({
    "400, Rejected", "403, Rejected", "402, Rejected",
    "429, NoAnswer", "500, NoAnswer", "504, NoAnswer"
  })
  void what_a_host_answers_proves_nothing_about_the_payment(int status, String result) {
    Intent.Payment payment = proposed();
    http.reply(status, "{\"error\": \"AMOUNT_TOO_LOW\", \"message\": \"at least 5\"}");
    SubmitResult given = account.hand(payment, signed());
    assertThat(given.getClass().getSimpleName()).isEqualTo(result);
    assertThat(given.toString()).contains("AMOUNT_TOO_LOW at least 5");
  }

  @ParameterizedTest
  @EnumSource(HttpFailure.Kind.class)
  void a_reply_that_never_came_leaves_the_payment_open(HttpFailure.Kind kind) {
    Intent.Payment payment = proposed();
    http.fail(kind);
    assertThat(account.hand(payment, signed())).isInstanceOf(SubmitResult.NoAnswer.class);
  }
}
