package org.supercargo.signer.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.Bytes;

class EcdsaSignatureTest {
  private static final BigInteger ORDER = WeierstrassCurve.ORDER;

  private static final List<EcdsaCases.Case> CASES =
      EcdsaCases.of(
          new BigInteger("46".repeat(32), 16),
          new BigInteger("1f2e3d4c5b6a79880123456789abcdef".repeat(2), 16),
          new BigInteger("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53", 16));

  static List<EcdsaCases.Case> cases() {
    return CASES;
  }

  static List<Bytes> badPublicKeys() {
    return EcdsaCases.badPublicKeys();
  }

  /// The parity of a signature after the way it takes in a [RemoteKey], or nothing.
  private static OptionalInt parity(EcdsaCases.Case each) {
    try {
      return EcdsaSignature.parse(each.signature())
          .lower()
          .parity(each.hash(), Secp256k1.publicPoint(each.publicKey()));
    } catch (IllegalArgumentException e) {
      return OptionalInt.empty();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void only_what_the_key_made_has_a_parity(EcdsaCases.Case each) {
    assertThat(parity(each).isPresent()).isEqualTo(each.isGood());
    if (each.signature().size() == 64) {
      byte[] both = each.signature().toArray();
      byte[] key = each.publicKey().toArray();
      assertThat(
              WeierstrassCurve.verifies(
                  new WeierstrassCurve.Point(
                      new BigInteger(1, key, 0, 32), new BigInteger(1, key, 32, 32)),
                  new BigInteger(1, each.hash().toArray()),
                  new BigInteger(1, both, 0, 32),
                  new BigInteger(1, both, 32, 32)))
          .as("the other arithmetic")
          .isEqualTo(each.isGood());
    }
  }

  @Test
  void the_classes_of_bad_signatures_are_all_there() {
    assertThat(cases().stream().filter(each -> !each.isGood())).hasSizeGreaterThan(100);
    assertThat(cases().stream().filter(EcdsaCases.Case::isGood)).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_parity_is_that_of_the_nonce_of_the_lower_s(EcdsaCases.Case each) {
    parity(each)
        .ifPresent(parity -> {
          EcdsaSignature signature = EcdsaSignature.parse(each.signature()).lower();
          assertThat(signature.s()).isLessThanOrEqualTo(ORDER.shiftRight(1));
          BigInteger inverse = signature.s().modInverse(ORDER);
          byte[] key = each.publicKey().toArray();
          WeierstrassCurve.Point nonce =
              requireNonNull(
                  WeierstrassCurve.sum(
                      WeierstrassCurve.product(
                          new BigInteger(1, each.hash().toArray()).multiply(inverse),
                          WeierstrassCurve.BASE),
                      WeierstrassCurve.product(
                          signature.r().multiply(inverse),
                          new WeierstrassCurve.Point(
                              new BigInteger(1, key, 0, 32), new BigInteger(1, key, 32, 32)))));
          assertThat(parity).isEqualTo(nonce.y().testBit(0) ? 1 : 0);
        });
  }

  @ParameterizedTest
  @MethodSource("badPublicKeys")
  void what_is_no_point_is_no_public_key(Bytes publicKey) {
    assertThat(KeyType.SECP256K1.isPublicKey(publicKey)).isFalse();
    assertThatThrownBy(() -> Secp256k1.publicPoint(publicKey))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "secp256k1-rfc6979.csv")
  void the_known_signatures_are_made_and_verify(String secret, String text, String r, String s)
      throws Exception {
    Bytes hash = Bytes.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    try (SigningKey key = KeyType.SECP256K1.key(Bytes.fromHex(secret).toArray())) {
      assertThat(key.sign(hash).hex()).startsWith(r + s).hasSize(130);
      WeierstrassCurve.Point signer =
          requireNonNull(
              WeierstrassCurve.product(new BigInteger(secret, 16), WeierstrassCurve.BASE));
      assertThat(key.publicKey()).isEqualTo(signer.encode());
      assertThat(
              WeierstrassCurve.verifies(
                  signer,
                  new BigInteger(1, hash.toArray()),
                  new BigInteger(r, 16),
                  new BigInteger(s, 16)))
          .isTrue();
    }
  }

  @Test
  void random_mutants_of_signatures_are_judged_as_the_other_arithmetic_judges_them() {
    long seed = 1271;
    var random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      byte[] secret = new byte[32];
      byte[] hash = new byte[32];
      random.nextBytes(secret);
      random.nextBytes(hash);
      try (SigningKey key = KeyType.SECP256K1.key(secret)) {
        byte[] both = Arrays.copyOf(key.sign(Bytes.of(hash)).toArray(), 64);
        boolean changed = random.nextBoolean();
        if (changed) {
          both[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        }
        var mutant =
            new EcdsaCases.Case(
                "mutant", key.publicKey(), Bytes.of(hash), Bytes.of(both), !changed);
        assertThat(parity(mutant).isPresent())
            .as("round %s of seed %s", round, seed)
            .isEqualTo(!changed);
      }
    }
  }
}
