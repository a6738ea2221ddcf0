package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;

class SignerMainTest {
  private static final String HEX = "46".repeat(32);

  @TempDir Path temporary;

  private record Outcome(int code, String out, String err) {}

  private Path home() {
    return temporary.resolve("home");
  }

  private Outcome run(String input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var main =
        new SignerMain(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new SecureRandom(),
            InstantSource.system());
    int code = main.run(List.of(arguments));
    return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private Outcome keys(String input, String... arguments) {
    var all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--home", home().toString()));
    return run(input, all.toArray(String[]::new));
  }

  @Test
  void keys_are_made_listed_and_never_made_twice() {
    Outcome made = keys("", "new", "main", "--chain", "solana");
    assertThat(made.code()).isZero();
    assertThat(made.out()).contains("Made the key main for solana: ").contains("Keep a copy");
    assertThat(keys("", "new", "main", "--chain", "base").out())
        .contains("Made the key main for base: 0x")
        .doesNotContain("Keep a copy");
    assertThat(keys("", "list").out()).contains("main  solana  ").contains("main  base  0x");
    assertThat(keys("", "list", "--json").out())
        .startsWith("[{")
        .contains("\"chain\":\"base\"", "\"address\":\"0x", "\"publicKey\":\"");
    Outcome again = keys("", "new", "main", "--chain", "solana");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo(
            "There is a key main for solana already. Choose another name; nothing is"
                + " overwritten.\n");
  }

  @Test
  void an_empty_store_says_how_to_make_a_key() {
    assertThat(keys("", "list").out()).contains("keys new");
    assertThat(keys("", "list", "--json").out()).isEqualTo("[]\n");
  }

  @Test
  void keys_are_imported_from_the_standard_input_and_from_files() throws Exception {
    Outcome hex = keys("0x" + HEX + "\n", "import", "plain", "--chain", "base");
    assertThat(hex.code()).isZero();
    assertThat(hex.out()).contains("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
    assertThat(hex.out() + hex.err()).doesNotContain(HEX);

    var pair = new ArrayList<Integer>();
    byte[] seed = Bytes.fromHex("0b".repeat(32)).toArray();
    try (SigningKey key = KeyType.ED25519.key(seed)) {
      for (byte each : Bytes.fromHex("0b".repeat(32) + key.publicKey().hex()).toArray()) {
        pair.add(each & 0xff);
      }
    }
    Path file = Files.writeString(temporary.resolve("id.json"), pair.toString());
    Outcome solana = keys("", "import", "main", "--chain", "solana", "--file", file.toString());
    assertThat(solana.code()).isZero();
    assertThat(solana.out()).contains("Imported the key main for solana").contains("still holds");
  }

  @Test
  void a_private_key_is_nowhere_in_the_home_or_the_output() throws Exception {
    String secret = "c0ffee5eed" + "9a".repeat(27);
    byte[] raw = Bytes.fromHex(secret).toArray();
    var numbers = new ArrayList<Integer>();
    for (byte each : raw) {
      numbers.add(each & 0xff);
    }
    Outcome made = keys(secret, "import", "main", "--chain", "base");
    Outcome again = keys(secret, "import", "main", "--chain", "base");
    Outcome listed = keys("", "list", "--json");
    var seen = new StringBuilder();
    for (Outcome outcome : List.of(made, again, listed)) {
      seen.append(outcome.out()).append(outcome.err());
    }
    try (var files = Files.walk(home())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seen.append(Files.readString(file, ISO_8859_1));
      }
    }
    assertThat(seen.toString().toLowerCase(Locale.ROOT))
        .doesNotContain(secret)
        .doesNotContain(secret.substring(0, 16));
    assertThat(seen.toString())
        .doesNotContain(new String(raw, ISO_8859_1))
        .doesNotContain(Base64.getEncoder().encodeToString(raw).substring(0, 16))
        .doesNotContain(numbers.toString(), numbers.toString().replace(" ", ""));
  }

  @Test
  void a_web3_key_file_is_imported_with_the_password_in_a_file() throws Exception {
    String text =
        """
        {"version": 3, "crypto": {"cipher": "aes-128-ctr",
          "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
          "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
          "kdf": "pbkdf2",
          "kdfparams": {"c": 262144, "dklen": 32, "prf": "hmac-sha256",
            "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
          "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"}}
        """;
    Outcome without = keys(text, "import", "main", "--chain", "base");
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).contains("--password-file");
    Path password = temporary.resolve("password");
    Files.createFile(password, org.supercargo.signer.key.PrivateFiles.FILE);
    Files.writeString(password, "testpassword\n");
    Outcome with =
        keys(text, "import", "main", "--chain", "base", "--password-file", password.toString());
    assertThat(with.out()).contains("0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b");
    assertThat(with.code()).isZero();
  }

  @Test
  void a_passphrase_can_come_as_the_first_line_of_the_standard_input() {
    assertThat(keys("a long passphrase\n", "new", "main", "--chain", "base", "--ask-passphrase"))
        .extracting(Outcome::code)
        .isEqualTo(0);
    assertThat(home().resolve("passphrase")).doesNotExist();
    Outcome other =
        keys("another passphrase\n", "new", "more", "--chain", "base", "--ask-passphrase");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("The passphrase is wrong");
    Outcome both = keys(HEX, "import", "more", "--chain", "base", "--ask-passphrase");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("cannot both come from the standard input");
  }

  @Test
  void a_key_on_the_command_line_is_not_taken_and_not_repeated() {
    Outcome outcome = keys("", "import", "main", HEX, "--chain", "base");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("one word").doesNotContain(HEX);
    Outcome option = keys("", "import", "main", "--key=" + HEX, "--chain", "base");
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err()).doesNotContain(HEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "keys",
        "keys fly",
        "keys new",
        "keys new main",
        "keys new main --chain moon --home x",
        "keys new main --chain solana",
        "keys new main --chain",
        "keys new main --chain solana --chain base --home x",
        "keys import main --chain base --home x --file /does/not/exist",
        "keys list extra --home x",
        "serve",
        "serve --home x",
        "serve --home x --socket y",
        "serve --home x --socket y --agent /does/not/exist.yaml",
        "serve --home x --socket y --agents z"
      })
  void wrong_use_ends_with_2_and_one_sentence_of_advice(String line) {
    Outcome outcome = run("", line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void serve_names_the_key_that_is_missing_and_how_to_make_it() throws Exception {
    Path file = AgentFiles.write(temporary);
    Outcome outcome =
        run(
            "",
            "serve",
            "--home",
            home().toString(),
            "--socket",
            temporary.resolve("run/s").toString(),
            "--agent",
            file.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("The agent treasurer names the key main for ")
        .contains("Make it with \"keys new main --chain ");
  }

  @Test
  void serve_ends_when_its_input_ends_and_leaves_no_socket() throws Exception {
    Path file = AgentFiles.write(temporary);
    Path socket = temporary.resolve("run/s");
    Outcome outcome =
        run(
            "",
            "serve",
            "--home",
            home().toString(),
            "--socket",
            socket.toString(),
            "--agent",
            file.toString(),
            "--create-missing-keys",
            "--until-stdin-closes");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Made the key main for solana", "Made the key main for base")
        .contains("ready " + socket);
    assertThat(socket).doesNotExist();
  }
}
