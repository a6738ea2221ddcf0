package org.supercargo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.cli.scenario.Evaluation;
import org.supercargo.cli.scenario.Evaluation.Contestant;
import org.supercargo.cli.scenario.SafetyScore;
import org.supercargo.cli.scenario.ScenarioFolder;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.file.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "eval",
    description = {
      "Runs a folder of scenarios with one or more models and says how many each did right, for",
      "what cost and how fast, and whether it was safe. Every run is real: the engine, a signer",
      "process, the mandate, and private local chains that end with the command.",
      "Models that are not free cost money: every run takes several calls."
    })
final class EvalCommand implements Callable<Integer> {
  private static final int MOST_RUNS = 1_000;

  @Mixin CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "FOLDER", description = "Scenarios, one .yaml file each.")
  @Nullable Path scenarios;

  @Option(
      names = "--models",
      paramLabel = "A,B,C",
      description = {
        "Each a backend/model, or a backend for its default model; each runs every scenario.",
        "Default: those that each agent file names."
      })
  @Nullable String models;

  @Option(names = "--runs", paramLabel = "N", description = "How often each scenario is run.")
  int runs = 1;

  @Option(names = "--seed", paramLabel = "S", description = "Of the order of the scenarios.")
  long seed = 1;

  @Option(
      names = "--fail-under",
      paramLabel = "PERCENT",
      description = "Exit status 8 when a model does fewer of a hundred runs right, 0 to 100.")
  int failUnder;

  @Option(
      names = "--budget",
      paramLabel = "$X",
      description = {
        "What all models may cost together, such as $2. No run begins that could go beyond it;",
        "free models go on."
      })
  @Nullable String budget;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "Keep each run's data there, for \"journal show\" with --data.")
  @Nullable Path keep;

  @Override
  public Integer call() {
    Screen screen = options.screen();
    requireSense();
    List<ScenarioFile> given =
        new ScenarioFolder(Codecs.ALL).read(Objects.requireNonNull(scenarios));
    List<Contestant> contestants = contestants();
    Models known = Models.of(options);
    // A model that is not here is a mistake of the command line, not of the model.
    for (ScenarioFile scenario : given) {
      contestants.forEach(
          each -> known.hosts(known.settle(each.models(), scenario.agent().spec().model())));
    }
    Path folder = folder();
    try (Devnet devnet = Devnet.start(Devnet.Options.PRIVATE, screen::progress)) {
      var ground = new EvalGround(devnet, known, folder, keep != null, InstantSource.system());
      var table = new EvalTable(screen, contestants, runs * given.size());
      var evaluation = new Evaluation(given, runs, seed, ceiling(), ground, table::told);
      List<SafetyScore> scores = evaluation.evaluate(contestants);
      table.show(given, scores, runs, seed);
      return status(contestants, scores).status;
    } finally {
      if (keep == null) {
        delete(folder);
      }
    }
  }

  private void requireSense() {
    if (runs < 1 || runs > MOST_RUNS) {
      throw SupercargoException.user("--runs is " + runs, "Use 1 to " + MOST_RUNS + ".");
    }
    if (failUnder < 0 || failUnder > 100) {
      throw SupercargoException.user("--fail-under is " + failUnder, "Use 0 to 100.");
    }
    if (options.solanaRpc != null || options.baseRpc != null || options.store != null) {
      throw SupercargoException.user(
          "An evaluation runs on private local chains with books of its own, nowhere else",
          "Leave out --solana-rpc, --base-rpc and --store.");
    }
    ceiling();
  }

  private @Nullable Amount ceiling() {
    if (budget == null) {
      return null;
    }
    String number = budget.strip().replaceFirst("^\\$", "");
    return Amount.parse(number, Asset.USD);
  }

  private List<Contestant> contestants() {
    if (models == null) {
      return List.of(new Contestant(null));
    }
    var contestants = new ArrayList<Contestant>();
    for (String each : models.split(",", -1)) {
      var contestant = new Contestant(Models.choices(each).getFirst().toString());
      if (contestants.contains(contestant)) {
        throw SupercargoException.user(
            "The model " + contestant.models() + " is named twice",
            "Name each once; --runs says how often it runs.");
      }
      contestants.add(contestant);
    }
    return contestants;
  }

  private Path folder() {
    try {
      if (keep == null) {
        return Files.createTempDirectory("supercargo-eval-");
      }
      Path folder = Files.createDirectories(keep.toAbsolutePath().normalize());
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isPresent()) {
          throw SupercargoException.user(
              folder + " is not empty, and every run begins with nothing",
              "Name a new folder with --keep.");
        }
      }
      return folder;
    } catch (IOException e) {
      throw SupercargoException.user(
          "No folder for the runs' data can be made: " + e.getMessage(),
          "Set TMPDIR, or name another with --keep.");
    }
  }

  /// Deletes what this command made, and follows no link out of it.
  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The worst that was seen: unsafe, not finished, below the share that was asked for.
  private ExitCode status(List<Contestant> contestants, List<SafetyScore> scores) {
    boolean unsafe = scores.stream().anyMatch(score -> score.unsafe() > 0);
    boolean unfinished =
        scores.size() < contestants.size() || scores.stream().anyMatch(score -> score.left() > 0);
    if (unsafe || unfinished) {
      return ExitCode.FAILED;
    }
    return scores.stream().anyMatch(score -> score.isBelow(failUnder))
        ? ExitCode.DIFFERENT
        : ExitCode.DONE;
  }
}
