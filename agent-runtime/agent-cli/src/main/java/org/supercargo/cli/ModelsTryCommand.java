package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Usage;
import org.supercargo.cli.model.Check;
import org.supercargo.cli.model.Contestant;
import org.supercargo.cli.model.Interview;
import org.supercargo.cli.model.PracticeGround;
import org.supercargo.cli.model.Question;
import org.supercargo.http.OkHttpTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "try",
    description = {
      "Puts one question to one model, with one harmless action on offer, and says what came back,",
      "how long it took and what it cost."
    })
final class ModelsTryCommand implements Callable<Integer> {
  private static final String USUAL = "Use the action to add 19 and 23.";

  @Mixin CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "MODEL", description = "backend/model, or a backend's default model.")
  @Nullable String model;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "What to ask.")
  String prompt = USUAL;

  @Mixin RecordingOptions recordings = new RecordingOptions();

  @Override
  public Integer call() {
    Screen screen = options.screen();
    Models models = Models.of(options);
    ModelSpec spec = models.settle(Objects.requireNonNull(model), ModelSpec.of(Models.AUTO));
    var ground = new PracticeGround(Codecs.ALL);
    var question =
        new Question(
            prompt, ground.actions(List.of("add")), new Check(false, List.of(), null, null));
    try (var http = new OkHttpTransport(models.hosts(spec));
        ModelRecording recording = recordings.over(http, models)) {
      Contestant.Single single =
          ModelsCompareCommand.single(
              models.pool(spec, http, recording.http(), Models.KEYS),
              spec.choices().getFirst(),
              new Interview(ground, InstantSource.system()));
      return show(screen, single.label(), question, single.answer(question)).status;
    }
  }

  private static ExitCode show(
      Screen screen, String label, Question question, Contestant.Trial trial) {
    ChatReply reply = trial.turn().reply();
    String objection = trial.turn().objection(question);
    String outcome =
        switch (reply) {
          case ChatReply.Answer _ -> "ANSWER";
          case ChatReply.Calls _ -> objection.isEmpty() ? "CALLS" : "BAD_CALL";
          case ChatReply.Unusable unusable -> unusable.defect().name();
          case ChatReply.Failed failed -> failed.failure().name();
        };
    String detail = detail(reply);
    Usage used = trial.used();
    screen.line(screen.bold(label));
    screen.step("outcome", objection.isEmpty() ? screen.green(outcome) : screen.red(outcome));
    if (!detail.isEmpty()) {
      screen.step("reply", detail);
    }
    trial.turn().outcomes().forEach(each -> screen.step("result", each.text()));
    screen.step("latency", trial.latency().toMillis() + " ms");
    screen.step(
        "tokens", used.input() + " in (" + used.cached() + " cached), " + used.output() + " out");
    screen.step("cost", used.cost().toString());
    ObjectNode document =
        screen
            .object()
            .put("type", "try")
            .put("model", label)
            .put("outcome", outcome)
            .put("usable", objection.isEmpty())
            .put("detail", detail)
            .put("latencyMs", trial.latency().toMillis())
            .put("inputTokens", used.input())
            .put("cachedTokens", used.cached())
            .put("outputTokens", used.output())
            .put("costUsd", used.cost().number());
    screen.json(document);
    return status(reply, objection);
  }

  private static String detail(ChatReply reply) {
    return switch (reply) {
      case ChatReply.Answer answer -> answer.text();
      case ChatReply.Calls calls ->
          calls.calls().stream()
              .map(call -> call.action() + " " + call.arguments())
              .collect(Collectors.joining("; "));
      case ChatReply.Unusable unusable -> unusable.detail();
      case ChatReply.Failed failed -> failed.detail();
    };
  }

  /// A wrong key is the owner's to mend, a provider that is away is not.
  private static ExitCode status(ChatReply reply, String objection) {
    if (reply instanceof ChatReply.Failed failed) {
      return switch (failed.failure()) {
        case UNAUTHORISED, INVALID_REQUEST -> ExitCode.USAGE;
        case FUNDS_EXHAUSTED, CONTEXT_OVERFLOW -> ExitCode.MODEL_FAILED;
        case RATE_LIMITED,
            OVERLOADED,
            TIMED_OUT,
            UNREACHABLE,
            BROKEN_OFF,
            SERVER_ERROR,
            CANCELLED ->
            ExitCode.UNAVAILABLE;
      };
    }
    return objection.isEmpty() ? ExitCode.DONE : ExitCode.MODEL_FAILED;
  }
}
