package org.supercargo.signer.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

class SigningKeyTest {
  private static final BigInteger ORDER = CustomNamedCurves.getByName("secp256k1").getN();

  /// RFC 8032, section 7.1, tests 1 to 3.
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        + "f9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
        + "f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098"
        + "4dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void ed25519_signs_as_rfc_8032_says(
      String seed, String publicKey, String message, String signature) {
    try (SigningKey key = KeyType.ED25519.key(Bytes.fromHex(seed).toArray())) {
      assertThat(key.publicKey().hex()).isEqualTo(publicKey);
      assertThat(key.sign(Bytes.fromHex(message)).hex()).isEqualTo(signature);
    }
  }

  /// The vectors for secp256k1 with SHA-256 that wallets share, made with RFC 6979 nonces.
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000001,Satoshi Nakamoto,"
        + "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8,"
        + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
    "0000000000000000000000000000000000000000000000000000000000000001,"
        + "'All those moments will be lost in time, like tears in rain. Time to die...',"
        + "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b,"
        + "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21",
    "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140,Satoshi Nakamoto,"
        + "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0,"
        + "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5"
  })
  void secp256k1_signs_with_deterministic_nonces(String secret, String text, String r, String s)
      throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    try (SigningKey key = KeyType.SECP256K1.key(Bytes.fromHex(secret).toArray())) {
      assertThat(key.sign(Bytes.of(hash)).hex()).startsWith(r + s).hasSize(130);
    }
  }

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
