package org.supercargo.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;

/// The rules every [ModelBackend] of the chat completions protocol keeps. A backend passes when a
/// test class that extends this one passes, once for each form it speaks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModelConformance {
  private final StagedProvider provider = new StagedProvider();

  /// The backend for a provider at the scene's address, with the scene's deadline and idle limit
  /// and its form. It sends [#key()], if it sends any.
  protected abstract ModelBackend backend(Scene scene);

  /// Whether the backend under test asks for replies piece by piece.
  protected abstract boolean streams();

  /// What the backend has of what some cases need.
  protected Set<ModelFailureCase.Need> has() {
    return EnumSet.allOf(ModelFailureCase.Need.class);
  }

  /// The key the backend sends; it must be in no message.
  protected String key() {
    return "sk-conformance-0123456789abcdef";
  }

  @AfterAll
  void closeProvider() {
    provider.close();
  }

  List<ModelFailureCase> cases() {
    return ModelFailureCase.all(streams()).stream()
        .filter(failure -> has().containsAll(failure.needs()))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_provider_s_behaviour_has_its_outcome(ModelFailureCase failure) {
    Verdict verdict = provider.play(failure, streams(), new BackendClient(this::backend));

    assertThat(verdict.grade()).as(verdict.toString()).isEqualTo(Verdict.Grade.RIGHT);
  }

  @ParameterizedTest
  @MethodSource("quotingStatuses")
  void a_provider_that_quotes_the_key_does_not_get_it_into_a_message(int status) {
    var quoting =
        ModelFailureCase.of(
            "the key is quoted",
            "it quotes the key",
            Expected.failure(ChatReply.Failure.SERVER_ERROR),
            new Turn.Status(status, "{\"error\": {\"message\": \"key " + key() + " is odd\"}}"));

    Verdict verdict = provider.play(quoting, streams(), new BackendClient(this::backend));

    assertThat(verdict.observed().kind()).isEqualTo(Observed.Kind.REPORTED);
    assertThat(verdict.toString()).doesNotContain(key());
  }

  static List<Integer> quotingStatuses() {
    return List.of(200, 400, 401, 402, 429, 500, 503);
  }

  @Test
  void an_interrupt_ends_a_call_at_once_as_cancelled_and_stays_set() throws Exception {
    try (var silent = new WildServer(Turn.Wildness.KEEPS_ALIVE, streams())) {
      var scene =
          new Scene(
              silent.url(),
              Duration.ofSeconds(60),
              Duration.ofSeconds(60),
              streams(),
              ChatOptions.DEFAULT);
      ModelBackend backend = backend(scene);
      var seen = new CompletableFuture<String>();
      Thread caller =
          Thread.ofPlatform()
              .start(() -> {
                ChatReply reply = backend.chat(new ChatRequest("", List.of(), List.of()));
                seen.complete(
                    (reply instanceof ChatReply.Failed failed ? failed.failure() : reply)
                        + " "
                        + Thread.currentThread().isInterrupted());
              });
      assertThat(silent.wasAsked(Duration.ofSeconds(20))).as("the request arrived").isTrue();
      caller.interrupt();

      assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("CANCELLED true");
    }
  }

  @Test
  void a_backend_offers_priced_models_under_its_name() {
    var scene =
        new Scene(
            java.net.URI.create("http://127.0.0.1:1"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            streams(),
            ChatOptions.DEFAULT);
    ModelBackend backend = backend(scene);

    assertThat(backend.cards()).isNotEmpty();
    assertThat(backend.cards()).extracting(ModelCard::backend).containsOnly(backend.name());
  }
}
