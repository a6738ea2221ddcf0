package org.supercargo.plugin.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.plugin.langchain4j.ProviderStub.json;
import static org.supercargo.plugin.langchain4j.ProviderStub.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelCard;

/// What Claude is told to keep for the next call, and what that costs.
class PromptCacheTest {
  private static final JsonNode KEPT = json("{\"type\": \"ephemeral\"}");

  private static final ActionSpec BALANCES =
      new ActionSpec("balances", "Shows them", ActionSpec.Kind.READ, List.of(), List.of());

  private static final String CALL =
      "[{\"type\": \"tool_use\", \"id\": \"toolu_01\", \"name\": \"transfer\","
          + " \"input\": {\"to\": \"ann\", \"amount\": \"1 SOL\"}}]";

  private final ProviderStub provider = new ProviderStub();

  @AfterEach
  void stop() {
    provider.close();
  }

  private static ChatRequest asking(Effort effort) {
    return new ChatRequest(
        "",
        List.of(
            new ChatMessage.Instructions("You keep a wallet."),
            new ChatMessage.Instructions("Be brief."),
            new ChatMessage.Owner("balance?")),
        List.of(ProviderStub.TRANSFER, BALANCES),
        ChatOptions.DEFAULT.withEffort(effort));
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void tools_system_and_conversation_are_each_kept_up_to_their_end(Effort effort) {
    provider.answers(200, message("end_turn", "[{\"type\": \"text\", \"text\": \"2 SOL\"}]"));

    assertThat(provider.claude().chat(asking(effort))).isInstanceOf(ChatReply.Answer.class);

    JsonNode sent = provider.sent();
    assertThat(sent.path("tools").path(0).has("cache_control")).isFalse();
    assertThat(sent.path("tools").path(1).path("cache_control")).isEqualTo(KEPT);
    assertThat(sent.path("system").path(0).has("cache_control")).isFalse();
    assertThat(sent.path("system").path(1).path("cache_control")).isEqualTo(KEPT);
    assertThat(sent.path("cache_control")).as("automatic caching").isEqualTo(KEPT);
    assertThat(sent.findValues("cache_control"))
        .as("a request may have four places, one of them automatic")
        .hasSizeLessThanOrEqualTo(4);
    assertThat(sent.has("output_config")).isEqualTo(effort != Effort.DEFAULT);
  }

  @Test
  void the_next_step_begins_with_exactly_what_this_one_had() {
    provider.answers(200, message("tool_use", CALL));
    var calls = (ChatReply.Calls) provider.claude().chat(asking(Effort.DEFAULT));
    JsonNode first = provider.sent();
    List<ChatMessage> messages = new ArrayList<>(asking(Effort.DEFAULT).messages());
    messages.add(new ChatMessage.Assistant(calls.text(), calls.reasoning(), calls.calls()));
    messages.add(new ChatMessage.Result("toolu_01", "transfer", "landed"));

    provider.claude().chat(new ChatRequest("", messages, asking(Effort.DEFAULT).actions()));

    JsonNode second = provider.sent();
    assertThat(second.path("messages")).hasSize(3);
    assertThat(second.path("messages").path(0)).isEqualTo(first.path("messages").path(0));
    // As text: what is kept is found again by its bytes, in their order.
    assertThat(second.path("tools")).hasToString(first.path("tools").toString());
    assertThat(second.path("system")).hasToString(first.path("system").toString());
    assertThat(second.path("messages").path(0))
        .hasToString(first.path("messages").path(0).toString());
  }

  /// At 2 dollars for a million: written at 2.50, read at 0.20, and output at 10.
  @ParameterizedTest
  @CsvSource({
    "0, 1000, 0, 0, 0.0025",
    "0, 4000, 0, 100, 0.011",
    "10, 0, 4000, 100, 0.00182",
    "7, 13, 4000, 100, 0.001848",
    "1000, 0, 0, 0, 0.002"
  })
  void writing_costs_five_quarters_and_reading_a_tenth(
      int fresh, int written, int read, int output, String dollars) {
    provider.answers(
        200,
        """
        {"id": "m", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
         "content": [{"type": "text", "text": "x"}], "stop_reason": "end_turn",
         "usage": {"input_tokens": %d, "cache_creation_input_tokens": %d,
           "cache_read_input_tokens": %d, "output_tokens": %d}}
        """
            .formatted(fresh, written, read, output));

    var used = provider.claude().chat(asking(Effort.DEFAULT)).used();

    assertThat(used.input()).isEqualTo(fresh + written + read);
    assertThat(used.cached()).isEqualTo(read);
    assertThat(used.cost()).isEqualTo(Amount.parse(dollars, Asset.USD));
  }

  @Test
  void a_budget_counts_with_the_price_of_writing_whatever_the_card_says() {
    ModelCard published = ProviderSettings.anthropic().cards().getFirst();
    ModelCard offered = provider.claude().cards().getFirst();

    assertThat(offered.model()).isEqualTo(published.model());
    assertThat(offered.cost(1_000_000, 0, ProviderStub.CLOCK.instant()).number()).isEqualTo("2.5");
    assertThat(published.cost(1_000_000, 0, ProviderStub.CLOCK.instant()).number()).isEqualTo("2");
    assertThat(offered.cost(0, 1_000_000, ProviderStub.CLOCK.instant()))
        .isEqualTo(published.cost(0, 1_000_000, ProviderStub.CLOCK.instant()));
    assertThat(provider.gemini().cards().getFirst().prices())
        .isEqualTo(ProviderStub.card("gemini", "gemini-test").prices());
  }

  @Test
  void what_nobody_counted_is_estimated_as_written() {
    provider.answers(
        200,
        """
        {"id": "m", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
         "content": [{"type": "text", "text": "x"}], "stop_reason": "end_turn"}
        """);

    var used = provider.claude().chat(asking(Effort.DEFAULT)).used();

    long bytes = UsageReader.size(asking(Effort.DEFAULT));
    assertThat(used.input()).isGreaterThanOrEqualTo(bytes * 5 / 4 / 3);
  }
}
