package org.supercargo.plugin.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ChatRequest;

/// A model that somebody else built.
class BroughtModelTest {
  private static final String KEY = "sk-proj-0123456789abcdef01234567";

  private final List<dev.langchain4j.model.chat.request.ChatRequest> asked = new ArrayList<>();

  private LangChain4jModel model(Supplier<ChatResponse> behaviour) {
    ChatModel brought =
        new ChatModel() {
          @Override
          public ChatResponse doChat(dev.langchain4j.model.chat.request.ChatRequest request) {
            asked.add(request);
            return behaviour.get();
          }
        };
    return new LangChain4jModel(
        brought,
        List.of(ProviderStub.card("mistral", "large")),
        Duration.ofSeconds(20),
        ProviderStub.CLOCK);
  }

  private ChatReply chat(Supplier<ChatResponse> behaviour) {
    return model(behaviour).chat(ProviderStub.request(ProviderStub.TRANSFER));
  }

  private static ChatResponse response(AiMessage message, @Nullable FinishReason reason) {
    var response = ChatResponse.builder().aiMessage(message).tokenUsage(new TokenUsage(10, 5, 17));
    if (reason != null) {
      response.finishReason(reason);
    }
    return response.build();
  }

  private static AiMessage call(@Nullable String id, String arguments) {
    return AiMessage.from(
        ToolExecutionRequest.builder().id(id).name("transfer").arguments(arguments).build());
  }

  static Stream<Arguments> endings() {
    AiMessage whole = call("1", "{}");
    return Stream.of(
        Arguments.of("cut with whole arguments", whole, FinishReason.LENGTH, Defect.TRUNCATED),
        Arguments.of("no reason", whole, null, Defect.TRUNCATED),
        Arguments.of("another reason", whole, FinishReason.OTHER, Defect.TRUNCATED),
        Arguments.of("filtered", whole, FinishReason.CONTENT_FILTER, Defect.REFUSED),
        Arguments.of("nothing", AiMessage.from(""), FinishReason.STOP, Defect.EMPTY),
        Arguments.of(
            "markup", AiMessage.from("<tool_call>x"), FinishReason.STOP, Defect.LEAKED_MARKUP),
        Arguments.of("no id", call(null, "{}"), FinishReason.TOOL_EXECUTION, Defect.MALFORMED_CALL),
        Arguments.of(
            "half an object",
            call("1", "{\"to\": \"a"),
            FinishReason.TOOL_EXECUTION,
            Defect.MALFORMED_CALL),
        Arguments.of("no arguments", call("1", ""), FinishReason.STOP, Defect.MALFORMED_CALL),
        Arguments.of(
            "markup in arguments",
            call("1", "{\"a\": \"<｜DSML｜\"}"),
            FinishReason.STOP,
            Defect.LEAKED_MARKUP));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  void a_reply_that_must_not_be_acted_on_has_its_defect(
      String name, AiMessage message, @Nullable FinishReason reason, Defect defect) {
    ChatReply reply = chat(() -> response(message, reason));

    assertThat(reply).as(name).isInstanceOf(ChatReply.Unusable.class);
    assertThat(((ChatReply.Unusable) reply).defect()).as(name).isEqualTo(defect);
  }

  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of(new AuthenticationException("wrong " + KEY), Failure.UNAUTHORISED),
        Arguments.of(new RateLimitException("slow"), Failure.RATE_LIMITED),
        Arguments.of(new TimeoutException("long"), Failure.TIMED_OUT),
        Arguments.of(new InternalServerException("oops " + KEY), Failure.SERVER_ERROR),
        Arguments.of(new ModelNotFoundException("none"), Failure.INVALID_REQUEST),
        Arguments.of(new UnresolvedModelServerException("where"), Failure.UNREACHABLE),
        Arguments.of(status(402, "Insufficient Balance"), Failure.FUNDS_EXHAUSTED),
        Arguments.of(status(413, "large"), Failure.CONTEXT_OVERFLOW),
        Arguments.of(status(422, "bad"), Failure.INVALID_REQUEST),
        Arguments.of(
            status(400, "This model's maximum context length is 10"), Failure.CONTEXT_OVERFLOW),
        Arguments.of(status(529, "busy"), Failure.OVERLOADED),
        Arguments.of(
            new InvalidRequestException("maximum context length"), Failure.CONTEXT_OVERFLOW),
        Arguments.of(new RuntimeException(new ConnectException("no")), Failure.UNREACHABLE),
        Arguments.of(new RuntimeException(new IOException("reset")), Failure.BROKEN_OFF),
        Arguments.of(new IllegalStateException("Bearer " + KEY), Failure.SERVER_ERROR));
  }

  private static RuntimeException status(int status, String body) {
    return new InvalidRequestException(new HttpException(status, body));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("exceptions")
  void an_exception_has_its_type_and_shows_no_key(RuntimeException thrown, Failure failure) {
    ChatReply reply =
        chat(() -> {
          throw thrown;
        });

    assertThat(reply).isInstanceOf(ChatReply.Failed.class);
    assertThat(((ChatReply.Failed) reply).failure()).as(reply.toString()).isEqualTo(failure);
    assertThat(reply.toString()).doesNotContain(KEY).doesNotContain("sk-");
    assertThat(asked).hasSize(1);
  }

  @Test
  void a_filter_that_throws_is_a_refusal() {
    ChatReply reply =
        chat(() -> {
          throw new ContentFilteredException("no");
        });

    assertThat(((ChatReply.Unusable) reply).defect()).isEqualTo(Defect.REFUSED);
  }

  @Test
  void thoughts_and_their_signatures_come_back_exactly() {
    var thought =
        AiMessage.builder()
            .thinking("a \ud83d half \"pair\"\n")
            .toolExecutionRequests(call("1", "{\"to\":\"ann\"}").toolExecutionRequests())
            .attributes(
                Map.of("thinking_signature", "EqQ/+==", "redacted_thinking", List.of("x", "y")))
            .build();
    LangChain4jModel model = model(() -> response(thought, FinishReason.TOOL_EXECUTION));
    var calls = (ChatReply.Calls) model.chat(ProviderStub.request(ProviderStub.TRANSFER));

    model.chat(ProviderStub.after(calls));

    assertThat(asked.getLast().messages().get(2)).isEqualTo(thought);
  }

  @Test
  void signatures_that_LangChain4j_joined_are_lost_before_calls() {
    var joined =
        AiMessage.builder()
            .thinking("a\nb")
            .toolExecutionRequests(call("1", "{}").toolExecutionRequests())
            .attributes(Map.of("thinking_signature", "AA==\nBB=="))
            .build();

    ChatReply reply = chat(() -> response(joined, FinishReason.TOOL_EXECUTION));

    assertThat(((ChatReply.Unusable) reply).defect()).isEqualTo(Defect.REASONING_LOST);
  }

  @Test
  void reasoning_of_another_backend_is_left_out() {
    LangChain4jModel model = model(() -> response(AiMessage.from("x"), FinishReason.STOP));
    var other = new ChatMessage.Assistant("hello", "I reasoned as DeepSeek does", List.of());

    model.chat(new ChatRequest("", List.of(new ChatMessage.Owner("x"), other), List.of()));

    assertThat(asked.getLast().messages().get(1)).isEqualTo(AiMessage.from("hello"));
  }

  @Test
  void tokens_that_only_the_sum_knows_are_priced_as_output() {
    var usage = chat(() -> response(AiMessage.from("x"), FinishReason.STOP)).used();

    assertThat(List.of(usage.input(), usage.cached(), usage.output())).containsExactly(10L, 0L, 7L);
  }

  @Test
  void a_reply_that_counts_nothing_is_estimated_and_not_free() {
    var uncounted = ChatResponse.builder().aiMessage(AiMessage.from("x".repeat(300)));
    uncounted.finishReason(FinishReason.STOP);

    var usage = chat(uncounted::build).used();

    assertThat(usage.output()).isEqualTo(100);
    assertThat(usage.input()).isPositive();
  }

  @Test
  void an_unknown_model_and_cards_of_two_backends_are_refused() {
    LangChain4jModel model = model(() -> response(AiMessage.from("x"), FinishReason.STOP));
    var cards = List.of(ProviderStub.card("a", "m"), ProviderStub.card("b", "m"));
    ChatModel none = new ChatModel() {};

    var failed =
        (ChatReply.Failed)
            model.chat(new ChatRequest("other", ProviderStub.request().messages(), List.of()));

    assertThat(failed.failure()).isEqualTo(Failure.INVALID_REQUEST);
    assertThat(asked).isEmpty();
    assertThatThrownBy(
            () -> new LangChain4jModel(none, cards, Duration.ofSeconds(1), ProviderStub.CLOCK))
        .isInstanceOf(SupercargoException.class);
  }

  @Test
  void a_message_that_LangChain4j_refuses_is_an_invalid_request() {
    LangChain4jModel model = model(() -> response(AiMessage.from("x"), FinishReason.STOP));

    var failed =
        (ChatReply.Failed)
            model.chat(new ChatRequest("", List.of(new ChatMessage.Instructions(" ")), List.of()));

    assertThat(failed.failure()).isEqualTo(Failure.INVALID_REQUEST);
  }
}
