package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.SupercargoException;

/// What the commands for keys do with mnemonics and with keys that live elsewhere.
class KeysCommandTest {
  private static final String WORDS = "abandon ".repeat(11) + "about";

  @TempDir Path temporary;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Path home() {
    return temporary.resolve("home");
  }

  private String keys(String input, String... arguments) {
    out.reset();
    var line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--home", home().toString()));
    new KeysCommand(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new SecureRandom())
        .run(line);
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "solana, HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk, m/44'/501'/0'/0'",
    "base, 0x9858EfFD232B4033E47d90003D41EC34EcaEda94, m/44'/60'/0'/0/0"
  })
  void a_mnemonic_gives_the_key_that_wallets_show_first(String chain, String address, String path) {
    assertThat(keys(WORDS + "\n", "import", "main", "--chain", chain))
        .contains("Imported the key main for " + chain + ": " + address)
        .contains("It is the key at " + path + ".");
    assertThat(keys("", "list")).contains(address);
  }

  @Test
  void another_path_and_a_passphrase_of_the_mnemonic_come_from_the_owner() throws Exception {
    Path words = Files.writeString(temporary.resolve("words"), WORDS);
    Path addition = Files.writeString(temporary.resolve("addition"), "TREZOR\n");
    Files.setPosixFilePermissions(addition, PosixFilePermissions.fromString("rw-------"));
    String plain = keys("", "import", "first", "--chain", "base", "--file", words.toString());
    assertThat(plain).contains("still holds the key");
    String other = keys(WORDS, "import", "second", "--chain", "base", "--path", "m/44'/60'/0'/0/1");
    assertThat(other)
        .contains("0x6Fac4D18c912343BF86fa7049364Dd4E424Ab9C0")
        .contains("m/44'/60'/0'/0/1");
    String added =
        keys(WORDS, "import", "third", "--chain", "base", "--password-file", addition.toString());
    assertThat(added).doesNotContain("0x9858EfFD232B4033E47d90003D41EC34EcaEda94");

    Files.setPosixFilePermissions(addition, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() ->
            keys(
                WORDS,
                "import",
                "fourth",
                "--chain",
                "base",
                "--password-file",
                addition.toString()))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("open to other users");
  }

  @Test
  void the_words_are_nowhere_in_the_home_or_the_output() throws Exception {
    String words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    var seen = new StringBuilder(keys(words, "import", "main", "--chain", "solana"));
    seen.append(keys("", "list", "--json"));
    try (var files = Files.walk(home())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seen.append(Files.readString(file, ISO_8859_1));
      }
    }
    assertThat(seen.toString()).doesNotContain("sausage", "winner", "yellow");
  }

  @Test
  void a_wrong_mnemonic_adds_nothing() {
    assertThatThrownBy(() -> keys(WORDS + " zoo", "import", "main", "--chain", "solana"))
        .isInstanceOf(SupercargoException.class)
        .hasMessage("The mnemonic has 13 words");
    assertThatThrownBy(
            () -> keys(WORDS, "import", "main", "--chain", "solana", "--path", "m/44'/501'/0'/0"))
        .hasMessageContaining("hardened");
    assertThat(keys("", "list")).contains("There are no keys yet");
  }

  @Test
  void a_path_is_for_mnemonics_only() {
    assertThatThrownBy(
            () -> keys("46".repeat(32), "import", "main", "--chain", "base", "--path", "m/0"))
        .isInstanceOf(SupercargoException.class)
        .hasMessage("Only the keys of a mnemonic have a path");
  }

  @Test
  void a_key_elsewhere_is_linked_only_where_something_reaches_it() {
    assertThatThrownBy(
            () -> keys("", "link", "main", "--chain", "base", "--remote", "far-away:the-key"))
        .isInstanceOf(SupercargoException.class)
        .hasMessage("The key main for eip155: nothing here reaches keys of far-away");
    assertThatThrownBy(() -> keys("", "link", "main", "--chain", "base", "--remote", "4646"))
        .hasMessage("This is not the name of a key that lives elsewhere");
    assertThatThrownBy(() -> keys("", "link", "main", "--chain", "base"))
        .hasMessageContaining("--remote is missing");
  }
}
