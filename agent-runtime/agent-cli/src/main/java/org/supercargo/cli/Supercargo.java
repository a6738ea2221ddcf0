package org.supercargo.cli;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.devnet.DevnetException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The `supercargo` command.
@Command(
    name = "supercargo",
    version = "supercargo 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    description = "Autonomous agents that cannot exceed their mandate.",
    subcommands = {
      DemoCommand.class,
      DevnetCommand.class,
      RunCommand.class,
      AgentCommand.class,
      JournalCommand.class,
      LedgerCommand.class,
      MandateCommand.class,
      InboxCommand.class,
      ApproverCommand.class,
      SealCommand.class,
      StopCommand.class,
      StopCommand.Resume.class,
      KeysCommand.class,
      ModelsCommand.class,
      DoctorCommand.class
    })
public final class Supercargo implements Runnable {
  @Mixin CommonOptions options = new CommonOptions();

  // Held, because a logger that nothing refers to forgets its level.
  private static final Logger ROOT = Logger.getLogger("");

  @CommandLine.Spec CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  public static void main(String[] arguments) {
    ROOT.setLevel(System.getenv("SUPERCARGO_DEBUG") == null ? Level.SEVERE : Level.FINE);
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    Screen errors = Screen.standard(words.contains("--json"));
    var command = new CommandLine(new Supercargo());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExitCodeExceptionMapper(failure ->
        failure instanceof SupercargoException known
            ? ExitCode.of(known).status
            : failure instanceof DevnetException
                ? ExitCode.UNAVAILABLE.status
                : ExitCode.DEFECT.status);
    command.setParameterExceptionHandler((failure, given) -> {
      errors.error(
          String.valueOf(failure.getMessage()),
          "See: " + failure.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help");
      return ExitCode.USAGE.status;
    });
    command.setExecutionExceptionHandler((failure, given, parsed) -> {
      switch (failure) {
        case SupercargoException known -> errors.error(known.what(), known.advice());
        case DevnetException known -> errors.error(String.valueOf(known.getMessage()), "");
        default ->
            errors.error(
                "Something unexpected happened: " + failure,
                "This is a defect; run again with SUPERCARGO_DEBUG=1 and report the output.");
      }
      if (System.getenv("SUPERCARGO_DEBUG") != null) {
        ROOT.log(Level.SEVERE, "failed", failure);
      }
      return failure instanceof SupercargoException known
          ? ExitCode.of(known).status
          : failure instanceof DevnetException
              ? ExitCode.UNAVAILABLE.status
              : ExitCode.DEFECT.status;
    });
    command
        .getCommandSpec()
        .usageMessage()
        .footer(
            "",
            "Exit status:",
            Arrays.stream(ExitCode.values())
                    .map(code -> "  %2d  %s".formatted(code.status, code.meaning))
                    .collect(Collectors.joining("%n"))
                + "%n");
    return command.execute(arguments);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "A command is missing");
  }
}
