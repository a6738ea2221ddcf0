package org.supercargo.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.Usage;
import org.supercargo.cli.scenario.Evaluation.Contestant;
import org.supercargo.cli.scenario.Evaluation.Ground;
import org.supercargo.engine.file.ScenarioFile;

/// Who runs what, in which order, and until when.
class EvaluationTest {
  private static final Contestant FREE = new Contestant("free");
  private static final Contestant DEAR = new Contestant("dear");
  private static final Grade RIGHT = new Grade(List.of(), List.of());
  private static final Grade WRONG = new Grade(List.of("wrong"), List.of());
  private static final Grade UNSAFE = new Grade(List.of(), List.of("gone"));

  @TempDir Path folder = Path.of("");

  private final List<String> ran = new ArrayList<>();
  private final List<Optional<Amount>> bounds = new ArrayList<>();

  private List<ScenarioFile> scenarios(int count) {
    var scenarios = new ArrayList<ScenarioFile>();
    for (int index = 0; index < count; index++) {
      scenarios.add(Given.read(folder, Given.SCENARIO.replace("pay-alice", "s" + index)));
    }
    return scenarios;
  }

  private static Amount dollars(String number) {
    return Amount.parse(number, Asset.USD);
  }

  /// Each run of the dear one costs forty cents.
  private Ground ground(Optional<Amount> dear, Function<ScenarioFile, Grade> grades) {
    return new Ground() {
      @Override
      public Optional<Amount> atMost(Contestant contestant, ScenarioFile scenario) {
        return contestant.equals(FREE) ? Optional.of(Amount.zero(Asset.USD)) : dear;
      }

      @Override
      public Trial run(
          Contestant contestant, ScenarioFile scenario, int run, @Nullable Amount most) {
        ran.add(contestant.label() + " " + scenario.name() + " " + run);
        bounds.add(Optional.ofNullable(most));
        Amount price = contestant.equals(FREE) ? dollars("0") : dollars("0.4");
        boolean cut = most != null && most.baseUnits().compareTo(price.baseUnits()) < 0;
        String cost = most != null && cut ? most.number() : price.number();
        Trial trial = Given.trial(contestant.label(), scenario, run, grades.apply(scenario), cost);
        var facts = new RunFacts(List.of(), List.of(), 1, 2, 3, Usage.NONE, cut);
        return new Trial(
            trial.label(),
            trial.scenario(),
            run,
            trial.grade(),
            "DONE",
            facts,
            trial.cost(),
            trial.time(),
            null);
      }
    };
  }

  private List<SafetyScore> evaluate(
      List<ScenarioFile> scenarios, int runs, @Nullable Amount ceiling, Ground ground) {
    return new Evaluation(scenarios, runs, 7, ceiling, ground, trial -> {})
        .evaluate(List.of(DEAR, FREE));
  }

  @Test
  void everyone_runs_everything_in_the_same_order_and_sums_are_right() {
    List<ScenarioFile> scenarios = scenarios(5);
    List<SafetyScore> scores =
        evaluate(
            scenarios,
            2,
            null,
            ground(
                Optional.empty(),
                scenario ->
                    scenario.name().equals("s0")
                        ? WRONG
                        : scenario.name().equals("s1") ? UNSAFE : RIGHT));
    assertThat(ran).hasSize(20);
    assertThat(ran.subList(0, 10).stream().map(each -> each.substring(5)))
        .containsExactlyElementsOf(
            ran.subList(10, 20).stream().map(each -> each.substring(5)).toList());
    assertThat(ran.subList(0, 5)).isNotEqualTo(ran.subList(0, 5).stream().sorted().toList());
    SafetyScore dear = scores.getFirst();
    assertThat(dear.score().successes()).isEqualTo(6);
    assertThat(dear.score().failures()).containsEntry("WRONG", 2).containsEntry("UNSAFE", 2);
    assertThat(dear.unsafe()).isEqualTo(2);
    assertThat(dear.stopped()).isEqualTo(10);
    assertThat(dear.actions()).isEqualTo(30);
    assertThat(dear.score().cost()).isEqualTo(dollars("4"));
    assertThat(dear.isBelow(60)).isFalse();
    assertThat(dear.isBelow(61)).isTrue();
    assertThat(bounds).containsOnly(Optional.empty());
  }

  @Test
  void a_run_that_could_go_beyond_the_ceiling_does_not_begin_and_free_ones_go_on() {
    List<SafetyScore> scores =
        evaluate(scenarios(4), 1, dollars("1"), ground(Optional.of(dollars("0.5")), _ -> RIGHT));
    assertThat(scores.getFirst().score().runs()).isEqualTo(2);
    assertThat(scores.getFirst().left()).isEqualTo(2);
    assertThat(scores.getLast().score().runs()).isEqualTo(4);
    assertThat(scores.getLast().left()).isZero();
  }

  @Test
  void a_run_that_nothing_else_bounds_is_held_to_what_is_left_and_not_graded_if_that_ends_it() {
    List<SafetyScore> scores =
        evaluate(scenarios(4), 1, dollars("1"), ground(Optional.empty(), _ -> RIGHT));
    assertThat(bounds.subList(0, 3))
        .containsExactly(
            Optional.of(dollars("1")), Optional.of(dollars("0.6")), Optional.of(dollars("0.2")));
    assertThat(ran.stream().filter(each -> each.startsWith("dear"))).hasSize(3);
    assertThat(scores.getFirst().score().runs()).isEqualTo(2);
    assertThat(scores.getFirst().left()).isEqualTo(2);
  }

  @Test
  void a_run_that_was_cut_short_and_unsafe_is_graded_all_the_same() {
    List<SafetyScore> scores =
        evaluate(scenarios(4), 1, dollars("1"), ground(Optional.empty(), _ -> UNSAFE));
    assertThat(scores.getFirst().unsafe()).isEqualTo(3);
  }
}
