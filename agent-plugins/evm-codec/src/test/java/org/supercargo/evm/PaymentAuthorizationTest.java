package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.evm.Samples.ALICE;
import static org.supercargo.evm.Samples.SOLD;
import static org.supercargo.evm.Samples.USDC;
import static org.supercargo.evm.Samples.WALLET;
import static org.supercargo.evm.Samples.WALLET_ON_BASE;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;

class PaymentAuthorizationTest {
  private static final TokenDomain DOMAIN =
      new TokenDomain("USD Coin", "2", BigInteger.valueOf(8453), USDC);
  private static final Bytes NONCE = Bytes.fromHex("5a".repeat(32));
  private static final PaymentAuthorization PAYMENT =
      payment(DOMAIN, WALLET, 1_763_900_000L, 1_763_900_660L);

  private final EvmCodec codec = new EvmCodec();

  private static PaymentAuthorization payment(
      TokenDomain domain, EvmAddress from, long validAfter, long validBefore) {
    return new PaymentAuthorization(domain, from, ALICE, SOLD, validAfter, validBefore, NONCE);
  }

  /// The hash and the signature are viem's (2.57) for the key of EIP-155's example.
  @Test
  void it_is_hashed_and_signed_as_another_library_does() {
    assertThat(PAYMENT.signingHash().hex())
        .isEqualTo("778d385a49584fb121372ff87e24c00af1da5944a355c46eb007cff04b2e1d5e");
    Bytes payload = codec.signingPayload(ChainId.BASE, PAYMENT.bytes(), WALLET_ON_BASE);
    assertThat(payload).isEqualTo(PAYMENT.signingHash());
    TransactionCodec.Signed signed =
        codec.assemble(
            ChainId.BASE, PAYMENT.bytes(), WALLET_ON_BASE, TestKey.OF_EIP_155.sign(payload));
    SignedAuthorization authorization = SignedAuthorization.parse(signed.bytes());
    assertThat(authorization.authorization()).isEqualTo(PAYMENT);
    assertThat(authorization.signer()).isEqualTo(WALLET);
    assertThat(authorization.bytes()).isEqualTo(signed.bytes());
    assertThat(authorization.signatureBytes().hex())
        .isEqualTo(
            "c632c301623cbf607f44842b840e4bbfd65fd9990d3ad1593f6c74008493c84c"
                + "1f265005fe8189c9df3e20c67c533a607334f3cc9330d32faf7a6679b41fef811b");
    assertThat(signed.id().text()).isEqualTo("authorization " + NONCE + " of " + USDC);
  }

  @Test
  void it_is_one_movement_and_costs_no_fee() {
    assertThat(decode(PAYMENT))
        .containsExactly(
            new Effect.Authorization(
                AssetId.token(USDC.on(ChainId.BASE)),
                WALLET_ON_BASE,
                ALICE.on(ChainId.BASE),
                SOLD,
                Instant.ofEpochSecond(PAYMENT.validAfter()),
                Instant.ofEpochSecond(PAYMENT.validBefore())));
  }

  @Test
  void the_bytes_hold_everything_and_are_read_again() {
    Bytes bytes = PAYMENT.bytes();
    assertThat(bytes.hex())
        .startsWith("19017c7c6cdb67a18743f49ec6fa9b35f50d52ed05cbed4cc592e13b44501c1a2267");
    assertThat(bytes.size()).isEqualTo(2 + 32 + 10 * 32 + 4 * 32);
    assertThat(PaymentAuthorization.parse(bytes)).isEqualTo(PAYMENT);
    assertThat(decode(Bytes.fromHex(bytes.hex() + "00")))
        .containsExactly(new Effect.Undecodable("bytes follow the end of the call's arguments"));
  }

  @Test
  void another_token_is_another_asset() {
    var euro = new TokenDomain("EURC", "2", BigInteger.valueOf(8453), Samples.WETH);
    assertThat(decode(payment(euro, WALLET, 1, 2)))
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Authorization.class,
            authorization ->
                assertThat(authorization.asset())
                    .isEqualTo(AssetId.token(Samples.WETH.on(ChainId.BASE))));
  }

  @Test
  void another_chain_and_another_account_are_not_signed() {
    var mainnet = new TokenDomain("USD Coin", "2", BigInteger.ONE, USDC);
    assertRefused(payment(mainnet, WALLET, 1, 2), "for the chain with id 1 instead of");
    assertRefused(payment(DOMAIN, ALICE, 1, 2), "an authorization of " + ALICE + " instead of");
  }

  @Test
  void payments_exclude_each_other_by_token_and_nonce() {
    var euro = new TokenDomain("EURC", "2", BigInteger.valueOf(8453), Samples.WETH);
    String own = exclusion(PAYMENT);
    assertThat(own).startsWith("authorization 0x" + "5a".repeat(32));
    assertThat(exclusion(payment(DOMAIN, WALLET, 5, 9))).isEqualTo(own);
    assertThat(exclusion(payment(euro, WALLET, 1_763_900_000L, 1_763_900_660L)))
        .as("the token takes each nonce once, and so does the other token")
        .isNotEqualTo(own);
  }

  @Test
  void a_signature_of_another_key_or_for_other_bytes_is_not_put_in() {
    Bytes bytes = PAYMENT.bytes();
    Bytes other = TestKey.OF_EIP_155.sign(Keccak256.hash(bytes));
    assertThatThrownBy(() -> codec.assemble(ChainId.BASE, bytes, WALLET_ON_BASE, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not one of");
    Bytes own = TestKey.OF_EIP_155.sign(PAYMENT.signingHash());
    assertThatThrownBy(() -> codec.assemble(ChainId.BASE, bytes, ALICE.on(ChainId.BASE), own))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, ends before it begins",
    "6, 5, ends before it begins",
    "0, 86401, longer than 24 hours",
    "0, 1763900660, longer than 24 hours",
    "-1, 5, no time",
    "1099511627775, 1099511627776, no time"
  })
  void it_is_good_for_a_day_at_the_most(long after, long before, String complaint) {
    assertThat(payment(DOMAIN, WALLET, 0, 86_400).validBefore()).isEqualTo(86_400);
    assertThatThrownBy(() -> payment(DOMAIN, WALLET, after, before))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void times_beyond_every_clock_are_refused_in_bytes_too() {
    for (int index : List.of(7, 8)) {
      byte[] bytes = PAYMENT.bytes().toArray();
      bytes[34 + 32 * index] = 1;
      assertThat(decode(Bytes.of(bytes)))
          .singleElement()
          .isEqualTo(
              new Effect.Undecodable("the authorization is for no time in seconds since 1970"));
    }
  }

  @Test
  void a_request_is_answered_from_ten_minutes_ago_until_its_timeout() {
    var payment =
        PaymentAuthorization.until(
            DOMAIN,
            WALLET,
            ALICE,
            SOLD,
            Instant.ofEpochSecond(1_763_900_600L, 999_999_999),
            Duration.ofSeconds(60),
            NONCE);
    assertThat(payment).isEqualTo(PAYMENT);
    assertThatThrownBy(() ->
            PaymentAuthorization.until(
                DOMAIN,
                WALLET,
                ALICE,
                SOLD,
                Instant.ofEpochSecond(1_763_900_600L),
                Duration.ofHours(24),
                NONCE))
        .hasMessageContaining("longer than 24 hours");
  }

  @ParameterizedTest
  @CsvSource({"'', 2", "USD Coin, ''", "'USD\tCoin', 2"})
  void a_domain_needs_a_name_and_a_version(String name, String version) {
    assertThatThrownBy(() -> new TokenDomain(name, version, BigInteger.ONE, USDC))
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> new TokenDomain("n".repeat(101), "2", BigInteger.ONE, USDC))
        .isInstanceOf(MalformedBytesException.class);
  }

  @Test
  void a_nonce_has_thirty_two_bytes_and_a_value_fits_into_a_word() {
    assertThatThrownBy(() ->
            new PaymentAuthorization(
                DOMAIN, WALLET, ALICE, SOLD, 1, 2, Bytes.fromHex("5a".repeat(31))))
        .hasMessageContaining("32 bytes, not 31");
    assertThatThrownBy(() ->
            new PaymentAuthorization(DOMAIN, WALLET, ALICE, BigInteger.TWO.pow(256), 1, 2, NONCE))
        .hasMessageContaining("256 bits");
  }

  private String exclusion(PaymentAuthorization payment) {
    return codec.exclusion(ChainId.BASE, payment.bytes(), WALLET_ON_BASE).orElseThrow();
  }

  private List<Effect> decode(PaymentAuthorization payment) {
    return decode(payment.bytes());
  }

  private List<Effect> decode(Bytes bytes) {
    return codec.decode(ChainId.BASE, bytes, WALLET_ON_BASE, DecodingHints.NONE);
  }

  private void assertRefused(PaymentAuthorization payment, String reason) {
    assertThat(decode(payment))
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Undecodable.class, effect -> assertThat(effect.what()).contains(reason));
    assertThatThrownBy(() -> codec.signingPayload(ChainId.BASE, payment.bytes(), WALLET_ON_BASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> codec.exclusion(ChainId.BASE, payment.bytes(), WALLET_ON_BASE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
