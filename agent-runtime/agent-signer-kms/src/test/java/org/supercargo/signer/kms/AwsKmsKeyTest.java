package org.supercargo.signer.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.RemoteSigner;
import org.supercargo.signer.key.SigningKey;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

class AwsKmsKeyTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Bytes HASH = Bytes.fromHex("7e".repeat(32));

  private final LoopbackKms kms = new LoopbackKms();

  @AfterEach
  void close() {
    kms.close();
  }

  private RemoteSigner remote(KeyType type) {
    return new AwsKmsProvider(kms.settings()).open(LoopbackKms.ALIAS, type);
  }

  private SupercargoException failureOfSigning(KeyType type) {
    try (RemoteSigner remote = remote(type)) {
      return catchThrowableOfType(SupercargoException.class, () -> remote.sign(HASH, DEADLINE));
    }
  }

  private SupercargoException failureOfAsking(KeyType type) {
    try (RemoteSigner remote = remote(type)) {
      return catchThrowableOfType(SupercargoException.class, () -> remote.publicKey(DEADLINE));
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void the_public_key_is_asked_for_and_unpacked(KeyType type) {
    try (SigningKey key = LoopbackKms.key(type, 7);
        RemoteSigner remote = remote(type)) {
      kms.givesPublicKey(key);
      assertThat(remote.publicKey(DEADLINE)).isEqualTo(key.publicKey());
    }
    kms.requireRequests(1, "GetPublicKey", "{\"KeyId\": \"alias/treasurer\"}");
  }

  @Test
  void a_hash_is_signed_as_a_digest() {
    try (SigningKey key = LoopbackKms.key(KeyType.SECP256K1, 7);
        RemoteSigner remote = remote(KeyType.SECP256K1)) {
      kms.givesSignature(KeyType.SECP256K1, LoopbackKms.signature(key, HASH));
      assertThat(remote.sign(HASH, DEADLINE))
          .isEqualTo(Bytes.of(Arrays.copyOf(key.sign(HASH).toArray(), 64)));
    }
    kms.requireRequests(
        1,
        "Sign",
        """
        {"KeyId": "alias/treasurer", "Message": "%s", "MessageType": "DIGEST",
         "SigningAlgorithm": "ECDSA_SHA_256"}
        """
            .formatted(HASH.base64()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1232, 4096})
  void a_message_is_signed_raw(int size) {
    Bytes message = Bytes.of("m".repeat(size).getBytes(UTF_8));
    try (SigningKey key = LoopbackKms.key(KeyType.ED25519, 7);
        RemoteSigner remote = remote(KeyType.ED25519)) {
      kms.givesSignature(KeyType.ED25519, LoopbackKms.signature(key, message));
      assertThat(remote.sign(message, DEADLINE)).isEqualTo(key.sign(message));
    }
    kms.requireRequests(
        1,
        "Sign",
        """
        {"KeyId": "alias/treasurer", "Message": "%s", "MessageType": "RAW",
         "SigningAlgorithm": "ED25519_SHA_512"}
        """
            .formatted(message.base64()));
  }

  @Test
  void a_payload_that_cannot_be_signed_is_not_sent() {
    try (RemoteSigner remote = remote(KeyType.ED25519)) {
      assertThatThrownBy(() -> remote.sign(Bytes.of(new byte[4097]), DEADLINE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4096");
    }
    try (RemoteSigner remote = remote(KeyType.SECP256K1)) {
      assertThatThrownBy(() -> remote.sign(Bytes.of(new byte[31]), DEADLINE))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(kms.requests()).isEmpty();
  }

  @Test
  void small_numbers_are_padded_to_32_bytes() {
    try (RemoteSigner remote = remote(KeyType.SECP256K1)) {
      kms.givesSignature(
          KeyType.SECP256K1, LoopbackKms.der(BigInteger.valueOf(1), BigInteger.valueOf(128)));
      assertThat(remote.sign(HASH, DEADLINE).hex())
          .isEqualTo("00".repeat(31) + "01" + "00".repeat(31) + "80");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, ThrottlingException, TRANSIENT, right now",
    "400, Throttling, TRANSIENT, right now",
    "429, TooManyRequestsException, TRANSIENT, right now",
    "400, LimitExceededException, EXTERNAL, LimitExceededException",
    "500, KMSInternalException, TRANSIENT, right now",
    "500, DependencyTimeoutException, TRANSIENT, right now",
    "500, KeyUnavailableException, TRANSIENT, right now",
    "503, ServiceUnavailableException, TRANSIENT, right now",
    "400, KeyUnavailableException, TRANSIENT, right now",
    "400, AccessDeniedException, USER, does not let the signer use the key",
    "400, DisabledException, USER, is disabled",
    "400, KMSInvalidStateException, USER, in no state to sign",
    "400, NotFoundException, USER, no such key",
    "400, InvalidArnException, USER, no such key",
    "400, InvalidKeyUsageException, USER, not one for such signatures",
    "400, UnsupportedOperationException, USER, not one for such signatures",
    "400, UnrecognizedClientException, USER, credentials",
    "400, InvalidSignatureException, USER, credentials",
    "400, ExpiredTokenException, USER, credentials",
    "403, IncompleteSignature, USER, credentials",
    "400, SomethingNewException, EXTERNAL, SomethingNewException",
    "404, '', EXTERNAL, HTTP status 404",
    "400, 'no <code> at all', EXTERNAL, HTTP status 400"
  })
  void every_error_is_somebodys_to_mend(
      int status, String code, Category category, String complaint) {
    String quoted =
        "User: arn:aws:iam::111122223333:user/carol is not authorized on "
            + LoopbackKms.ALIAS
            + " "
            + LoopbackKms.SECRET_KEY;
    kms.fails("Sign", status, code, quoted);
    kms.fails("GetPublicKey", status, code, quoted);
    for (KeyType type : KeyType.values()) {
      for (SupercargoException failure : List.of(failureOfSigning(type), failureOfAsking(type))) {
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure).hasMessageContaining(complaint);
        assertThat(failure.advice()).isNotBlank();
        requireDiscreet(failure);
      }
    }
    assertThat(kms.requests()).as("nothing is repeated here").hasSize(4);
  }

  private static void requireDiscreet(SupercargoException failure) {
    var printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    assertThat(printed + failure.advice())
        .doesNotContain("111122223333", "carol", LoopbackKms.ALIAS, LoopbackKms.SECRET_KEY)
        .doesNotContain(LoopbackKms.ACCESS_KEY);
  }

  @Test
  void an_answer_that_does_not_come_ends_with_its_deadline() {
    kms.isSlow("Sign", 60_000);
    try (RemoteSigner remote = remote(KeyType.ED25519)) {
      long start = System.nanoTime();
      SupercargoException late =
          catchThrowableOfType(
              SupercargoException.class, () -> remote.sign(HASH, Duration.ofMillis(300)));
      assertThat(late.category()).isEqualTo(Category.TRANSIENT);
      assertThat(late).hasMessageContaining("in time");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
    }
  }

  @Test
  void a_connection_that_breaks_or_is_refused_is_for_now() {
    assertThat(kms.endpoint()).hasHost("127.0.0.1");
    kms.breaksConnection("Sign");
    SupercargoException broken = failureOfSigning(KeyType.ED25519);
    assertThat(broken.category()).isEqualTo(Category.TRANSIENT);
    assertThat(broken).hasMessageContaining("cannot be reached");
    kms.close();
    SupercargoException refused = failureOfSigning(KeyType.ED25519);
    assertThat(refused.category()).isEqualTo(Category.TRANSIENT);
    requireDiscreet(refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[]",
        "{\"Signature\": null}",
        "{\"Signature\": \"\", \"SigningAlgorithm\": \"ED25519_SHA_512\"}",
        "{\"Signature\": \"AAAA\", \"SigningAlgorithm\": \"ED25519_SHA_512\"}",
        "{\"Signature\": \"AAAA\", \"SigningAlgorithm\": \"ECDSA_SHA_256\"}",
        "{\"Signature\": \"%%%\", \"SigningAlgorithm\": \"ED25519_SHA_512\"}",
        "{\"Signature\": 7",
        "<html>Sign in to the hotel's network</html>"
      })
  void an_answer_that_makes_no_sense_is_a_stranger(String body) {
    kms.answers("Sign", body);
    kms.answers("GetPublicKey", body);
    for (KeyType type : KeyType.values()) {
      SupercargoException failure = failureOfSigning(type);
      assertThat(failure.category()).as(failure.what()).isEqualTo(Category.EXTERNAL);
      requireDiscreet(failure);
      // Without a kind the key may also be one of another kind.
      assertThat(failureOfAsking(type).category()).isIn(Category.EXTERNAL, Category.USER);
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void a_signature_cut_short_is_refused(KeyType type) {
    try (SigningKey key = LoopbackKms.key(type, 7)) {
      kms.givesSignature(type, LoopbackKms.cut(LoopbackKms.signature(key, HASH)));
      assertThat(failureOfSigning(type).category()).isEqualTo(Category.EXTERNAL);
    }
  }

  @Test
  void a_signature_of_another_algorithm_is_refused() {
    try (SigningKey key = LoopbackKms.key(KeyType.ED25519, 7)) {
      kms.givesSignature("ED25519_PH_SHA_512", LoopbackKms.signature(key, HASH));
      assertThat(failureOfSigning(KeyType.ED25519).category()).isEqualTo(Category.EXTERNAL);
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void a_public_key_cut_short_is_refused(KeyType type) {
    try (SigningKey key = LoopbackKms.key(type, 7)) {
      kms.givesPublicKey(
          LoopbackKms.kind(type), "SIGN_VERIFY", LoopbackKms.cut(LoopbackKms.publicKeyInfo(key)));
      assertThat(failureOfAsking(type).category()).isEqualTo(Category.EXTERNAL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ECC_NIST_P256, SIGN_VERIFY",
    "RSA_2048, SIGN_VERIFY",
    "ECC_NIST_EDWARDS25519, SIGN_VERIFY",
    "ECC_SECG_P256K1, KEY_AGREEMENT",
    "A_NEW_KIND, SIGN_VERIFY"
  })
  void a_key_of_another_kind_is_refused_by_the_kind_that_is_wanted(String kind, String use) {
    try (SigningKey key = LoopbackKms.key(KeyType.SECP256K1, 7)) {
      kms.givesPublicKey(kind, use, LoopbackKms.publicKeyInfo(key));
    }
    SupercargoException wrong = failureOfAsking(KeyType.SECP256K1);
    assertThat(wrong.category()).isEqualTo(Category.USER);
    assertThat(wrong.advice()).contains("ECC_SECG_P256K1", "SIGN_VERIFY");
  }

  @Test
  void missing_credentials_are_the_owners_to_give_and_nothing_is_sent() {
    var settings =
        new KmsSettings(
            Optional.of(Region.EU_CENTRAL_1),
            Optional.of(kms.endpoint()),
            () -> {
              throw SdkClientException.create("no profile of carol");
            });
    try (RemoteSigner remote =
        new AwsKmsProvider(settings).open(LoopbackKms.ALIAS, KeyType.ED25519)) {
      SupercargoException missing =
          catchThrowableOfType(SupercargoException.class, () -> remote.sign(HASH, DEADLINE));
      assertThat(missing.category()).isEqualTo(Category.USER);
      assertThat(missing).hasMessage("There are no credentials for AWS");
      requireDiscreet(missing);
    }
    assertThat(kms.requests()).isEmpty();
  }

  @Test
  void an_arn_tells_the_region() {
    String arn = "arn:aws:kms:ap-south-1:111122223333:alias/treasurer";
    try (SigningKey key = LoopbackKms.key(KeyType.ED25519, 7);
        RemoteSigner remote = new AwsKmsProvider(kms.settings()).open(arn, KeyType.ED25519)) {
      kms.givesPublicKey(key);
      assertThat(remote.publicKey(DEADLINE)).isEqualTo(key.publicKey());
    }
    kms.requireRequests(1, "GetPublicKey", "{\"KeyId\": \"" + arn + "\"}");
    assertThat(kms.requests().getFirst().getHeader("Authorization"))
        .contains("/ap-south-1/kms/aws4_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "alias treasurer", "alias/x\"", "arn:aws:kms:eu", "arn:aws:s3:::bucket/key"})
  void what_is_no_name_in_kms_is_refused(String name) {
    assertThatThrownBy(() -> new AwsKmsProvider(kms.settings()).open(name, KeyType.ED25519).close())
        .isInstanceOf(SupercargoException.class)
        .hasMessage("This is not the name of a key in AWS KMS");
  }

  @Test
  void no_request_shows_the_secret_key() {
    try (SigningKey key = LoopbackKms.key(KeyType.ED25519, 7);
        RemoteSigner remote = remote(KeyType.ED25519)) {
      kms.givesPublicKey(key);
      kms.givesSignature(KeyType.ED25519, LoopbackKms.signature(key, HASH));
      remote.publicKey(DEADLINE);
      remote.sign(HASH, DEADLINE);
    }
    assertThat(kms.requests())
        .hasSize(2)
        .allSatisfy(request ->
            assertThat(request.getBodyAsString() + request.getHeaders() + request.getUrl())
                .doesNotContain(LoopbackKms.SECRET_KEY));
  }
}
