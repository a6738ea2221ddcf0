package org.supercargo.signer.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.AgentFiles;
import org.supercargo.signer.Stop;
import org.supercargo.signer.StopSwitch;

@Timeout(120)
class SignerProcessTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temporary;

  private final List<String> notices = new CopyOnWriteArrayList<>();

  private Path socket() {
    return temporary.resolve("run/signer.sock");
  }

  private SignerProcess.Settings settings(boolean createMissingKeys) throws Exception {
    return new SignerProcess.Settings(
        JAVA,
        System.getProperty("java.class.path"),
        temporary.resolve("home"),
        socket(),
        List.of(AgentFiles.write(temporary)),
        createMissingKeys,
        PATIENCE);
  }

  @Test
  void a_signer_process_serves_until_it_is_closed() throws Exception {
    ProcessHandle child;
    try (SignerProcess process = SignerProcess.start(settings(true), notices::add);
        var client = new SignerClient(socket(), new DomainJson(), Duration.ofSeconds(20))) {
      child = ProcessHandle.of(process.pid()).orElseThrow();
      assertThat(process.isAlive()).isTrue();
      assertThat(client.wallets(new AgentId("treasurer")))
          .containsOnlyKeys(ChainId.SOLANA, ChainId.BASE);
      assertThat(client.health().signatures()).isZero();
      assertThat(notices).anyMatch(line -> line.startsWith("Made the key main for solana"));
    }
    assertThat(child.isAlive()).isFalse();
    assertThat(socket()).doesNotExist();
  }

  @Test
  void a_signer_that_does_not_start_says_why() throws Exception {
    SignerProcess.Settings settings = settings(false);
    assertThatThrownBy(() -> SignerProcess.start(settings, notices::add))
        .isInstanceOf(SupercargoException.class)
        .hasMessageStartingWith(
            "The signer did not start: The agent treasurer names the key main for ");
    assertThat(notices).anyMatch(line -> line.contains("there is none"));
  }

  @Test
  void the_signer_sees_nothing_of_the_environment() throws Exception {
    try (SignerProcess process = SignerProcess.start(settings(true), notices::add)) {
      Path environment = Path.of("/proc/" + process.pid() + "/environ");
      if (Files.isReadable(environment)) {
        // The last two are a shell's own.
        assertThat(Files.readString(environment).split("\0"))
            .allMatch(each -> each.isEmpty() || each.matches("(?s)(PATH|LANG|TMPDIR|SHLVL|_)=.*"));
      }
    }
  }

  @Test
  void the_signer_leaves_no_core_opens_no_file_to_others_and_has_a_session_of_its_own()
      throws Exception {
    try (SignerProcess process = SignerProcess.start(settings(true), notices::add)) {
      Path system = Path.of("/proc/" + process.pid());
      if (Files.isReadable(system.resolve("limits"))) {
        assertThat(Files.readString(system.resolve("limits")))
            .containsPattern("Max core file size +0 +0 ");
        assertThat(Files.readString(system.resolve("status"))).contains("Umask:\t0077");
        assertThat(Files.readString(system.resolve("cmdline")))
            .contains("-XX:+DisableAttachMechanism", "-XX:-HeapDumpOnOutOfMemoryError");
        // The group and the session follow the name in parentheses, the state and the parent.
        String[] fields =
            Files.readString(system.resolve("stat")).replaceFirst(".*\\) ", "").split(" ", -1);
        assertThat(fields[2]).as("process group").isEqualTo(Long.toString(process.pid()));
        assertThat(fields[3]).as("session").isEqualTo(Long.toString(process.pid()));
      }
    }
  }

  @Test
  void a_stop_engaged_on_the_file_system_holds_for_the_process() throws Exception {
    SignerProcess.Settings settings = settings(true);
    try (SignerProcess process = SignerProcess.start(settings, notices::add);
        var client = new SignerClient(socket(), new DomainJson(), Duration.ofSeconds(20))) {
      assertThat(process.isAlive()).isTrue();
      var stops =
          new StopSwitch(settings.home(), new DomainJson(), java.time.InstantSource.system());
      Stop stop = stops.engage(Optional.empty(), "alice", "odd");
      assertThat(client.health().stops()).containsExactly(stop);
    }
    try (SignerProcess again = SignerProcess.start(settings, notices::add)) {
      assertThat(again.isAlive()).isTrue();
      assertThat(notices).anyMatch(line -> line.startsWith("The signer is stopped by alice since"));
    }
  }

  @Test
  void the_signer_ends_when_its_parent_is_killed() throws Exception {
    SignerProcess.Settings settings = settings(true);
    Process parent =
        new ProcessBuilder(
                JAVA.toString(),
                "-cp",
                settings.classPath(),
                SigningParent.class.getName(),
                settings.home().toString(),
                socket().toString(),
                settings.agents().getFirst().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      assertThat(child.isAlive()).isTrue();
      parent.destroyForcibly();
      child.onExit().get(30, TimeUnit.SECONDS);
      assertThat(child.isAlive()).isFalse();
      assertThat(socket()).as("removed by the signer itself").doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void a_signer_that_is_terminated_removes_its_socket() throws Exception {
    try (SignerProcess process = SignerProcess.start(settings(true), notices::add)) {
      ProcessHandle child = ProcessHandle.of(process.pid()).orElseThrow();
      assertThat(socket()).exists();
      child.destroy();
      child.onExit().get(30, TimeUnit.SECONDS);
      assertThat(socket()).doesNotExist();
    }
  }

  @Test
  void a_java_that_is_not_there_is_named() throws Exception {
    SignerProcess.Settings good = settings(true);
    var bad =
        new SignerProcess.Settings(
            temporary.resolve("no-java"),
            good.classPath(),
            good.home(),
            good.socket(),
            good.agents(),
            true,
            PATIENCE);
    assertThatThrownBy(() -> SignerProcess.start(bad, notices::add))
        .hasMessageContaining("cannot be started")
        .hasMessageContaining("no-java");
  }
}
