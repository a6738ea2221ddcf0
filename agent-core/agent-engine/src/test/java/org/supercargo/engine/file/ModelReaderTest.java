package org.supercargo.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.engine.file.Given.FULL;
import static org.supercargo.engine.file.Given.isRefused;
import static org.supercargo.engine.file.Given.parse;
import static org.supercargo.engine.file.Given.with;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.agent.ModelBudget;
import org.supercargo.api.agent.ModelChoice;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.Planning;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.Privacy;

/// The models of an agent file, their budget, and how they plan.
final class ModelReaderTest {
  private static final String MODEL = FULL.lines().skip(2).findFirst().orElseThrow();

  private static ModelSpec model(String yaml) {
    return parse(with(MODEL, "model: " + yaml)).spec().model();
  }

  @Test
  void models_are_read_to_the_last_value() {
    assertThat(parse(FULL).spec().model())
        .isEqualTo(
            new ModelSpec(
                List.of(
                    new ModelChoice("deepseek", "deepseek-flash", Effort.DEFAULT),
                    new ModelChoice("deepseek", "", Effort.HIGH)),
                ModelSpec.Routing.CASCADE,
                Privacy.PRIVATE,
                80,
                4_096,
                new ModelBudget(
                    Amount.parse("0.02", Asset.USD),
                    Amount.parse("0.5", Asset.USD),
                    Amount.parse("20", Asset.USD),
                    OptionalLong.of(200_000),
                    OptionalLong.of(2_000_000))));
  }

  @ParameterizedTest
  @CsvSource({
    "deepseek, deepseek, ''",
    "{use: deepseek}, deepseek, ''",
    "deepseek/deepseek-flash, deepseek, deepseek-flash",
    "{use: venice/org/model-1.5:free}, venice, org/model-1.5:free",
    "{use: [{model: ollama/qwen3:8b}]}, ollama, qwen3:8b"
  })
  void one_model_can_be_named_in_short(String yaml, String backend, String name) {
    assertThat(model(yaml)).isEqualTo(ModelSpec.of(new ModelChoice(backend, name, Effort.DEFAULT)));
  }

  @ParameterizedTest
  @CsvSource({"in-order, IN_ORDER", "cheapest, CHEAPEST", "cascade, CASCADE"})
  void every_route_has_its_word(String word, ModelSpec.Routing routing) {
    assertThat(model("{use: a, route: " + word + "}").routing()).isEqualTo(routing);
  }

  @ParameterizedTest
  @CsvSource({
    "provider, PROVIDER",
    "anonymised, ANONYMISED",
    "private, PRIVATE",
    "attested, ATTESTED",
    "encrypted, ENCRYPTED",
    "own-machine, OWN_MACHINE"
  })
  void every_degree_of_privacy_has_its_word(String word, Privacy privacy) {
    assertThat(model("{use: a, privacy: " + word + "}").privacy()).isEqualTo(privacy);
  }

  @ParameterizedTest
  @CsvSource({"none, NONE", "low, LOW", "high, HIGH", "max, MAX"})
  void every_effort_has_its_word(String word, Effort effort) {
    assertThat(model("{use: {model: a/b, effort: " + word + "}}").choices())
        .containsExactly(new ModelChoice("a", "b", effort));
  }

  @Test
  void the_same_model_may_be_named_with_another_effort() {
    assertThat(model("{use: [a/b, {model: a/b, effort: max}]}").choices()).hasSize(2);
  }

  /// A base unit of dollars is 10⁻¹² of one.
  @ParameterizedTest
  @CsvSource({
    "0.02 USD, 20000000000",
    "$0.02, 20000000000",
    "0.000000000001 USD, 1",
    "20 USD, 20000000000000"
  })
  void a_budget_is_exact_to_the_last_base_unit(String text, BigInteger baseUnits) {
    assertThat(model("{use: a, budget: {per-run: " + text + "}}").budget())
        .isEqualTo(
            new ModelBudget(
                new Amount(Asset.USD, baseUnits),
                null,
                null,
                OptionalLong.empty(),
                OptionalLong.empty()));
  }

  @Test
  void a_token_that_calls_itself_USD_pays_for_no_model() {
    String file = with("symbol: BONK", "symbol: USD").replace("assets: BONK", "assets: SOL");
    assertThat(parse(file).spec().model().budget().perRun())
        .isEqualTo(Amount.parse("0.02", Asset.USD));
  }

  @Test
  void planning_is_read_to_the_last_value() {
    assertThat(parse(FULL).spec().planning()).isEqualTo(new Planning(true, 3, true, 16));
    String some = with("{divide: true, reruns: 3, memory: true, most-actions: 16}", "{reruns: 0}");
    assertThat(parse(some).spec().planning()).isEqualTo(new Planning(false, 0, false, 32));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | a value is missing
          '[a, b]' | this must be a mapping
          {} | the key "use" is missing
          {route: cheapest} | the key "use" is missing
          {backend: deepseek, name: deepseek-flash} | there is no key "backend" here
          {use: a, key: secret} | there is no key "key" here
          {use: a, rout: cheapest} | did you mean "route"?
          {use: []} | the list is empty
          {use: [a, a]} | the model a is named twice
          '{use: [a/b, {model: a/b}]}' | the model a/b is named twice
          '{use: [{model: a, effort: low}, {model: a, effort: low}]}' | the model a (effort low) is named twice
          '{use: [[a]]}' | this must be a mapping
          {use: [{effort: low}]} | the key "model" is missing
          '{use: [{model: a, efort: low}]}' | did you mean "effort"?
          '{use: {model: a, effort: medium}}' | "medium" is not an effort
          '{use: {model: a, effort: default}}' | "default" is not an effort
          Deep Seek | "Deep Seek" is not the name of a model
          DeepSeek | "DeepSeek" is not the name of a model
          deepseek/ | "deepseek/" is not the name of a model
          /deepseek-flash | "/deepseek-flash" is not the name of a model
          {use: a, route: random} | "random" is not a route
          {use: a, route: IN_ORDER} | "IN_ORDER" is not a route
          {use: a, privacy: secret} | "secret" is not a degree of privacy
          {use: a, quality: 101} | "101" is not a whole number from 0 to 100
          {use: a, quality: 80%} | "80%" is not a whole number from 0 to 100
          {use: a, longest-reply: 255} | "255" is not a whole number from 256 to 1000000
          {use: a, longest-reply: 1000001} | "1000001" is not a whole number from 256 to 1000000
          {use: a, budget: 1 USD} | this must be a mapping
          '{use: a, budget: {}}' | the budget bounds nothing
          '{use: a, budget: {per-week: 1 USD}}' | there is no key "per-week" here
          '{use: a, budget: {per-run: 0 USD}}' | a budget of nothing
          '{use: a, budget: {per-run: -1 USD}}' | it is negative
          '{use: a, budget: {per-run: 1}}' | "1" is not an amount of dollars
          '{use: a, budget: {per-run: 1 USDC}}' | "1 USDC" is not an amount of dollars
          '{use: a, budget: {per-run: 1e-3 USD}}' | scientific notation
          '{use: a, budget: {per-run: 00.5 USD}}' | begins with a zero
          '{use: a, budget: {per-run: 0.0000000000001 USD}}' | cannot be represented
          '{use: a, budget: {tokens-per-run: 0}}' | "0" is not a whole number from 1 to 999999999
          '{use: a, budget: {tokens-per-day: -5}}' | "-5" is not a whole number
          '{use: a, budget: {tokens-per-day: 2_000}}' | "2_000" is not a whole number
          """)
  void bad_models_are_refused_with_what_is_wrong(String yaml, String words) {
    isRefused(with(MODEL, "model: " + yaml), 3, words);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | nothing is said about planning
          true | this must be a mapping
          {divides: true} | did you mean "divide"?
          {divide: yes} | "yes" is neither true nor false
          {memory: 1} | "1" is neither true nor false
          {memory: } | a value is missing
          {reruns: 6} | "6" is not a whole number from 0 to 5
          {reruns: -1} | "-1" is not a whole number from 0 to 5
          {most-actions: 3} | "3" is not a whole number from 4 to 128
          {most-actions: 129} | "129" is not a whole number from 4 to 128
          """)
  void bad_planning_is_refused_with_what_is_wrong(String yaml, String words) {
    isRefused(with("{divide: true, reruns: 3, memory: true, most-actions: 16}", yaml), 83, words);
  }
}
