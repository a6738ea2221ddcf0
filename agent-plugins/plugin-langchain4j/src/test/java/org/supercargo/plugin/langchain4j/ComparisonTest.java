package org.supercargo.plugin.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.testkit.model.BackendClient;
import org.supercargo.testkit.model.ModelFailureCase;
import org.supercargo.testkit.model.Scene;
import org.supercargo.testkit.model.StagedProvider;
import org.supercargo.testkit.model.Verdict;

/// The failure cases against LangChain4j's chat completions client: behind the adapter, and as
/// LangChain4j comes.
@Timeout(120)
class ComparisonTest {
  private static final StagedProvider PROVIDER = new StagedProvider();

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  static Stream<ModelFailureCase> cases() {
    return ModelFailureCase.all(false).stream().filter(failure -> failure.needs().isEmpty());
  }

  static ModelBackend adapted(Scene scene) {
    var brought =
        OpenAiChatModel.builder()
            .baseUrl(scene.baseUrl().toString())
            .apiKey("sk-adapter")
            .modelName("deepseek-chat")
            .maxRetries(0)
            .build();
    return new LangChain4jModel(
        brought,
        List.of(ProviderStub.card("brought", "deepseek-chat")),
        scene.deadline(),
        ProviderStub.CLOCK);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void behind_the_adapter_no_bad_reply_passes_for_good_or_runs_an_action_or_is_late(
      ModelFailureCase failure) {
    Verdict verdict = PROVIDER.play(failure, false, new BackendClient(ComparisonTest::adapted));

    assertThat(verdict.grade())
        .as(verdict.toString())
        .isNotIn(Verdict.Grade.SILENT, Verdict.Grade.ACTED, Verdict.Grade.LATE);
  }

  @Test
  void the_comparison_tells_what_was_answered_and_how_often_a_tool_ran() {
    try (var provider = new ProviderStub()) {
      provider.answers(
          200,
          "{\"choices\": [{\"index\": 0, \"finish_reason\": \"stop\", \"message\":"
              + " {\"role\": \"assistant\", \"content\": \"2 SOL\"}}]}");

      String line =
          new LangChain4jDefaults().line(provider.url(), java.time.Duration.ofSeconds(10), false);

      assertThat(line).startsWith("ANSWERED \"2 SOL\"; tools run 0 times; ");
    }
  }
}
