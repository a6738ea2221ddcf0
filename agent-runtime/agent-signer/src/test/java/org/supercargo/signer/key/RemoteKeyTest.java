package org.supercargo.signer.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;

class RemoteKeyTest {
  private static final Patience.Limits LIMITS =
      new Patience.Limits(Duration.ofSeconds(5), Duration.ofSeconds(2), 3, Duration.ofMillis(100));
  private static final Bytes PAYLOAD = Bytes.fromHex("7e".repeat(32));

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new ArrayList<>();
  private final SigningKey ed25519 = KeyType.ED25519.key(Bytes.fromHex("42".repeat(32)).toArray());
  private final SigningKey secp256k1 =
      KeyType.SECP256K1.key(Bytes.fromHex("42".repeat(32)).toArray());

  @AfterEach
  void close() {
    ed25519.close();
    secp256k1.close();
  }

  private SigningKey key(KeyType type) {
    return switch (type) {
      case ED25519 -> ed25519;
      case SECP256K1 -> secp256k1;
    };
  }

  private Patience patience() {
    return new Patience(
        LIMITS,
        nanos::get,
        pause -> {
          pauses.add(pause);
          nanos.addAndGet(pause.toNanos());
        });
  }

  private SigningKey open(DistantKey place, KeyType type) {
    return RemoteSigners.of(List.of(place), patience())
        .open("The key main", DistantKey.NAME, type, key(type).publicKey());
  }

  private static SupercargoException failure(Category category) {
    return new SupercargoException(category, "It failed", "Do something.", null);
  }

  private static SupercargoException failureOf(Runnable action) {
    return catchThrowableOfType(SupercargoException.class, action::run);
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void a_distant_key_signs_as_one_that_is_here(KeyType type) {
    var place = new DistantKey(key(type));
    try (SigningKey remote = open(place, type)) {
      assertThat(remote.type()).isEqualTo(type);
      assertThat(remote.publicKey()).isEqualTo(key(type).publicKey());
      assertThat(remote.sign(PAYLOAD)).isEqualTo(key(type).sign(PAYLOAD));
      assertThat(remote).hasToString("The key main of " + key(type).publicKey());
    }
    assertThat(place.closed()).isEqualTo(1);
  }

  @Test
  void an_upper_s_is_exchanged_for_the_lower_one_and_its_parity() {
    var place = new DistantKey(secp256k1);
    place.answerUpperHalf();
    try (SigningKey remote = open(place, KeyType.SECP256K1)) {
      for (int round = 0; round < 20; round++) {
        Bytes hash = Bytes.fromHex("%064x".formatted(round));
        assertThat(remote.sign(hash)).isEqualTo(secp256k1.sign(hash));
      }
    }
  }

  @Test
  void a_long_message_is_signed_whole_with_ed25519() {
    Bytes message = Bytes.of("x".repeat(1232).getBytes(UTF_8));
    try (SigningKey remote = open(new DistantKey(ed25519), KeyType.ED25519)) {
      assertThat(remote.sign(message)).isEqualTo(ed25519.sign(message));
    }
  }

  static List<Ed25519Cases.Case> ed25519Cases() {
    return Ed25519SignatureTest.cases();
  }

  @ParameterizedTest
  @MethodSource("ed25519Cases")
  void no_ed25519_signature_leaves_that_an_honest_key_would_not_make(Ed25519Cases.Case each) {
    var place = new DistantKey(ed25519);
    place.answer(each.signature());
    try (var remote =
        new RemoteKey(
            "The key main",
            place.open(DistantKey.NAME.key(), KeyType.ED25519),
            KeyType.ED25519,
            each.publicKey(),
            patience())) {
      requireOutcome(remote, Ed25519SignatureTest.MESSAGE, each.isGood(), place);
    }
  }

  static List<EcdsaCases.Case> ecdsaCases() {
    return EcdsaSignatureTest.cases();
  }

  @ParameterizedTest
  @MethodSource("ecdsaCases")
  void no_secp256k1_signature_leaves_that_the_key_did_not_make(EcdsaCases.Case each) {
    var place = new DistantKey(secp256k1);
    place.answer(each.signature());
    try (var remote =
        new RemoteKey(
            "The key main",
            place.open(DistantKey.NAME.key(), KeyType.SECP256K1),
            KeyType.SECP256K1,
            each.publicKey(),
            patience())) {
      requireOutcome(remote, each.hash(), each.isGood(), place);
    }
  }

  private static void requireOutcome(
      SigningKey remote, Bytes payload, boolean isGood, DistantKey place) {
    if (isGood) {
      Bytes signature = remote.sign(payload);
      if (remote.type() == KeyType.SECP256K1) {
        assertThat(signature.size()).isEqualTo(65);
        assertThat(new BigInteger(1, signature.toArray(), 32, 32))
            .isLessThanOrEqualTo(WeierstrassCurve.ORDER.shiftRight(1));
      }
    } else {
      SupercargoException refused = failureOf(() -> remote.sign(payload));
      assertThat(refused.category()).isEqualTo(Category.EXTERNAL);
      assertThat(refused).hasMessageContaining("The key main: the answer is not a signature");
    }
    assertThat(place.deadlines()).as("a wrong answer is not asked for again").hasSize(1);
  }

  @Test
  void what_did_not_work_for_now_is_asked_again_and_again_and_then_no_more() {
    var place = new DistantKey(ed25519);
    try (SigningKey remote = open(place, KeyType.ED25519)) {
      place.deadlines().clear();
      place.failWith(failure(Category.TRANSIENT), failure(Category.TRANSIENT));
      assertThat(remote.sign(PAYLOAD)).isEqualTo(ed25519.sign(PAYLOAD));
      assertThat(place.deadlines()).hasSize(3);
      assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));

      place.deadlines().clear();
      place.failWith(
          failure(Category.TRANSIENT), failure(Category.TRANSIENT), failure(Category.TRANSIENT));
      SupercargoException last = failureOf(() -> remote.sign(PAYLOAD));
      assertThat(last.category()).isEqualTo(Category.TRANSIENT);
      assertThat(last).hasMessage("The key main: It failed");
      assertThat(last.advice()).isEqualTo("Do something.");
      assertThat(place.deadlines()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Category.class,
      names = {"USER", "POLICY", "EXTERNAL", "BUG"})
  void whatever_else_fails_is_not_asked_again(Category category) {
    var place = new DistantKey(ed25519);
    try (SigningKey remote = open(place, KeyType.ED25519)) {
      place.deadlines().clear();
      place.failWith(failure(category));
      assertThat(failureOf(() -> remote.sign(PAYLOAD)).category()).isEqualTo(category);
      assertThat(place.deadlines()).hasSize(1);
    }
  }

  @Test
  void a_defect_passes_as_it_is() {
    var place = new DistantKey(ed25519);
    try (SigningKey remote = open(place, KeyType.ED25519)) {
      place.failWith(new IllegalArgumentException("longer than 4096 bytes"));
      assertThatThrownBy(() -> remote.sign(PAYLOAD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("longer than 4096 bytes");
    }
  }

  @Test
  void no_try_begins_after_the_time_is_up_and_none_gets_more_than_is_left() {
    var place = new DistantKey(ed25519);
    try (SigningKey remote = open(place, KeyType.ED25519)) {
      place.deadlines().clear();
      place.answer((payload, signature) -> {
        nanos.addAndGet(Duration.ofMillis(1950).toNanos());
        throw failure(Category.TRANSIENT);
      });
      assertThat(failureOf(() -> remote.sign(PAYLOAD)).category()).isEqualTo(Category.TRANSIENT);
      assertThat(place.deadlines())
          .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(800));

      nanos.set(0);
      place.deadlines().clear();
      place.answer((payload, signature) -> {
        nanos.addAndGet(Duration.ofMillis(4950).toNanos());
        throw failure(Category.TRANSIENT);
      });
      assertThat(failureOf(() -> remote.sign(PAYLOAD)).category()).isEqualTo(Category.TRANSIENT);
      assertThat(place.deadlines()).as("50 ms are less than the pause").hasSize(1);
    }
  }

  /// Real time: the place hangs and heeds no interrupt, and the caller comes back.
  @Test
  void a_place_that_hangs_does_not_keep_the_caller() throws Exception {
    var release = new CountDownLatch(1);
    var left = new CountDownLatch(1);
    var place = new DistantKey(ed25519);
    var limits =
        new Patience.Limits(Duration.ofSeconds(60), Duration.ofMillis(40), 2, Duration.ZERO);
    var patience = new Patience(limits, System::nanoTime, pauses::add);
    try (var remote =
        new RemoteKey(
            "The key main",
            place.open(DistantKey.NAME.key(), KeyType.ED25519),
            KeyType.ED25519,
            ed25519.publicKey(),
            patience)) {
      place.answer((payload, signature) -> {
        awaitUninterruptibly(release);
        left.countDown();
        return signature;
      });
      SupercargoException late = failureOf(() -> remote.sign(PAYLOAD));
      assertThat(late.category()).isEqualTo(Category.TRANSIENT);
      assertThat(late).hasMessage("The key main: There was no answer in time");
      assertThat(pauses).hasSize(1);
    } finally {
      release.countDown();
    }
    left.await();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        // A place that heeds no interrupt is what this is about.
      }
    }
  }

  @Test
  void an_interrupted_caller_is_let_go_and_stays_interrupted() throws Exception {
    var asked = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var place = new DistantKey(ed25519);
    var outcome = new AtomicReference<SupercargoException>();
    try (SigningKey remote = open(place, KeyType.ED25519)) {
      place.answer((payload, signature) -> {
        asked.countDown();
        awaitUninterruptibly(release);
        return signature;
      });
      Thread caller =
          Thread.ofPlatform()
              .start(() -> {
                SupercargoException failure = failureOf(() -> remote.sign(PAYLOAD));
                if (Thread.currentThread().isInterrupted()) {
                  outcome.set(failure);
                }
              });
      asked.await();
      caller.interrupt();
      caller.join();
      release.countDown();
    }
    assertThat(outcome.get()).isNotNull();
    assertThat(outcome.get().category()).isEqualTo(Category.TRANSIENT);
  }

  @Test
  void a_hash_of_another_length_is_not_even_sent() {
    var place = new DistantKey(secp256k1);
    try (SigningKey remote = open(place, KeyType.SECP256K1)) {
      place.deadlines().clear();
      for (int size : new int[] {0, 31, 33, 64}) {
        assertThatThrownBy(() -> remote.sign(Bytes.of(new byte[size])))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(place.deadlines()).isEmpty();
    }
  }

  @Test
  void a_closed_key_asks_nothing() {
    var place = new DistantKey(ed25519);
    SigningKey remote = open(place, KeyType.ED25519);
    remote.close();
    place.deadlines().clear();
    assertThatThrownBy(() -> remote.sign(PAYLOAD)).isInstanceOf(IllegalStateException.class);
    assertThat(place.deadlines()).isEmpty();
  }

  @Test
  void a_key_that_is_not_what_it_was_does_not_open() {
    var place = new DistantKey(ed25519);
    place.answerPublicKey(secp256k1.publicKey());
    SupercargoException other = failureOf(() -> open(place, KeyType.ED25519));
    assertThat(other.category()).isEqualTo(Category.USER);
    assertThat(other).hasMessageContaining("another key answers");
    assertThat(place.closed()).as("connections left open").isEqualTo(1);
  }

  @Test
  void a_place_that_nothing_reaches_is_named() {
    SupercargoException unknown =
        failureOf(() ->
            RemoteSigners.of(List.of(), patience())
                .publicKey("The key main", DistantKey.NAME, KeyType.ED25519));
    assertThat(unknown.category()).isEqualTo(Category.USER);
    assertThat(unknown).hasMessage("The key main: nothing here reaches keys of far-away");
  }

  @Test
  void what_is_no_public_key_is_not_taken_for_one() {
    var all = new ArrayList<>(EcdsaCases.badPublicKeys());
    var place = new DistantKey(secp256k1);
    for (Bytes bad : all) {
      place.answerPublicKey(bad);
      SupercargoException refused =
          failureOf(() ->
              RemoteSigners.of(List.of(place), patience())
                  .publicKey("The key main", DistantKey.NAME, KeyType.SECP256K1));
      assertThat(refused.category()).as("%s", bad).isEqualTo(Category.EXTERNAL);
    }
  }

  @Test
  void the_signer_as_it_comes_reaches_no_place_elsewhere() {
    assertThatThrownBy(() ->
            RemoteSigners.installed().publicKey("The key main", DistantKey.NAME, KeyType.ED25519))
        .hasMessageContaining("nothing here reaches");
  }

  @Test
  void a_name_says_where_and_which() {
    RemoteKeyName name = RemoteKeyName.parse("aws-kms:arn:aws:kms:eu-west-1:1:key/2");
    assertThat(name.scheme()).isEqualTo("aws-kms");
    assertThat(name.key()).isEqualTo("arn:aws:kms:eu-west-1:1:key/2");
    assertThat(name).hasToString("aws-kms:arn:aws:kms:eu-west-1:1:key/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "aws-kms",
        "aws-kms:",
        ":alias/x",
        "AWS:alias/x",
        "aws-kms:alias x",
        "aws-kms:alias\nx",
        "aws_kms:x",
        "-:x",
        "aws-kms:\u00e9"
      })
  void anything_else_is_no_name_and_is_not_repeated(String text) {
    assertThatThrownBy(() -> RemoteKeyName.parse(text))
        .isInstanceOf(SupercargoException.class)
        .hasMessage("This is not the name of a key that lives elsewhere");
    assertThatThrownBy(() -> RemoteKeyName.parse("x:" + "y".repeat(513)))
        .isInstanceOf(SupercargoException.class);
  }
}
