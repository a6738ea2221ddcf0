package org.supercargo.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.asset.ChainId;
import org.supercargo.http.OkHttpTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "doctor",
    description = "Checks that everything Supercargo needs is there, and says what to do if not.")
final class DoctorCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  private int problems;

  @Override
  public Integer call() {
    Screen screen = options.screen();
    check(screen, "java", true, () -> System.getProperty("java.vm.name") + " " + Runtime.version());
    check(screen, "signer", true, () -> "built at " + Installation.find().signerJars());
    check(screen, "node", false, () -> version("node"));
    check(screen, "npm", false, () -> version("npm"));
    check(screen, "data", true, this::writable);
    check(screen, "model", false, this::model);
    check(screen, "chains", false, this::chains);
    return problems == 0 ? ExitCode.DONE.status : ExitCode.UNAVAILABLE.status;
  }

  private void check(Screen screen, String what, boolean needed, Supplier<String> probe) {
    String found;
    String advice = "";
    boolean fine = true;
    try {
      found = probe.get();
    } catch (SupercargoException e) {
      fine = false;
      found = e.what();
      advice = e.advice();
      problems += needed ? 1 : 0;
    }
    String mark = fine ? screen.green("✓") : needed ? screen.red("✗") : screen.yellow("!");
    screen.step(what, mark + " " + found);
    if (!advice.isEmpty()) {
      screen.step("", screen.dim(advice));
    }
    screen.json(
        screen
            .object()
            .put("type", "check")
            .put("what", what)
            .put("fine", fine)
            .put("needed", needed)
            .put("found", found)
            .put("advice", advice));
  }

  private static String version(String program) {
    try {
      Process process =
          new ProcessBuilder(List.of(program, "--version")).redirectErrorStream(true).start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() == 0) {
        return program + " " + text;
      }
      throw SupercargoException.user(program + " --version failed: " + text, "Install it again.");
    } catch (IOException e) {
      throw SupercargoException.user(
          program + " was not found",
          "The local devnet and the demo need Node.js 20 or newer with npm.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SupercargoException.user("Interrupted", "Try again.");
    }
  }

  private String writable() {
    Path data = options.dataDirectory();
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "doctor", null));
      return data + " can be written";
    } catch (IOException e) {
      throw SupercargoException.user(
          data + " cannot be written: " + e.getMessage(), "Name another with --data.");
    }
  }

  private String model() {
    Models models = Models.of(options);
    ModelSpec settled = models.settle(null, ModelSpec.of(Models.AUTO));
    String backend = settled.choices().getFirst().backend();
    return backend.equals(Models.OFFLINE)
        ? "offline; set DEEPSEEK_API_KEY to plan with DeepSeek"
        : backend + " at " + String.join(", ", models.hosts(settled));
  }

  private String chains() {
    Map<ChainId, URI> witnesses = options.witnesses();
    Set<String> hosts = new HashSet<>(Network.hosts(options.solana(), options.base()));
    hosts.addAll(Network.hosts(witnesses.values().toArray(URI[]::new)));
    try (var http = new OkHttpTransport(hosts)) {
      Network network =
          Network.connect(
              options.solana(), options.base(), options.faucet(), witnesses, http, null);
      return "network " + network.name() + (network.devnet() == null ? "" : ", with a faucet");
    }
  }
}
