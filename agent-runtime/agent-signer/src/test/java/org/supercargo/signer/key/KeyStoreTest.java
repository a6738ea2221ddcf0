package org.supercargo.signer.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.json.DomainJson;

class KeyStoreTest {
  private static final byte[] SECRET = filled((byte) 0x42);

  @TempDir Path temporary;

  private Path home() {
    return temporary.resolve("home");
  }

  private KeyStore store(String passphrase) {
    return new KeyStore(
        home(), Passphrase.of(passphrase.getBytes(UTF_8)), new SecureRandom(), new DomainJson());
  }

  private static byte[] filled(byte value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, value);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void a_stored_key_opens_again_and_signs_the_same(KeyType type) {
    Bytes payload = Bytes.of(filled((byte) 9));
    Bytes expected;
    try (SigningKey key = type.key(SECRET)) {
      expected = key.sign(payload);
    }
    try (KeyStore store = store("a long passphrase")) {
      store.add("main", type, SECRET);
    }
    try (KeyStore store = store("a long passphrase");
        SigningKey key = store.open("main", type)) {
      assertThat(key.sign(payload)).isEqualTo(expected);
    }
  }

  /// Written by the first version of the signer, with the passphrase of these tests.
  @Test
  void a_key_file_of_the_first_version_still_opens() throws Exception {
    try (KeyStore store = store("a long passphrase")) {
      Path file = home().resolve("keys/main.solana.json");
      Files.createFile(file, PrivateFiles.FILE);
      Files.writeString(
          file,
          """
          {"version": 1, "name": "main", "namespace": "solana",
            "publicKey": "2152f8d19b791d24453242e15f2eab6cb7cffa7b6a5ed30097960e069881db12",
            "derivation": {"name": "argon2id", "memory": 47104, "passes": 2, "lanes": 1,
              "salt": "0701f951e9098c60e988bbba8a3f184d"},
            "nonce": "cb3fbd5ccd5478616a799ce4",
            "sealed": "da7f36e4abf64dd3342bde1bf58a5375cf76bef2a73bada0180294f0ca5906f4de1a25deb92\
          4f7651125812e56a727f0"}
          """);
      try (SigningKey key = store.open("main", KeyType.ED25519);
          SigningKey expected = KeyType.ED25519.key(SECRET)) {
        assertThat(key.publicKey()).isEqualTo(expected.publicKey());
      }
    }
  }

  @Test
  void new_keys_differ_and_are_listed_by_name_without_a_passphrase() {
    try (KeyStore store = store("a long passphrase")) {
      KeyEntry second = store.create("second", KeyType.SECP256K1);
      KeyEntry first = store.create("first", KeyType.ED25519);
      assertThat(KeyStore.list(home(), new DomainJson())).containsExactly(first, second);
      assertThat(store.create("third", KeyType.ED25519).publicKey())
          .isNotEqualTo(first.publicKey());
    }
    assertThat(KeyStore.list(temporary.resolve("elsewhere"), new DomainJson())).isEmpty();
  }

  @Test
  void a_wrong_passphrase_opens_nothing_and_adds_nothing() {
    try (KeyStore store = store("a long passphrase")) {
      store.add("main", KeyType.ED25519, SECRET);
    }
    try (KeyStore store = store("another passphrase")) {
      assertThatThrownBy(() -> store.open("main", KeyType.ED25519))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("does not open");
      assertThatThrownBy(() -> store.create("more", KeyType.ED25519))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("main");
      assertThat(store.has("more", KeyType.ED25519)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "name",
        "namespace",
        "publicKey",
        "/derivation/memory",
        "/derivation/passes",
        "/derivation/lanes",
        "/derivation/salt",
        "nonce",
        "sealed",
        "tag"
      })
  void a_change_of_any_part_of_the_file_is_found(String part) throws Exception {
    try (KeyStore store = store("a long passphrase")) {
      store.add("main", KeyType.ED25519, SECRET);
    }
    Path file = home().resolve("keys/main.solana.json");
    ObjectNode tree = (ObjectNode) new DomainJson().read(Files.readString(file), JsonNode.class);
    change(tree, part);
    Files.writeString(file, tree.toString());
    try (KeyStore store = store("a long passphrase")) {
      assertThatThrownBy(() -> store.open("main", KeyType.ED25519).close())
          .as("a file with another %s", part)
          .isInstanceOf(SupercargoException.class);
    }
  }

  private static void change(ObjectNode tree, String part) {
    ObjectNode derivation = (ObjectNode) tree.get("derivation");
    switch (part) {
      case "version" -> tree.put("version", 2);
      case "name" -> tree.put("name", "other");
      case "namespace" -> tree.put("namespace", "eip155");
      case "/derivation/memory" -> derivation.put("memory", 47_103);
      case "/derivation/passes" -> derivation.put("passes", 1);
      case "/derivation/lanes" -> derivation.put("lanes", 2);
      case "/derivation/salt" -> derivation.put("salt", flipped(derivation.get("salt"), 0));
      case "tag" -> tree.put("sealed", flipped(tree.get("sealed"), 95));
      default -> tree.put(part, flipped(tree.get(part), 0));
    }
  }

  private static String flipped(JsonNode hex, int at) {
    char[] digits = hex.asText().toCharArray();
    digits[at] = digits[at] == '0' ? '1' : '0';
    return new String(digits);
  }

  @Test
  void a_file_swapped_for_that_of_another_name_is_found() throws Exception {
    try (KeyStore store = store("a long passphrase")) {
      store.create("mine", KeyType.ED25519);
      store.create("theirs", KeyType.ED25519);
    }
    Path keys = home().resolve("keys");
    String theirs = Files.readString(keys.resolve("theirs.solana.json"));
    Files.writeString(keys.resolve("mine.solana.json"), theirs);
    try (KeyStore store = store("a long passphrase")) {
      assertThatThrownBy(() -> store.open("mine", KeyType.ED25519))
          .hasMessageContaining("another name");
    }
    Files.writeString(keys.resolve("mine.solana.json"), theirs.replace("theirs", "mine"));
    try (KeyStore store = store("a long passphrase")) {
      assertThatThrownBy(() -> store.open("mine", KeyType.ED25519))
          .hasMessageContaining("does not open");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "[1,2]", "{\"version\":1}", "\u0000\u0000"})
  void a_file_of_something_else_is_refused_by_name(String content) throws Exception {
    try (KeyStore store = store("a long passphrase")) {
      Path file = home().resolve("keys/main.solana.json");
      Files.createFile(file, PrivateFiles.FILE);
      Files.writeString(file, content);
      assertThatThrownBy(() -> store.open("main", KeyType.ED25519))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("main.solana.json");
    }
  }

  @Test
  void files_are_closed_to_others_and_an_open_one_is_refused() throws Exception {
    try (KeyStore store = store("a long passphrase")) {
      store.create("main", KeyType.ED25519);
      Path file = home().resolve("keys/main.solana.json");
      assertThat(permissions(file)).isEqualTo("rw-------");
      assertThat(permissions(home().resolve("keys"))).isEqualTo("rwx------");
      assertThat(permissions(home())).isEqualTo("rwx------");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      assertThatThrownBy(() -> store.open("main", KeyType.ED25519))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("open to other users (rw-r-----)");
    }
    Files.setPosixFilePermissions(home(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> store("a long passphrase"))
        .hasMessageContaining("open to other users");
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_key_is_never_overwritten() throws Exception {
    try (KeyStore store = store("a long passphrase")) {
      KeyEntry first = store.create("main", KeyType.ED25519);
      assertThatThrownBy(() -> store.create("main", KeyType.ED25519))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("already");
      Path file = home().resolve("keys/main.solana.json");
      assertThatThrownBy(() -> PrivateFiles.writeNew(file, new byte[1]))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("exists already");
      try (SigningKey key = store.open("main", KeyType.ED25519)) {
        assertThat(key.publicKey()).isEqualTo(first.publicKey());
      }
      try (var left = Files.list(home().resolve("keys"))) {
        assertThat(left).as("no temporary file is left").containsExactly(file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../main", "a/b", ".hidden", "a b", "name\n", "-rf"})
  void a_name_that_is_no_plain_word_is_refused(String name) {
    try (KeyStore store = store("a long passphrase")) {
      assertThatThrownBy(() -> store.create(name, KeyType.ED25519))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("is not a key name");
    }
  }

  @Test
  void a_missing_passphrase_is_made_once_with_a_notice() throws Exception {
    PrivateFiles.directory(home());
    var notices = new ArrayList<String>();
    Consumer<String> tell = notices::add;
    byte[] first;
    try (Passphrase passphrase = Passphrase.ofHome(home(), new SecureRandom(), tell)) {
      first = passphrase.secret().clone();
    }
    try (Passphrase again = Passphrase.ofHome(home(), new SecureRandom(), tell)) {
      assertThat(again.secret()).isEqualTo(first);
    }
    assertThat(new String(first, UTF_8)).hasSize(44);
    assertThat(permissions(home().resolve("passphrase"))).isEqualTo("rw-------");
    assertThat(notices).hasSize(1);
    assertThat(notices.getFirst()).contains("passphrase").doesNotContain(new String(first, UTF_8));
  }

  @Test
  void a_typed_passphrase_has_at_least_twelve_bytes_and_ends_with_its_line() throws Exception {
    var input = new ByteArrayInputStream("twelve bytes\nrest".getBytes(UTF_8));
    try (Passphrase passphrase = Passphrase.firstLine(input)) {
      assertThat(new String(passphrase.secret(), UTF_8)).isEqualTo("twelve bytes");
      assertThat(new String(input.readAllBytes(), UTF_8)).isEqualTo("rest");
    }
    char[] typed = "pässwörter ☃ 𝄞".toCharArray();
    try (Passphrase passphrase = Passphrase.typed(typed)) {
      assertThat(new String(passphrase.secret(), UTF_8)).isEqualTo("pässwörter ☃ 𝄞");
    }
    assertThat(new String(typed)).isBlank();
    assertThatThrownBy(() -> Passphrase.typed("short".toCharArray()))
        .hasMessageContaining("shorter than 12")
        .hasMessageNotContaining("short\"");
    assertThatThrownBy(() -> Passphrase.of("\n".getBytes(UTF_8))).hasMessageContaining("empty");
  }

  @Test
  void nothing_that_prints_shows_a_secret() {
    String shown = Bytes.of(SECRET).hex();
    try (KeyStore store = store("a long passphrase")) {
      KeyEntry entry = store.add("main", KeyType.SECP256K1, SECRET);
      assertThatCode(() -> store.open("main", KeyType.SECP256K1).close())
          .doesNotThrowAnyException();
      List<Object> printed =
          List.of(
              entry,
              store,
              store.open("main", KeyType.SECP256K1),
              Passphrase.of("a long passphrase".getBytes(UTF_8)));
      assertThat(printed)
          .extracting(Object::toString)
          .noneMatch(text -> text.contains(shown) || text.contains("a long"));
    }
  }

  @Test
  void a_closed_passphrase_is_overwritten() {
    Passphrase passphrase = Passphrase.of("a long passphrase".getBytes(UTF_8));
    passphrase.close();
    assertThat(passphrase.secret()).containsOnly(0);
  }
}
