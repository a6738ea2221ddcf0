package org.supercargo.signer.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.json.DomainJson;

/// Keys of the store that live elsewhere.
class LinkedKeyTest {
  private static final Bytes PAYLOAD = Bytes.fromHex("7e".repeat(32));
  private static final Patience ONCE =
      new Patience(
          new Patience.Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), 1, Duration.ZERO),
          () -> 0,
          pause -> {});

  @TempDir Path temporary;

  private final SigningKey key = KeyType.SECP256K1.key(Bytes.fromHex("42".repeat(32)).toArray());
  private final DistantKey place = new DistantKey(key);

  @AfterEach
  void close() {
    key.close();
  }

  private Path home() {
    return temporary.resolve("home");
  }

  private Path file() {
    return home().resolve("keys/main.eip155.link.json");
  }

  private KeyStore store(String passphrase) {
    return new KeyStore(
        home(),
        Passphrase.of(passphrase.getBytes(UTF_8)),
        new SecureRandom(),
        new DomainJson(),
        RemoteSigners.of(List.of(place), ONCE));
  }

  private KeyStore store() {
    return store("a long passphrase");
  }

  private KeyEntry link() {
    try (KeyStore store = store()) {
      return store.link("main", KeyType.SECP256K1, DistantKey.NAME);
    }
  }

  @Test
  void a_linked_key_is_listed_and_signs_where_it_lives() throws Exception {
    KeyEntry entry = link();
    assertThat(entry.publicKey()).isEqualTo(key.publicKey());
    assertThat(entry.remote()).isEqualTo(DistantKey.NAME);
    assertThat(KeyStore.list(home(), new DomainJson())).containsExactly(entry);
    try (KeyStore store = store()) {
      assertThat(store.has("main", KeyType.SECP256K1)).isTrue();
      assertThat(store.has("main", KeyType.ED25519)).isFalse();
      try (SigningKey opened = store.open("main", KeyType.SECP256K1)) {
        assertThat(opened.sign(PAYLOAD)).isEqualTo(key.sign(PAYLOAD));
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "name",
        "namespace",
        "publicKey",
        "/remote/scheme",
        "/remote/key",
        "/derivation/memory",
        "/derivation/salt",
        "nonce",
        "tag"
      })
  void a_change_of_any_part_of_the_link_is_found(String part) throws Exception {
    link();
    ObjectNode tree = (ObjectNode) new DomainJson().read(Files.readString(file()), JsonNode.class);
    ObjectNode parent = tree;
    String field = part;
    if (part.startsWith("/")) {
      parent = (ObjectNode) tree.get(part.split("/", 3)[1]);
      field = part.split("/", 3)[2];
    }
    JsonNode old = parent.get(field);
    if (old.isNumber()) {
      parent.put(field, old.asInt() + 1);
    } else {
      char first = old.asText().charAt(0);
      parent.put(field, (first == 'a' ? 'b' : 'a') + old.asText().substring(1));
    }
    Files.writeString(file(), tree.toString());
    try (KeyStore store = store()) {
      assertThatThrownBy(() -> store.open("main", KeyType.SECP256K1).close())
          .as("a link with another %s", part)
          .isInstanceOf(SupercargoException.class)
          .hasMessageMatching(".*(does not open|is not a key file|of another name).*");
      assertThat(place.deadlines()).as("asked only when it was linked").hasSize(1);
    }
  }

  @Test
  void a_wrong_passphrase_opens_no_link_and_adds_none() {
    link();
    try (KeyStore store = store("another passphrase")) {
      assertThatThrownBy(() -> store.open("main", KeyType.SECP256K1))
          .hasMessageContaining("does not open");
      assertThatThrownBy(() -> store.link("more", KeyType.SECP256K1, DistantKey.NAME))
          .hasMessageContaining("does not open");
      assertThatThrownBy(() -> store.create("more", KeyType.ED25519))
          .hasMessageContaining("does not open");
      assertThat(store.has("more", KeyType.SECP256K1)).isFalse();
    }
  }

  @Test
  void a_name_is_given_once_whatever_lives_where() throws Exception {
    link();
    try (KeyStore store = store()) {
      assertThatThrownBy(() -> store.create("main", KeyType.SECP256K1))
          .hasMessageContaining("already");
      assertThatThrownBy(() -> store.link("main", KeyType.SECP256K1, DistantKey.NAME))
          .hasMessageContaining("already");
      store.create("other", KeyType.SECP256K1);
      assertThatThrownBy(() -> store.link("other", KeyType.SECP256K1, DistantKey.NAME))
          .hasMessageContaining("already");
      Files.copy(home().resolve("keys/other.eip155.json"), home().resolve("keys/main.eip155.json"));
      assertThatThrownBy(() -> store.open("main", KeyType.SECP256K1))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("two keys main");
    }
  }

  @Test
  void nothing_is_written_when_the_place_does_not_answer() {
    place.failWith(SupercargoException.transientFailure("It is busy", "Ask again.", null));
    try (KeyStore store = store()) {
      assertThatThrownBy(() -> store.link("main", KeyType.SECP256K1, DistantKey.NAME))
          .hasMessage("The key main for eip155: It is busy");
      assertThatThrownBy(() -> store.link("main", KeyType.ED25519, DistantKey.NAME))
          .hasMessage("The key main for solana: There is no such key");
      assertThat(KeyStore.list(home(), new DomainJson())).isEmpty();
    }
    assertThat(place.closed()).isEqualTo(1);
  }

  @Test
  void a_name_that_leads_to_another_key_now_does_not_open() {
    link();
    try (SigningKey other = KeyType.SECP256K1.key(Bytes.fromHex("43".repeat(32)).toArray());
        KeyStore store = store()) {
      place.answerPublicKey(other.publicKey());
      assertThatThrownBy(() -> store.open("main", KeyType.SECP256K1))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("another key answers");
    }
  }
}
