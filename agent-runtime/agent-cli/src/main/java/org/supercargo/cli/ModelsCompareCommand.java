package org.supercargo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.ModelBudget;
import org.supercargo.api.agent.ModelChoice;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.Privacy;
import org.supercargo.cli.model.Comparison;
import org.supercargo.cli.model.Contestant;
import org.supercargo.cli.model.Interview;
import org.supercargo.cli.model.PracticeGround;
import org.supercargo.cli.model.Score;
import org.supercargo.cli.model.ScoreChart;
import org.supercargo.cli.model.Task;
import org.supercargo.cli.model.TaskFolder;
import org.supercargo.engine.model.Candidate;
import org.supercargo.engine.model.Measurement;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.engine.model.Router;
import org.supercargo.http.OkHttpTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "compare",
    description = {
      "Gives the same tasks to several models and says how many each did right, for what cost, and",
      "how fast. What was measured is kept, for agent files that ask for a least quality.",
      "Models that are not free cost money: every task is a call, for every run."
    })
final class ModelsCompareCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @Option(
      names = "--models",
      required = true,
      paramLabel = "A,B,C",
      description = "Each a backend/model, or a backend for its default model.")
  @Nullable String models;

  @Option(
      names = "--tasks",
      paramLabel = "FOLDER",
      description = "A folder of tasks. Default: those in examples/model-tasks.")
  @Nullable Path tasks;

  @Option(names = "--runs", paramLabel = "N", description = "How often each task is given.")
  int runs = 1;

  @Option(names = "--seed", paramLabel = "S", description = "Of the order of the tasks.")
  long seed = 1;

  @Option(
      names = "--router",
      description = "Also let the router choose among the models: the cheapest, and the cascade.")
  boolean router;

  @Option(names = "--chart", paramLabel = "FILE.svg", description = "Draw cost against success.")
  @Nullable Path chart;

  @Option(names = "--chart-note", paramLabel = "TEXT", description = "A line below the picture.")
  @Nullable String note;

  @Override
  public Integer call() {
    Screen screen = options.screen();
    if (runs < 1 || runs > 1_000) {
      throw SupercargoException.user("--runs is " + runs, "Use 1 to 1000.");
    }
    Models known = Models.of(options);
    ModelSpec spec = known.settle(Objects.requireNonNull(models), ModelSpec.of(Models.AUTO));
    var ground = new PracticeGround(Codecs.ALL);
    Path folder = tasks == null ? Installation.find().examples().resolve("model-tasks") : tasks;
    List<Task> given = new TaskFolder(ground).read(folder);
    try (var http = new OkHttpTransport(known.hosts(spec))) {
      List<Score> scores = compare(screen, known, spec, ground, given, http);
      new ScoreTable(screen, scores).show(given.size(), runs, seed);
      draw(scores, given.size());
    }
    return ExitCode.DONE.status;
  }

  private List<Score> compare(
      Screen screen,
      Models known,
      ModelSpec spec,
      PracticeGround ground,
      List<Task> given,
      Http http) {
    var interview = new Interview(ground, InstantSource.system());
    var comparison = new Comparison(given, runs, seed, screen::progress);
    ModelPool pool = known.pool(spec, http);
    var scores = new ArrayList<Score>();
    for (ModelChoice choice : spec.choices()) {
      scores.add(comparison.score(single(pool, choice, interview)));
    }
    known.measurements().add(scores.stream().map(ModelsCompareCommand::measurement).toList());
    if (router) {
      for (var routing : List.of(ModelSpec.Routing.CHEAPEST, ModelSpec.Routing.CASCADE)) {
        scores.add(comparison.score(routed(pool, spec.choices(), routing, interview)));
      }
    }
    return scores;
  }

  /// One model of a pool.
  static Contestant.Single single(ModelPool pool, ModelChoice choice, Interview interview) {
    String reference =
        pool.cards().stream()
            .filter(card -> card.backend().equals(choice.backend()))
            .filter(card -> choice.name().isEmpty() || card.model().equals(choice.name()))
            .map(ModelCard::reference)
            .findFirst()
            .orElseThrow(() ->
                SupercargoException.user(
                    "There is no model " + choice, "See: supercargo models list"));
    Candidate candidate = new Router(ModelSpec.of(choice), pool).candidate(reference);
    return new Contestant.Single(
        reference, candidate.backend(), candidate.card().model(), interview);
  }

  private static Contestant.Routed routed(
      ModelPool pool, List<ModelChoice> choices, ModelSpec.Routing routing, Interview interview) {
    var spec = new ModelSpec(choices, routing, Privacy.PROVIDER, 0, 0, ModelBudget.NONE);
    return new Contestant.Routed(spec, new Router(spec, pool), interview, InstantSource.system());
  }

  private static Measurement measurement(Score score) {
    return new Measurement(
        score.label(),
        score.successes(),
        score.runs(),
        score.medianLatency(),
        LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC));
  }

  private void draw(List<Score> scores, int count) {
    if (chart == null) {
      return;
    }
    String below = note == null ? count + " tasks, " + runs + " runs each, seed " + seed : note;
    try {
      Files.writeString(chart, new ScoreChart("Cost against success", below, scores).svg());
    } catch (IOException e) {
      throw SupercargoException.user(
          chart + " cannot be written: " + e.getMessage(), "Name another file with --chart.");
    }
  }
}
