package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.signer.TestAgent.ALICE;
import static org.supercargo.signer.TestAgent.BOB;
import static org.supercargo.signer.TestAgent.ID;
import static org.supercargo.signer.TestAgent.START;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.signer.log.AdoptionRecord;

class AdoptionTest {
  private static final Person OWNER = Person.named("owner");
  private static final Person THIEF = Person.named("thief");

  @TempDir Path temporary;

  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(temporary.resolve("home"));
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static AgentFile sealed(@Nullable Person owner, long version, String digest) {
    AgentFile plain = Desk.file(TestAgent.spec());
    AgentSpec spec = plain.spec();
    AgentSpec owned = owner == null ? spec : spec.withOwner(owner.publicKey());
    return new AgentFile(plain.name(), owned, digest, version, plain.lines());
  }

  private void assertNotTaken(AgentFile file, String what, String advice) {
    long lines = desk.log().lines();
    assertThatThrownBy(() -> desk.restartBy(List.of(file)))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            e -> {
              assertThat(e.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(e.what()).contains(what);
              assertThat(e.advice()).contains(advice);
            });
    assertThat(desk.log().lines()).as("nothing is written down").isEqualTo(lines);
  }

  @Test
  void the_first_start_writes_down_what_it_signs_by() {
    AdoptionRecord first = desk.log().adoption(ID).orElseThrow();
    assertThat(first.at()).isEqualTo(START);
    assertThat(first.owner()).isNull();
    assertThat(first.version()).isZero();
    assertThat(first.digest()).isEqualTo(Desk.file(TestAgent.spec()).digest());
    assertThat(first.payees()).containsExactly(ALICE, BOB);
  }

  @Test
  void a_start_by_the_same_file_writes_nothing() {
    long lines = desk.log().lines();
    desk.advance(Duration.ofDays(1));
    desk.restart();
    assertThat(desk.log().lines()).isEqualTo(lines);
  }

  @Test
  void a_changed_file_without_a_seal_is_taken_and_written_down() {
    desk.advance(Duration.ofDays(1));
    desk.restart(
        List.of(TestAgent.with(TestAgent.spec(), new AddressBook(Map.of("bob", List.of(BOB))))));
    AdoptionRecord second = desk.log().adoption(ID).orElseThrow();
    assertThat(second.at()).isEqualTo(START.plus(Duration.ofDays(1)));
    assertThat(second.payees()).containsExactly(BOB);
  }

  @Test
  void versions_go_up_and_never_down() {
    desk.restartBy(List.of(sealed(OWNER, 3, "three")));
    desk.restartBy(List.of(sealed(OWNER, 3, "three")));
    desk.restartBy(List.of(sealed(OWNER, 7, "seven")));
    assertNotTaken(
        sealed(OWNER, 3, "three"),
        "has version 3, and version 7 was signed by before",
        "seal this one with version 8");
    assertNotTaken(
        sealed(OWNER, 7, "other"),
        "has version 7 and is another one than the version 7",
        "seal this one with version 8");
    desk.restartBy(List.of(sealed(OWNER, 8, "eight")));
    assertThat(desk.log().adoption(ID).orElseThrow().version()).isEqualTo(8);
  }

  @Test
  void the_owner_is_pinned_by_the_first_seal() {
    desk.restartBy(List.of(sealed(OWNER, 1, "one")));
    assertNotTaken(
        sealed(THIEF, 2, "two"),
        "is sealed by " + THIEF.publicKey().hex() + ", and its owner is " + OWNER.publicKey().hex(),
        "Seal it with the owner's key");
    assertNotTaken(
        sealed(null, 0, "two"), "is not sealed, and version 1 was sealed", "with version 2");
  }

  @Test
  void one_file_that_may_not_be_taken_keeps_all_others_out() {
    desk.restartBy(List.of(sealed(OWNER, 2, "two")));
    AgentFile other =
        Desk.file(TestAgent.spec(new org.supercargo.api.agent.AgentId("other"), "main"));
    long lines = desk.log().lines();
    assertThatThrownBy(() -> desk.restartBy(List.of(other, sealed(OWNER, 1, "one"))))
        .hasMessageContaining("has version 1");
    assertThat(desk.log().lines()).isEqualTo(lines);
  }

  private record Outcome(int code, String out, String err) {}

  private Outcome serve(Path file) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        new SignerMain(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                new SecureRandom(),
                InstantSource.system())
            .run(
                List.of(
                    "serve",
                    "--home",
                    temporary.resolve("served").toString(),
                    "--socket",
                    temporary.resolve("run/s").toString(),
                    "--agent",
                    file.toString(),
                    "--create-missing-keys",
                    "--until-stdin-closes"));
    return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  @Test
  void a_signer_that_served_by_a_seal_refuses_older_unsealed_and_foreign_files() throws Exception {
    assertThat(serve(AgentFiles.sealed(temporary, OWNER, 1, 25)).code()).isZero();
    assertThat(serve(AgentFiles.sealed(temporary, OWNER, 2, 20)).code()).isZero();

    Outcome older = serve(AgentFiles.sealed(temporary, OWNER, 1, 25));
    assertThat(older.code()).isEqualTo(2);
    assertThat(older.err())
        .contains("The file of the agent treasurer has version 1, and version 2 was signed by")
        .contains("seal this one with version 3");
    Outcome foreign = serve(AgentFiles.sealed(temporary, THIEF, 3, 25));
    assertThat(foreign.code()).isEqualTo(2);
    assertThat(foreign.err()).contains("is sealed by " + THIEF.publicKey().hex());
    Outcome unsealed = serve(AgentFiles.write(temporary));
    assertThat(unsealed.code()).isEqualTo(2);
    assertThat(unsealed.err()).contains("is not sealed");

    assertThat(serve(AgentFiles.sealed(temporary, OWNER, 2, 20)).code()).isZero();
  }

  @Test
  void a_file_changed_after_it_was_sealed_is_refused() throws Exception {
    Path file = AgentFiles.sealed(temporary, OWNER, 1, 25);
    Files.writeString(file, Files.readString(file).replace("25 USDC", "26 USDC"));
    Outcome outcome = serve(file);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("was changed after its owner sealed it");
  }
}
