package org.supercargo.cli.model;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.Usage;
import org.supercargo.engine.model.Need;
import org.supercargo.engine.model.Router;

/// What can be compared: a model by itself, or a way to choose among several. It is given
/// questions, and never their answers.
public sealed interface Contestant {
  /// The model's reference, or `router:` and the routing.
  String label();

  Trial answer(Question question);

  /// What came of one question.
  ///
  /// @param turn the reply that counts
  /// @param used by all calls together
  /// @param latency of all calls together
  record Trial(Turn turn, Usage used, Duration latency, int calls) {
    private static final Trial NOTHING =
        new Trial(
            new Turn(
                new ChatReply.Failed(ChatReply.Failure.INVALID_REQUEST, "none was asked", null),
                List.of()),
            Usage.NONE,
            Duration.ZERO,
            0);

    private Trial then(Interview.Exchange next) {
      return new Trial(
          next.turn(), used.plus(next.used()), latency.plus(next.latency()), calls + 1);
    }
  }

  /// One model, asked once.
  record Single(String label, ModelBackend backend, String model, Interview interview)
      implements Contestant {
    @Override
    public Trial answer(Question question) {
      return Trial.NOTHING.then(interview.ask(backend, model, Effort.DEFAULT, question));
    }
  }

  /// The router that agents have.
  ///
  /// @param spec with the routing
  record Routed(ModelSpec spec, Router router, Interview interview, InstantSource clock)
      implements Contestant {
    @Override
    public String label() {
      return "router:" + ModelEntry.word(spec.routing());
    }

    @Override
    public Trial answer(Question question) {
      Trial trial = Trial.NOTHING;
      for (int tier = 0; tier < tiers(); tier++) {
        trial = ask(trial, question, tier);
        if (trial.turn().objection(question).isEmpty()) {
          return trial;
        }
      }
      return trial;
    }

    private int tiers() {
      return spec.routing() == ModelSpec.Routing.CASCADE ? spec.choices().size() : 1;
    }

    /// The best model of a tier; the next one if there is no reply at all.
    private Trial ask(Trial before, Question question, int tier) {
      var need =
          new Need(
              !question.actions().isEmpty(),
              false,
              Interview.promptBytes(question),
              tier,
              clock.instant());
      Router.Routes routes = router.routes(need);
      if (routes.best().isEmpty()) {
        throw SupercargoException.user(
            "No model may be asked: " + routes.obstacles(), "Compare other models.");
      }
      Trial trial = before;
      for (Router.Route route : routes.best()) {
        var chosen = route.candidate();
        trial =
            trial.then(
                interview.ask(
                    chosen.backend(), chosen.card().model(), chosen.choice().effort(), question));
        if (!(trial.turn().reply() instanceof ChatReply.Failed)) {
          return trial;
        }
      }
      return trial;
    }
  }
}
