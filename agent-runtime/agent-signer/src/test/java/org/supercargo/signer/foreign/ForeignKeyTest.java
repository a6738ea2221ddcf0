package org.supercargo.signer.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.SigningKey;

class ForeignKeyTest {
  /// The two vectors that the Web3 Secret Storage definition gives.
  private static final String PBKDF2 =
      """
      {"crypto": {"cipher": "aes-128-ctr",
        "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
        "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
        "kdf": "pbkdf2",
        "kdfparams": {"c": 262144, "dklen": 32, "prf": "hmac-sha256",
          "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
        "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
       "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}
      """;

  private static final String SCRYPT =
      """
      {"crypto": {"cipher": "aes-128-ctr",
        "cipherparams": {"iv": "83dbcc02d8ccb40e466191a123791e0e"},
        "ciphertext": "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c",
        "kdf": "scrypt",
        "kdfparams": {"dklen": 32, "n": 262144, "r": 1, "p": 8,
          "salt": "ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"},
        "mac": "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"},
       "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}
      """;

  private static final String SECRET =
      "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";

  private static byte[] read(KeyType type, String content) {
    return read(type, content, "testpassword");
  }

  private static byte[] read(KeyType type, String content, String password) {
    return ForeignKey.read(
        type, content.getBytes(UTF_8), DerivationPath.usual(type), new Password(password));
  }

  private record Password(String text) implements ForeignKey.Secrets {
    @Override
    public Passphrase password() {
      return Passphrase.of(text.getBytes(UTF_8));
    }

    @Override
    public Optional<Passphrase> addition() {
      throw new AssertionError("only a mnemonic has an addition");
    }
  }

  @Test
  void the_published_key_files_open() {
    assertThat(Bytes.of(read(KeyType.SECP256K1, PBKDF2)).hex()).isEqualTo(SECRET);
    assertThat(Bytes.of(read(KeyType.SECP256K1, SCRYPT)).hex()).isEqualTo(SECRET);
  }

  @Test
  void a_stated_address_must_be_the_one_of_the_key() {
    String address = "\"address\": \"%s\", \"version\": 3";
    String right = address.formatted("008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b");
    String wrong = address.formatted("0x108aeeda4d805471df9b2a5b0f38a0c3bcba786b");
    assertThat(read(KeyType.SECP256K1, PBKDF2.replace("\"version\": 3", right))).hasSize(32);
    assertThatThrownBy(() -> read(KeyType.SECP256K1, PBKDF2.replace("\"version\": 3", wrong)))
        .hasMessageContaining("address");
  }

  @Test
  void a_wrong_password_and_a_changed_file_do_not_open() {
    assertThatThrownBy(() -> read(KeyType.SECP256K1, PBKDF2, "wrongpassword"))
        .isInstanceOf(SupercargoException.class)
        .hasMessage("The key file does not open");
    for (String part : List.of("5318b4d5", "ae3cd4e7", "517ead92")) {
      assertThatThrownBy(() -> read(KeyType.SECP256K1, PBKDF2.replace(part, "00000000")))
          .as("changed at %s", part)
          .hasMessage("The key file does not open");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"n\": 262144 | \"n\": 4096 | too weakly: scrypt with n=4096, r=1, p=8",
        "\"n\": 262144 | \"n\": 262143 | kdfparams",
        "\"n\": 262144 | \"n\": 2147483647 | kdfparams",
        "\"r\": 1 | \"r\": 0 | kdfparams",
        "\"kdf\": \"scrypt\" | \"kdf\": \"md5\" | kdf",
        "\"dklen\": 32 | \"dklen\": 16 | dklen",
        "aes-128-ctr | aes-128-cbc | cipher",
        "\"version\": 3 | \"version\": 1 | version 3",
        "83dbcc02d8ccb40e466191a123791e0e | 83db | iv"
      })
  void weak_or_unknown_parameters_are_refused_by_name(String part, String other, String complaint) {
    assertThatThrownBy(() -> read(KeyType.SECP256K1, SCRYPT.replace(part, other)))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void few_rounds_of_pbkdf2_are_refused() {
    assertThatThrownBy(() -> read(KeyType.SECP256K1, PBKDF2.replace("262144", "10240")))
        .hasMessageContaining("too weakly: PBKDF2 with 10240 rounds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x"})
  void a_plain_key_is_read_with_and_without_prefix(String prefix) {
    assertThat(Bytes.of(read(KeyType.SECP256K1, "  " + prefix + SECRET + "\n")).hex())
        .isEqualTo(SECRET);
  }

  @Test
  void a_solana_key_pair_is_read() {
    assertThat(Bytes.of(read(KeyType.ED25519, solana(pair()))).hex()).isEqualTo("0b".repeat(32));
    assertThat(read(KeyType.ED25519, " [\n" + solana(pair()).substring(1).replace(",", " ,\n ")))
        .hasSize(32);
  }

  @Test
  void a_key_pair_whose_halves_do_not_belong_together_is_refused() {
    List<Integer> pair = pair();
    pair.set(40, pair.get(40) ^ 1);
    assertThatThrownBy(() -> read(KeyType.ED25519, solana(pair)))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("does not belong");
  }

  @Test
  void anything_but_64_numbers_is_no_key_pair() {
    String good = solana(pair());
    for (String bad :
        List.of(
            "",
            "[",
            "[]",
            "{}",
            good.substring(0, good.length() - 1),
            good + "1",
            good.replaceFirst("11", "256"),
            good.replaceFirst("11", "-1"),
            good.replaceFirst("11", "1e1"),
            good.replaceFirst("11", "0011"),
            good.replaceFirst("11,", ""),
            good.replaceFirst("11,", "11,11,"))) {
      assertThatThrownBy(() -> read(KeyType.ED25519, bad))
          .as(bad)
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("not a Solana key pair");
    }
  }

  @Test
  void complaints_quote_nothing_of_the_key_and_the_input_is_overwritten() {
    for (KeyType type : KeyType.values()) {
      for (String text :
          List.of(SECRET + "f", "{\"crypto\": \"" + SECRET, "[" + SECRET + "]", solana(pair()))) {
        byte[] content = text.getBytes(UTF_8);
        try {
          ForeignKey.read(type, content, DerivationPath.usual(type), new Password("x"));
        } catch (SupercargoException e) {
          var traces = new java.io.StringWriter();
          e.printStackTrace(new java.io.PrintWriter(traces));
          assertThat(traces.toString() + e.advice()).doesNotContain("7a28b5", "11,11");
        }
        assertThat(content).containsOnly(0);
      }
    }
  }

  /// RFC 7914, section 12.
  @Test
  void scrypt_gives_the_published_keys() {
    assertThat(Bytes.of(new Scrypt(16, 1, 1).key(new byte[0], new byte[0], 64)).hex())
        .isEqualTo(
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    byte[] key =
        new Scrypt(1024, 8, 16).key("password".getBytes(UTF_8), "NaCl".getBytes(UTF_8), 64);
    assertThat(Bytes.of(key).hex())
        .isEqualTo(
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  }

  @Test
  void scrypt_agrees_with_another_implementation() {
    long seed = 7914;
    var random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      int n = 2 << random.nextInt(8);
      int r = 1 + random.nextInt(9);
      int p = 1 + random.nextInt(4);
      byte[] password = new byte[random.nextInt(40)];
      byte[] salt = new byte[random.nextInt(40)];
      random.nextBytes(password);
      random.nextBytes(salt);
      assertThat(new Scrypt(n, r, p).key(password, salt, 32))
          .as("n=%s r=%s p=%s, round %s of seed %s", n, r, p, round, seed)
          .isEqualTo(SCrypt.generate(password, salt, n, r, p, 32));
    }
  }

  private static List<Integer> pair() {
    byte[] seed = Bytes.fromHex("0b".repeat(32)).toArray();
    var pair = new ArrayList<Integer>();
    try (SigningKey key = KeyType.ED25519.key(seed)) {
      for (byte each : seed) {
        pair.add((int) each);
      }
      for (byte each : key.publicKey().toArray()) {
        pair.add(each & 0xff);
      }
    }
    return pair;
  }

  private static String solana(List<Integer> pair) {
    return pair.toString().replace(" ", "");
  }
}
