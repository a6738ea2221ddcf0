package org.supercargo.plugin.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.testkit.model.DribblingProvider;

/// The deadline bounds a whole call, whatever arrives.
@Timeout(60)
class DeadlineTest {
  private static final Duration DEADLINE = Duration.ofMillis(700);
  private static final Duration SLACK = Duration.ofSeconds(3);

  private static void endsInTime(ModelBackend model, DribblingProvider provider) {
    long began = System.nanoTime();
    ChatReply reply = model.chat(ProviderStub.request());
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(((ChatReply.Failed) reply).failure()).isEqualTo(Failure.TIMED_OUT);
    assertThat(took).isBetween(DEADLINE.minusMillis(50), DEADLINE.plus(SLACK));
    assertThat(provider.blankLines()).as("blank lines before the end").isPositive();
  }

  @Test
  void a_built_model_is_given_up_while_bytes_keep_arriving() throws IOException {
    try (var provider = new DribblingProvider();
        var stub = new ProviderStub()) {
      endsInTime(
          LangChain4jModels.anthropic(
              ProviderSettings.anthropic().withBaseUrl(provider.url()).withDeadline(DEADLINE),
              stub.http(),
              () -> ProviderStub.KEY,
              ProviderStub.CLOCK),
          provider);
    }
  }

  @Test
  void a_brought_model_with_LangChain4j_s_own_client_is_given_up_as_well() throws IOException {
    try (var provider = new DribblingProvider()) {
      var brought =
          OpenAiChatModel.builder()
              .baseUrl(provider.url().toString())
              .apiKey("none")
              .modelName("m")
              .timeout(Duration.ofMillis(200))
              .maxRetries(0)
              .build();
      endsInTime(
          new LangChain4jModel(
              brought, List.of(ProviderStub.card("own", "m")), DEADLINE, ProviderStub.CLOCK),
          provider);
    }
  }

  @Test
  void an_interrupt_ends_the_call_and_its_thread_and_stays_set() throws Exception {
    var asked = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    ChatModel silent =
        new ChatModel() {
          @Override
          public ChatResponse doChat(dev.langchain4j.model.chat.request.ChatRequest request) {
            asked.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
              ended.countDown();
              Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("given up");
          }
        };
    var model =
        new LangChain4jModel(
            silent,
            List.of(ProviderStub.card("own", "m")),
            Duration.ofMinutes(5),
            ProviderStub.CLOCK);
    var seen = new CompletableFuture<String>();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              var failed = (ChatReply.Failed) model.chat(ProviderStub.request());
              seen.complete(failed.failure() + " " + Thread.currentThread().isInterrupted());
            });

    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();

    assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("CANCELLED true");
    assertThat(ended.await(20, TimeUnit.SECONDS)).as("the model's thread was ended").isTrue();
  }
}
