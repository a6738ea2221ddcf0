package org.supercargo.signer.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.evm.EvmAddress;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.SigningKey;
import org.supercargo.solana.Base58;

class MnemonicTest {
  private static final String ABOUT = "abandon ".repeat(11) + "about";

  private record Given(Optional<String> text) implements ForeignKey.Secrets {
    static final Given NOTHING = new Given(Optional.empty());

    @Override
    public Passphrase password() {
      throw new AssertionError("a mnemonic has no password");
    }

    @Override
    public Optional<Passphrase> addition() {
      return text.map(given -> Passphrase.of(given.getBytes(UTF_8)));
    }
  }

  private static byte[] read(KeyType type, String words, String path, Given given) {
    return ForeignKey.read(type, words.getBytes(UTF_8), DerivationPath.parse(path), given);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "bip39-english.csv")
  void the_published_mnemonics_give_their_entropy_seed_and_master_key(
      String entropy, String words, String seed, String masterKey) {
    try (Mnemonic mnemonic = Mnemonic.read(words.getBytes(UTF_8))) {
      assertThat(Bytes.of(mnemonic.entropy()).hex()).isEqualTo(entropy);
      byte[] actual = mnemonic.seed("TREZOR".getBytes(UTF_8));
      assertThat(Bytes.of(actual).hex()).isEqualTo(seed);
      try (ExtendedKey master = ExtendedKey.master(KeyType.SECP256K1, actual)) {
        assertThat(Bytes.of(master.chainCode()))
            .isEqualTo(ExtendedKeyText.parse(masterKey).chainCode());
        assertThat(Bytes.of(master.secret())).isEqualTo(ExtendedKeyText.parse(masterKey).secret());
      }
    }
  }

  /// Where wallets show the first account of these mnemonics, which everybody knows.
  @ParameterizedTest
  @CsvSource({
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about,"
        + "0x9858EfFD232B4033E47d90003D41EC34EcaEda94",
    "test test test test test test test test test test test junk,"
        + "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
  })
  void the_usual_path_on_evm_chains_leads_where_wallets_lead(String words, String address) {
    byte[] secret =
        read(
            KeyType.SECP256K1,
            words,
            DerivationPath.usual(KeyType.SECP256K1).toString(),
            Given.NOTHING);
    try (SigningKey key = KeyType.SECP256K1.key(secret)) {
      assertThat(EvmAddress.ofPublicKey(key.publicKey()).toString()).isEqualTo(address);
    }
  }

  @Test
  void the_usual_path_on_solana_leads_where_wallets_lead() {
    byte[] secret = read(KeyType.ED25519, ABOUT, "m/44'/501'/0'/0'", Given.NOTHING);
    try (SigningKey key = KeyType.ED25519.key(secret)) {
      assertThat(Base58.encode(key.publicKey()))
          .isEqualTo("HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk");
    }
    assertThat(DerivationPath.usual(KeyType.ED25519)).hasToString("m/44'/501'/0'/0'");
  }

  @Test
  void another_path_and_an_addition_lead_to_other_keys() {
    var keys =
        List.of(
            Bytes.of(read(KeyType.ED25519, ABOUT, "m/44'/501'/0'/0'", Given.NOTHING)),
            Bytes.of(read(KeyType.ED25519, ABOUT, "m/44'/501'/1'/0'", Given.NOTHING)),
            Bytes.of(read(KeyType.ED25519, ABOUT, "m/44'/501'/0'/0'", given("twelve"))),
            Bytes.of(read(KeyType.SECP256K1, ABOUT, "m/44'/60'/0'/0/0", Given.NOTHING)));
    assertThat(keys).doesNotHaveDuplicates();
  }

  private static Given given(String addition) {
    return new Given(Optional.of(addition));
  }

  /// The one letter é and the letter e with an accent after it are the same to a person.
  @Test
  void an_addition_beyond_ascii_is_normalized_first() {
    assertThat(read(KeyType.ED25519, ABOUT, "m/0'", given("caf\u00e9")))
        .isEqualTo(read(KeyType.ED25519, ABOUT, "m/0'", given("cafe\u0301")))
        .isNotEqualTo(read(KeyType.ED25519, ABOUT, "m/0'", given("cafe")));
  }

  @Test
  void any_white_space_stands_between_words() {
    assertThat(
            read(KeyType.ED25519, "\n " + ABOUT.replace(" ", " \r\n\t") + "\n", "m", Given.NOTHING))
        .isEqualTo(read(KeyType.ED25519, ABOUT, "m", Given.NOTHING));
  }

  @ParameterizedTest
  @CsvSource({
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon,checksum",
    "about abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon,checksum",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about,"
        + "has 11 words",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon about,has 13 words",
    "abandon about,has 2 words",
    "abandon abandon abandonn abandon abandon abandon abandon abandon abandon abandon abandon"
        + " about,Word 3 ",
    "Abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " about,Word 1 ",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abou,Word 12 ",
    "abaisser abandon abdiquer abeille abolir aborder aboutir aboyer abrasif abreuver abriter"
        + " abroger,Word 1 ",
    "énergie énergie énergie,Word 1 "
  })
  void a_mnemonic_that_is_none_is_refused_by_its_fault(String words, String complaint) {
    for (KeyType type : KeyType.values()) {
      assertThatThrownBy(() -> read(type, words, "m", Given.NOTHING))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining(complaint);
    }
  }

  @Test
  void one_checksum_in_sixteen_fits_a_last_word_of_twelve() {
    WordList list = WordList.english();
    int fitting = 0;
    for (int last = 0; last < 2048; last++) {
      String words = "legal ".repeat(11) + new String(list.word(last), UTF_8);
      try (Mnemonic mnemonic = Mnemonic.read(words.getBytes(UTF_8))) {
        fitting += mnemonic.entropy().length / 16;
      } catch (SupercargoException e) {
        assertThat(e).hasMessageContaining("checksum");
      }
    }
    assertThat(fitting).isEqualTo(2048 / 16);
  }

  @Test
  void every_length_reads_back_the_entropy_it_was_made_of() throws Exception {
    long seed = 39;
    var random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      byte[] entropy = new byte[16 + 4 * (round % 5)];
      random.nextBytes(entropy);
      try (Mnemonic mnemonic = Mnemonic.read(words(entropy).getBytes(UTF_8))) {
        assertThat(mnemonic.entropy()).as("round %s of seed %s", round, seed).isEqualTo(entropy);
      }
    }
  }

  /// The encoding of BIP-39 written down a second time, with one large number instead of bits.
  private static String words(byte[] entropy) throws NoSuchAlgorithmException {
    int checksumBits = entropy.length / 4;
    int checksum =
        (MessageDigest.getInstance("SHA-256").digest(entropy)[0] & 0xff) >> (8 - checksumBits);
    BigInteger bits =
        new BigInteger(1, entropy).shiftLeft(checksumBits).or(BigInteger.valueOf(checksum));
    WordList list = WordList.english();
    var words = new ArrayDeque<String>();
    for (int left = (entropy.length * 8 + checksumBits) / 11; left > 0; left--) {
      words.addFirst(new String(list.word(bits.intValue() & 2047), UTF_8));
      bits = bits.shiftRight(11);
    }
    return String.join(" ", words);
  }

  @Test
  void complaints_quote_no_word_and_the_input_is_overwritten() {
    for (String words :
        List.of(
            ABOUT, ABOUT + " zebra", "abandon ".repeat(12), ABOUT.replace("about", "secrets"))) {
      byte[] content = words.getBytes(UTF_8);
      var trace = new StringWriter();
      try {
        ForeignKey.read(
            KeyType.ED25519, content, DerivationPath.parse("m/44'/501'/0'/0'"), Given.NOTHING);
      } catch (SupercargoException e) {
        e.printStackTrace(new PrintWriter(trace));
        trace.append(e.advice());
      }
      assertThat(trace.toString().toLowerCase(Locale.ROOT))
          .doesNotContain("abandon", "about ", "zebra", "secrets");
      assertThat(content).containsOnly(0);
    }
  }

  @Test
  void a_changed_list_of_words_is_not_used() throws Exception {
    byte[] list;
    try (var in = WordList.class.getResourceAsStream("en-mnemonic-word-list.txt")) {
      list = requireNonNull(in).readAllBytes();
    }
    assertThat(WordList.of(list).indexOf("zoo".getBytes(UTF_8), 0, 3)).isEqualTo(2047);
    byte[] changed = Arrays.copyOf(list, list.length);
    changed[0] = 'e';
    assertThatThrownBy(() -> WordList.of(changed)).hasMessageContaining("not the one of BIP-39");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d",
        "0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d",
        "[1,2]",
        "{\"version\": 3}",
        "abandon",
        ""
      })
  void what_is_not_words_is_not_taken_for_a_mnemonic(String content) {
    assertThat(ForeignKey.isMnemonic(content.getBytes(UTF_8))).isFalse();
  }
}
