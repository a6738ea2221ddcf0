package org.supercargo.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;

class ModelsFileTest {
  private static final String GOOD =
      """
      backends:
        home: {preset: ollama, url: "http://127.0.0.1:11434", models: [{name: "qwen3:8b", context: 32768}]}
        venice-two: {preset: venice, key: VENICE_API_KEY}
        cheap:
          preset: openai-compatible
          url: https://models.example/v1
          key: CHEAP_KEY
          models:
            - name: x
              prices: {cached: 0.01, input: 0.1, output: 0.4, source: "https://models.example/prices", dated: 2026-11-20}
              context: 128000
              longest-reply: 8192
              privacy: private
              abilities: [actions, json, thinking]
          stream: true
          strict: false
          deadline: 2m
          idle: 60s
          user-id: team
          extra: {temperature: 0}
      """;

  private static SupercargoException refused(String text) {
    return catchThrowableOfType(SupercargoException.class, () -> ModelsFile.parse(text));
  }

  @Test
  void the_documented_file_is_read() {
    List<ModelSource> sources = ModelsFile.parse(GOOD);
    assertThat(sources)
        .extracting(ModelSource::name)
        .containsExactly("home", "venice-two", "cheap");
    ModelCard cheap = sources.getLast().cards().getFirst();
    assertThat(cheap.reference()).isEqualTo("cheap/x");
    assertThat(cheap.contextTokens()).isEqualTo(128_000);
    assertThat(cheap.longestReply()).isEqualTo(8_192);
    assertThat(cheap.privacy()).isEqualTo(Privacy.PRIVATE);
    assertThat(cheap.abilities())
        .containsExactlyInAnyOrder(Ability.ACTIONS, Ability.JSON, Ability.THINKING);
    assertThat(cheap.prices().prices())
        .containsEntry("x", PriceList.Price.of("0.01", "0.1", "0.4"));
    assertThat(sources.getLast().keyName()).isEqualTo("CHEAP_KEY");
    assertThat(sources.getLast().hosts()).containsExactly("models.example");
    assertThat(sources.getFirst().hosts()).containsExactly("127.0.0.1:11434");
    assertThat(sources.getFirst().cards().getFirst().privacy()).isEqualTo(Privacy.OWN_MACHINE);
  }

  @ParameterizedTest(name = "{0} is refused: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "stream: true | stream: maybe | models.yaml:15 backends.cheap.stream: \"maybe\" is not true",
        "deadline: 2m | deadline: 2 min | models.yaml:17 backends.cheap.deadline: \"2 min\" is not a",
        "cached: 0.01 | cached: 1e-2 | models.yaml:10 backends.cheap.models[0].prices.cached",
        "input: 0.1 | input: -0.1 | is not a price in dollars",
        "dated: 2026-11-20 | dated: yesterday | models.yaml:10",
        "privacy: private | privacy: secret | Use one of provider, anonymised, private",
        "abilities: [actions, json, thinking] | abilities: [magic] | models.yaml:14",
        "preset: venice | preset: nobody | models.yaml:3 backends.venice-two.preset",
        "idle: 60s | patience: 60s | there is no key \"patience\" here",
        "  cheap: | offline_too: | models.yaml:",
        "context: 128000 | context: 12k | is not a whole number from 1",
        "prices: {cached | price: {cached | there is no key \"price\" here",
        "https://models.example/v1 | http://models.example/v1 | would travel unencrypted",
        "key: CHEAP_KEY | key: cheap-key | a key itself must not stand here"
      })
  void a_mistake_is_refused_with_its_place_and_advice(String good, String bad, String words) {
    assertThat(GOOD).contains(good);
    SupercargoException failure = refused(GOOD.replace(good, bad));
    assertThat(failure).describedAs(bad).isNotNull();
    assertThat(failure.what() + " " + failure.advice()).contains(words.strip());
    assertThat(failure.what()).startsWith("models.yaml:");
    assertThat(failure.advice()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "sk-0123456789abcdef0123456789abcdef",
    "0123456789ABCDEF0123456789ABCDEF",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
  })
  void a_key_itself_is_refused_and_not_repeated(String key) {
    SupercargoException failure = refused(GOOD.replace("CHEAP_KEY", "\"" + key + "\""));
    assertThat(failure).isNotNull();
    assertThat(failure.what() + failure.advice()).doesNotContain(key);
    assertThat(failure.what()).startsWith("models.yaml:7 ");
  }

  @Test
  void a_key_in_the_extra_fields_is_refused_too() {
    SupercargoException failure =
        refused(GOOD.replace("{temperature: 0}", "{authorization: \"Bearer abcdef\"}"));
    assertThat(failure.what()).contains("models.yaml:20").doesNotContain("abcdef");
  }

  @Test
  void a_model_without_a_price_is_refused_unless_it_runs_here() {
    String bare = "backends:\n  far: {preset: openai, models: [gpt]}\n";
    assertThat(refused(bare).what()).startsWith("models.yaml:2 backends.far").contains("no price");
  }

  @Test
  void claude_and_gemini_are_backends_under_names_of_the_owners() {
    List<ModelSource> sources =
        ModelsFile.parse(
            """
            backends:
              claude: {preset: anthropic, models: [claude-sonnet-5-5]}
              google:
                preset: gemini
                key: GOOGLE_KEY
                models: [{name: g, prices: {input: 1, output: 2, source: x, dated: 2026-11-20}}]
            """);
    assertThat(sources)
        .extracting(source -> source.cards().getFirst().reference())
        .containsExactly("claude/claude-sonnet-5-5", "google/g");
    assertThat(sources)
        .extracting(ModelSource::keyName)
        .containsExactly("ANTHROPIC_API_KEY", "GOOGLE_KEY");
    assertThat(refused("backends:\n  g: {preset: gemini, models: [g]}\n").what())
        .startsWith("models.yaml:2 backends.g")
        .contains("no price");
    assertThat(refused("backends:\n  g: {preset: gemini}\n").what()).contains("no model is named");
  }

  @Test
  void without_a_file_there_is_nothing_beside_what_is_built_in() {
    assertThat(ModelsFile.read(java.nio.file.Path.of("there", "is", "none"))).isEmpty();
  }
}
