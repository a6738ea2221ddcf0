package org.supercargo.signer.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.Patience;
import org.supercargo.signer.key.RemoteKeyName;
import org.supercargo.signer.key.RemoteSignerProvider;
import org.supercargo.signer.key.RemoteSigners;
import org.supercargo.signer.key.SigningKey;

/// The whole way from a key's name to a signature that is let go.
class KmsKeyStoreTest {
  private static final Bytes HASH = Bytes.fromHex("7e".repeat(32));
  private static final RemoteKeyName NAME = RemoteKeyName.parse("aws-kms:" + LoopbackKms.ALIAS);

  @TempDir Path temporary;

  private final LoopbackKms kms = new LoopbackKms();

  @AfterEach
  void close() {
    kms.close();
  }

  private KeyStore store() {
    var limits =
        new Patience.Limits(Duration.ofSeconds(60), Duration.ofSeconds(20), 3, Duration.ZERO);
    return new KeyStore(
        temporary.resolve("home"),
        Passphrase.of("a long passphrase".getBytes(UTF_8)),
        new SecureRandom(),
        new DomainJson(),
        RemoteSigners.of(
            List.of(new AwsKmsProvider(kms.settings())),
            new Patience(limits, System::nanoTime, pause -> {})));
  }

  /// Links the key and opens it, and forgets the requests of both.
  private SigningKey open(SigningKey key) {
    kms.givesPublicKey(key);
    try (KeyStore store = store()) {
      store.link("main", key.type(), NAME);
      SigningKey opened = store.open("main", key.type());
      kms.forgetRequests();
      return opened;
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void a_key_in_kms_signs_as_one_that_is_here(KeyType type) {
    try (SigningKey key = LoopbackKms.key(type, 9);
        SigningKey remote = open(key)) {
      kms.givesSignature(type, LoopbackKms.signature(key, HASH));
      assertThat(remote.publicKey()).isEqualTo(key.publicKey());
      assertThat(remote.sign(HASH)).isEqualTo(key.sign(HASH));
      assertThat(kms.requests()).hasSize(1);
    }
  }

  @Test
  void an_upper_s_leaves_as_the_lower_one_with_its_parity() {
    try (SigningKey key = LoopbackKms.key(KeyType.SECP256K1, 9);
        SigningKey remote = open(key)) {
      for (int round = 1; round <= 8; round++) {
        Bytes hash = Bytes.fromHex("%064x".formatted(round));
        kms.givesSignature(KeyType.SECP256K1, LoopbackKms.upperSignature(key, hash));
        assertThat(remote.sign(hash)).isEqualTo(key.sign(hash));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void a_signature_of_another_key_or_payload_is_refused_and_not_asked_for_again(KeyType type) {
    try (SigningKey key = LoopbackKms.key(type, 9);
        SigningKey other = LoopbackKms.key(type, 10);
        SigningKey remote = open(key)) {
      kms.givesSignature(type, LoopbackKms.signature(other, HASH));
      SupercargoException stranger =
          catchThrowableOfType(SupercargoException.class, () -> remote.sign(HASH));
      assertThat(stranger.category()).isEqualTo(Category.EXTERNAL);
      assertThat(stranger).hasMessageStartingWith("The key main for " + type.namespace() + ": ");
      assertThat(kms.requests()).hasSize(1);

      kms.givesSignature(type, LoopbackKms.signature(key, Bytes.fromHex("7f".repeat(32))));
      assertThat(
              catchThrowableOfType(SupercargoException.class, () -> remote.sign(HASH)).category())
          .isEqualTo(Category.EXTERNAL);
    }
  }

  @Test
  void a_busy_kms_is_asked_three_times_with_the_same_bytes() {
    try (SigningKey key = LoopbackKms.key(KeyType.ED25519, 9);
        SigningKey remote = open(key)) {
      kms.fails("Sign", 400, "ThrottlingException", "Rate exceeded");
      SupercargoException busy =
          catchThrowableOfType(SupercargoException.class, () -> remote.sign(HASH));
      assertThat(busy.category()).isEqualTo(Category.TRANSIENT);
      kms.requireRequests(
          3,
          "Sign",
          """
          {"KeyId": "alias/treasurer", "Message": "%s", "MessageType": "RAW",
           "SigningAlgorithm": "ED25519_SHA_512"}
          """
              .formatted(HASH.base64()));
    }
  }

  @Test
  void a_key_that_may_not_be_used_is_asked_once() {
    try (SigningKey key = LoopbackKms.key(KeyType.ED25519, 9);
        SigningKey remote = open(key)) {
      kms.fails("Sign", 400, "AccessDeniedException", "no");
      SupercargoException denied =
          catchThrowableOfType(SupercargoException.class, () -> remote.sign(HASH));
      assertThat(denied.category()).isEqualTo(Category.USER);
      assertThat(denied.advice()).contains("kms:Sign");
      assertThat(kms.requests()).hasSize(1);
    }
  }

  @Test
  void an_alias_that_was_pointed_elsewhere_does_not_open() {
    try (SigningKey key = LoopbackKms.key(KeyType.SECP256K1, 9);
        SigningKey other = LoopbackKms.key(KeyType.SECP256K1, 10)) {
      open(key).close();
      kms.givesPublicKey(other);
      try (KeyStore store = store()) {
        SupercargoException moved =
            catchThrowableOfType(
                SupercargoException.class, () -> store.open("main", KeyType.SECP256K1));
        assertThat(moved.category()).isEqualTo(Category.USER);
        assertThat(moved).hasMessageContaining("another key answers");
      }
    }
  }

  @Test
  void a_point_off_the_curve_is_not_linked() {
    byte[] off;
    try (SigningKey key = LoopbackKms.key(KeyType.SECP256K1, 9)) {
      off = LoopbackKms.publicKeyInfo(key);
    }
    off[off.length - 1] ^= 1;
    kms.givesPublicKey("ECC_SECG_P256K1", "SIGN_VERIFY", off);
    try (KeyStore store = store()) {
      SupercargoException refused =
          catchThrowableOfType(
              SupercargoException.class, () -> store.link("main", KeyType.SECP256K1, NAME));
      assertThat(refused.category()).isEqualTo(Category.EXTERNAL);
      assertThat(store.has("main", KeyType.SECP256K1)).isFalse();
    }
  }

  @Test
  void the_jar_on_the_class_path_is_enough_to_reach_kms() {
    var installed = ServiceLoader.load(RemoteSignerProvider.class);
    assertThat(installed).hasOnlyElementsOfType(AwsKmsProvider.class).hasSize(1);
    assertThat(installed.iterator().next().scheme()).isEqualTo("aws-kms");
  }
}
