package org.supercargo.signer.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

class SigningKeyTest {
  private static final BigInteger ORDER = CustomNamedCurves.getByName("secp256k1").getN();

  /// The example of EIP-155: v is 37, which is parity 0 on chain 1.
  @Test
  void secp256k1_states_the_parity_of_the_example_in_eip_155() {
    try (SigningKey key = KeyType.SECP256K1.key(Bytes.fromHex("46".repeat(32)).toArray())) {
      Bytes hash =
          Bytes.fromHex("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
      assertThat(key.sign(hash).hex())
          .isEqualTo(
              "28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
                  + "67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"
                  + "00");
    }
  }

  @Test
  void every_secp256k1_signature_is_low_verifies_and_is_repeated_exactly() {
    long seed = 20261123;
    var random = new Random(seed);
    var domain = new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));
    int odd = 0;
    for (int round = 0; round < 200; round++) {
      byte[] secret = new byte[32];
      byte[] hash = new byte[32];
      random.nextBytes(secret);
      random.nextBytes(hash);
      try (SigningKey key = KeyType.SECP256K1.key(secret)) {
        byte[] signature = key.sign(Bytes.of(hash)).toArray();
        var r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
        var s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        odd += signature[64];
        byte[] encoded = new byte[65];
        encoded[0] = 4;
        System.arraycopy(key.publicKey().toArray(), 0, encoded, 1, 64);
        var verifier = new ECDSASigner();
        verifier.init(
            false, new ECPublicKeyParameters(domain.getCurve().decodePoint(encoded), domain));
        assertThat(verifier.verifySignature(hash, r, s))
            .as("round %s of seed %s verifies", round, seed)
            .isTrue();
        assertThat(s)
            .as("s in round %s of seed %s", round, seed)
            .isLessThanOrEqualTo(ORDER.shiftRight(1));
        assertThat(key.sign(Bytes.of(hash)).toArray()).isEqualTo(signature);
      }
    }
    assertThat(odd).as("both parities occur").isBetween(50, 150);
  }

  @Test
  void numbers_outside_the_curve_and_keys_of_another_length_are_refused() {
    byte[] order = Bytes.fromHex(ORDER.toString(16)).toArray();
    assertThatThrownBy(() -> KeyType.SECP256K1.key(order)).isInstanceOf(SupercargoException.class);
    assertThatThrownBy(() -> KeyType.SECP256K1.key(new byte[32]))
        .isInstanceOf(SupercargoException.class);
    assertThatThrownBy(() -> KeyType.SECP256K1.key(new byte[31]))
        .isInstanceOf(SupercargoException.class);
    assertThatThrownBy(() -> KeyType.ED25519.key(new byte[64]))
        .isInstanceOf(SupercargoException.class);
  }

  @Test
  void a_closed_key_signs_nothing() {
    for (KeyType type : KeyType.values()) {
      byte[] secret = new byte[32];
      Arrays.fill(secret, (byte) 7);
      SigningKey key = type.key(secret);
      key.close();
      assertThatThrownBy(() -> key.sign(Bytes.of(new byte[32])))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_key_never_shows_its_private_half() {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 0x5a);
    for (KeyType type : KeyType.values()) {
      try (SigningKey key = type.key(secret)) {
        assertThat(key.toString()).contains(key.publicKey().hex()).doesNotContain("5a5a5a5a");
      }
    }
  }

  @Test
  void the_public_half_in_a_signature_is_the_derived_one() {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 3);
    try (SigningKey key = KeyType.ED25519.key(seed)) {
      byte[] message = "voyage".getBytes(UTF_8);
      byte[] signature = key.sign(Bytes.of(message)).toArray();
      assertThat(
              Ed25519.verify(
                  signature, 0, key.publicKey().toArray(), 0, message, 0, message.length))
          .isTrue();
    }
  }
}
