package org.supercargo.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.engine.file.Given.ADDRESSES;
import static org.supercargo.engine.file.Given.FULL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;

/// A file that names an owner counts only with the owner's seal under just these bytes.
final class SealTest {
  private static final String OWNED = FULL + "owner: \"" + Owner.ONE.key() + "\"\n";

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");
  private Path place = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("captain.yaml"), OWNED);
    place = folder.resolve("captain.yaml.seal");
  }

  private AgentFile read() {
    return AgentFile.read(file, ADDRESSES);
  }

  private Seal seal(Owner owner, long version) throws IOException {
    Seal seal =
        Seal.make(AgentFile.readUnsealed(file, ADDRESSES), owner.key(), version, owner::sign);
    Files.writeString(place, seal.json());
    return seal;
  }

  private void isRefused(String words) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.what()).contains(words);
              assertThat(refusal.advice()).isNotBlank();
            });
  }

  @Test
  void a_sealed_file_is_read_with_its_version_and_owner() throws IOException {
    seal(Owner.ONE, 7);
    AgentFile sealed = read();
    assertThat(sealed.version()).isEqualTo(7);
    assertThat(sealed.spec().owner()).isEqualTo(Owner.ONE.key().bytes());
    assertThat(Seal.versionBeside(file)).isEqualTo(7);
    assertThat(sealed)
        .isEqualTo(
            AgentFile.parse(
                "captain.yaml", OWNED.getBytes(UTF_8), Files.readAllBytes(place), ADDRESSES));
  }

  @Test
  void a_file_without_its_seal_does_not_count() {
    isRefused("captain.yaml names an owner and has no seal");
    assertThatThrownBy(() -> AgentFile.parse("captain.yaml", OWNED.getBytes(UTF_8), ADDRESSES))
        .hasMessageContaining("has no seal");
    assertThat(Seal.versionBeside(file)).isZero();
    assertThat(AgentFile.readUnsealed(file, ADDRESSES).version()).isZero();
  }

  @Test
  void one_changed_byte_breaks_the_seal() throws IOException {
    seal(Owner.ONE, 1);
    Files.writeString(file, OWNED.replace("40 USDC per 24h", "41 USDC per 24h"));
    isRefused("was changed after its owner sealed it");
    Files.writeString(file, OWNED + "\n");
    isRefused("was changed after its owner sealed it");
  }

  @Test
  void nobody_but_the_owner_seals() throws IOException {
    assertThatThrownBy(() ->
            Seal.make(AgentFile.readUnsealed(file, ADDRESSES), Owner.ONE.key(), 1, Owner.TWO::sign))
        .hasMessageContaining("not that of the owner's key");
    seal(Owner.TWO, 1);
    isRefused("not that of the owner's key");
  }

  /// The signature is over agent, version and digest; a seal that says another is no seal.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "version" : 1 | "version" : 2 | not that of the owner's key
          "agent" : "captain" | "agent" : "mate" | The seal is that of the agent mate
          "agent" : "captain" | "agent" : "Captain" | is not an agent name
          "version" : 1 | "version" : 0 | a version from 1
          "version" : 1 | "version" : -1 | a version from 1
          "version" : 1 | "version" : 1.0 | is not a seal
          "version" : 1 | "version" : "1" | is not a seal
          "version" : 1 | "version" : 99999999999999999999 | is not a seal
          "version" : 1 | "version" : 1, "version" : 1 | is not a seal
          "version" : 1 | "version" : 1, "note" : "" | is not a seal
          "version" : 1, | '' | is not a seal
          "signature" : " | "signature" : "0x | is not a seal
          { | [ | is not a seal
          } | } {} | is not a seal
          """)
  void a_seal_that_was_touched_is_refused(String good, String bad, String words)
      throws IOException {
    String json = seal(Owner.ONE, 1).json();
    assertThat(json).contains(good);
    Files.writeString(place, json.replace(good, bad == null ? "" : bad));
    isRefused(words);
  }

  @Test
  void the_seal_of_another_file_is_not_this_ones() throws IOException {
    seal(Owner.ONE, 3);
    Files.writeString(file, OWNED.replace("agent: captain", "agent: mate"));
    isRefused("The seal is that of the agent captain, not of mate");
  }

  @Test
  void a_seal_beside_a_file_without_owner_is_no_danger_and_no_version() throws IOException {
    seal(Owner.ONE, 3);
    Files.writeString(file, FULL);
    assertThat(read().version()).isZero();
    assertThat(read().spec().owner()).isNull();
    assertThatThrownBy(() ->
            AgentFile.parse(
                "captain.yaml", FULL.getBytes(UTF_8), Files.readAllBytes(place), ADDRESSES))
        .hasMessageContaining("names no owner");
  }

  @Test
  void each_part_changes_what_is_signed() {
    var agent = new AgentId("captain");
    String digest = "0".repeat(64);
    assertThat(
            Set.of(
                Seal.payload(agent, 1, digest),
                Seal.payload(agent, 11, digest),
                Seal.payload(new AgentId("captain1"), 1, digest),
                Seal.payload(agent, 1, "1" + digest.substring(1))))
        .hasSize(4);
    assertThat(new String(Seal.payload(agent, 1, digest).toArray(), UTF_8))
        .isEqualTo("supercargo seal 1\ncaptain\n1\n" + digest);
  }

  @Test
  void an_owners_key_must_be_one() throws IOException {
    Files.writeString(file, FULL + "owner: me\n");
    isRefused("A person's key begins with ed25519:");
  }
}
