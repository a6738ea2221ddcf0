package org.supercargo.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.socket.SignerClient;
import org.supercargo.signer.socket.SignerProcess;

/// The signer as it is shipped: only what lies in `target/app`.
class SignerApplicationIT {
  private static final Path APPLICATION = Path.of("target", "app").toAbsolutePath();

  @TempDir Path temporary;

  @Test
  void its_class_path_is_short_and_knows_no_network_library() throws Exception {
    try (var files = Files.list(APPLICATION)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString().replaceFirst("-[0-9].*", ""))
              .sorted()
              .toList();
      assertThat(names)
          .containsExactly(
              "agent-api",
              "agent-engine",
              "agent-signer",
              "bcprov-jdk18on",
              "evm-codec",
              "jackson-annotations",
              "jackson-core",
              "jackson-databind",
              "jspecify",
              "snakeyaml",
              "solana-codec");
    }
  }

  @Test
  void it_starts_from_its_directory_alone() throws Exception {
    Path socket = temporary.resolve("run/signer.sock");
    var notices = new CopyOnWriteArrayList<String>();
    var settings =
        new SignerProcess.Settings(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            APPLICATION.resolve("*").toString(),
            temporary.resolve("home"),
            socket,
            List.of(AgentFiles.write(temporary)),
            true,
            Duration.ofSeconds(60));
    try (SignerProcess process = SignerProcess.start(settings, notices::add);
        var client = new SignerClient(socket, new DomainJson(), Duration.ofSeconds(20))) {
      assertThat(process.isAlive()).isTrue();
      assertThat(client.health().agents()).isEqualTo(1);
    }
  }
}
