package org.supercargo.testkit.model;

import java.util.List;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.Effort;

/// Replies in which nothing is wrong, but which are easily misread or spoilt at the next request.
final class GoodReplies {
  private static final String WORDS = "You hold 2 SOL.";
  private static final String REASONING = "The owner asks \"what\"…\n\tI look. 看一下 🚢";
  private static final ActionCall LOOK = new ActionCall("call_a", ModelTask.BALANCES, "{}");
  private static final ActionCall LOOK_AGAIN = new ActionCall("call_b", ModelTask.BALANCES, "{}");
  private static final String RAN = ModelTask.BALANCES + " {}";

  private GoodReplies() {}

  private static Turn.Said words() {
    return new Turn.Said("stop", WORDS);
  }

  static List<ModelFailureCase> cases() {
    return List.of(
        ModelFailureCase.of(
            "a whole answer is an answer", "it answers", Expected.answer(WORDS), words()),
        ModelFailureCase.of(
            "signs of life before a reply do no harm",
            "it sends blank lines or comments while it works",
            Expected.answer(WORDS),
            words().in(Turn.Manner.KEPT_ALIVE)),
        ModelFailureCase.of(
            "lines may end with a carriage return",
            "it ends lines with CR LF",
            Expected.answer(WORDS),
            words().in(Turn.Manner.CARRIAGE_RETURNS)),
        ModelFailureCase.of(
            "characters survive a cut anywhere",
            "it sends a few bytes at a time and cuts characters in two",
            Expected.answer("Grüße: 你有 2 SOL 🚢🪙 – fin"),
            new Turn.Said("stop", "Grüße: 你有 2 SOL 🚢🪙 – fin").in(Turn.Manner.DRIBBLED)),
        ModelFailureCase.of(
            "a call is run and its result given back",
            "it asks for one action and answers",
            Expected.answer(WORDS, RAN),
            new Turn.Said("tool_calls", "", LOOK),
            new Turn.Demand(
                "$.messages[-1].tool_call_id",
                "call_a",
                words(),
                new Turn.Status(400, "{\"error\": {\"message\": \"no result of call_a\"}}"))),
        ModelFailureCase.of(
            "two calls in one turn are kept apart",
            "it asks for two actions at once",
            Expected.answer(WORDS, RAN, RAN),
            new Turn.Said("tool_calls", null, LOOK, LOOK_AGAIN),
            words()),
        ModelFailureCase.of(
            "cached tokens are read from DeepSeek's own field",
            "it counts prompt_cache_hit_tokens only",
            Expected.answer(WORDS).withCached(640),
            words()),
        ModelFailureCase.of(
            "cached tokens are read from the prompt's details",
            "it counts prompt_tokens_details.cached_tokens only",
            Expected.answer(WORDS).withCached(512),
            words()
                .withUsage(
                    "{\"prompt_tokens\": 1000, \"completion_tokens\": 10,"
                        + " \"prompt_tokens_details\": {\"cached_tokens\": 512}}")),
        ModelFailureCase.of(
                "reasoning is sent back exactly",
                "it refuses the second request with 400 unless that has the exact reasoning",
                Expected.answer(WORDS, RAN),
                new Turn.Said("tool_calls", "", LOOK).reasoned(REASONING),
                new Turn.Demand(
                    "$.messages[2].reasoning_content", REASONING, words(), reasoningMissing()))
            .needing(ModelFailureCase.Need.REASONING),
        ModelFailureCase.of(
                "reasoning is sent back in all later requests",
                "it refuses the third request unless that has the reasoning of the first reply",
                Expected.answer(WORDS, RAN, RAN),
                new Turn.Said("tool_calls", "", LOOK).reasoned(REASONING),
                new Turn.Said("tool_calls", "", LOOK_AGAIN).reasoned("Once more."),
                new Turn.Demand(
                    "$.messages[2].reasoning_content", REASONING, words(), reasoningMissing()))
            .needing(ModelFailureCase.Need.REASONING),
        ModelFailureCase.of(
                "effort max does not cost a call",
                "it forgets its calls when it is offered actions at effort max",
                Expected.answer(WORDS, RAN),
                new Turn.Demand(
                    "$.reasoning_effort",
                    "high",
                    new Turn.Said("tool_calls", "", LOOK),
                    new Turn.Said("stop", "I would look at the balances now.")),
                words())
            .needing(ModelFailureCase.Need.EFFORT)
            .with(ChatOptions.DEFAULT.withEffort(Effort.MAX)),
        ModelFailureCase.of(
                "JSON that was asked for is passed on",
                "it answers with one JSON object",
                Expected.answer("{\"sol\": 2}"),
                new Turn.Said("stop", "{\"sol\": 2}"))
            .with(ChatOptions.DEFAULT.withJson(true)));
  }

  static Turn.Status reasoningMissing() {
    return new Turn.Status(
        400,
        "{\"error\": {\"message\": \"The `reasoning_content` in the thinking mode must be passed"
            + " back to the API.\", \"type\": \"invalid_request_error\", \"code\":"
            + " \"invalid_request_error\"}}");
  }
}
