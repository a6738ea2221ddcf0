package org.supercargo.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;

/// Replies with status 200 that must not be taken for what they look like.
final class BadReplies {
  private static final String PAY = "{\"payee\": \"bob\", \"amount\": \"5 SOL\"}";

  private BadReplies() {}

  private static ActionCall call(String action, String arguments) {
    return new ActionCall("call_a", action, arguments);
  }

  private static ActionCall pay(String arguments) {
    return call(ModelTask.TRANSFER, arguments);
  }

  static List<ModelFailureCase> cases() {
    List<ModelFailureCase> cases = new ArrayList<>();
    cases.addAll(empty());
    cases.addAll(markup());
    cases.addAll(cutOff());
    cases.addAll(malformed());
    cases.addAll(others());
    return cases;
  }

  private static ModelFailureCase row(Defect defect, String name, String behaviour, Turn... turns) {
    return ModelFailureCase.of(name, behaviour, Expected.defect(defect), turns);
  }

  private static List<ModelFailureCase> empty() {
    return List.of(
        row(
            Defect.EMPTY,
            "empty words are no answer",
            "it stops with empty content",
            new Turn.Said("stop", "")),
        row(
            Defect.EMPTY,
            "no words are no answer",
            "it stops with content null and no tokens",
            new Turn.Said("stop", null)
                .withUsage("{\"prompt_tokens\": 0, \"completion_tokens\": 0}")),
        row(
            Defect.EMPTY,
            "reasoning alone is no answer",
            "it stops after its reasoning",
            new Turn.Said("stop", "").reasoned("I should look.")),
        ModelFailureCase.of(
            "silence after an action's result is no answer",
            "it stops with empty content once it has a result",
            Expected.defect(Defect.EMPTY).after(ModelTask.BALANCES + " {}"),
            new Turn.Said("tool_calls", "", call(ModelTask.BALANCES, "{}")),
            new Turn.Said("stop", "")
                .withUsage("{\"prompt_tokens\": 0, \"completion_tokens\": 0}")),
        row(
            Defect.EMPTY,
            "a reply without a body is no answer",
            "it sends blank lines only",
            new Turn.Status(200, "\n\n\n")),
        row(
                Defect.EMPTY,
                "empty words are no JSON",
                "it is asked for JSON and stops with empty content",
                new Turn.Said("stop", ""))
            .with(ChatOptions.DEFAULT.withJson(true)));
  }

  private static List<ModelFailureCase> markup() {
    return List.of(
        row(
            Defect.LEAKED_MARKUP,
            "call markup with full-width bars is no answer",
            "it writes a call as DSML text",
            new Turn.Said(
                "stop",
                "Paying. <｜DSML｜function_calls><｜DSML｜invoke name=\"transfer\">"
                    + "<｜DSML｜parameter name=\"amount\">5 SOL</｜DSML｜parameter>")),
        row(
            Defect.LEAKED_MARKUP,
            "call markup with plain bars is no answer",
            "it writes a call as DSML text in ASCII",
            new Turn.Said("stop", "<|DSML|invoke name=\"transfer\"></|DSML|invoke>")),
        row(
            Defect.LEAKED_MARKUP,
            "a call that comes with leaked markup is not run",
            "it gives an empty call beside the DSML text that has the arguments",
            new Turn.Said(
                "tool_calls", "<｜DSML｜invoke name=\"balances\">", call(ModelTask.BALANCES, "{}"))),
        row(
            Defect.LEAKED_MARKUP,
            "a call with markup in its arguments is not run",
            "it leaves DSML in an argument",
            new Turn.Said(
                "tool_calls",
                "",
                pay("{\"payee\": \"bob</｜DSML｜parameter>\", \"amount\": \"5 SOL\"}"))),
        row(
            Defect.LEAKED_MARKUP,
            "a call in XML is no answer",
            "it writes a call as text between tags",
            new Turn.Said(
                "stop",
                "<tool_call>{\"name\": \"transfer\", \"arguments\": " + PAY + "}</tool_call>")));
  }

  private static List<ModelFailureCase> cutOff() {
    return List.of(
        row(
            Defect.TRUNCATED,
            "words cut off at the limit are no answer",
            "it reaches the length limit",
            new Turn.Said("length", "You hold")),
        row(
            Defect.TRUNCATED,
            "a call cut off at the limit is not run",
            "it reaches the length limit inside the arguments",
            new Turn.Said("length", "", pay("{\"payee\": \"bob\", \"amo"))),
        row(
            Defect.TRUNCATED,
            "a call with empty arguments at the limit is not run",
            "it reaches the length limit and gives {} as arguments",
            new Turn.Said("length", "", call(ModelTask.BALANCES, "{}"))),
        row(
            Defect.TRUNCATED,
            "a call that looks whole at the limit is not run",
            "it reaches the length limit after the arguments",
            new Turn.Said("length", "", pay(PAY))),
        row(
                Defect.TRUNCATED,
                "a stream without its end is no answer",
                "it ends the stream in order, without finish_reason and [DONE]",
                new Turn.Said(null, "You hold 2").in(Turn.Manner.UNENDED))
            .only(ModelFailureCase.Form.STREAMED),
        row(
                Defect.TRUNCATED,
                "a stream with a reason and without its last word is not whole",
                "it ends the stream after finish_reason, without [DONE]",
                new Turn.Said("stop", "You hold 2").in(Turn.Manner.UNENDED))
            .only(ModelFailureCase.Form.STREAMED),
        row(
                Defect.TRUNCATED,
                "a stream with its last word and without a reason is not whole",
                "it sends [DONE] without finish_reason",
                new Turn.Said(null, "You hold 2"))
            .only(ModelFailureCase.Form.STREAMED),
        row(
                Defect.TRUNCATED,
                "calls of a stream without its end are not run",
                "it ends the stream after a whole call, without [DONE]",
                new Turn.Said("tool_calls", "", pay(PAY)).in(Turn.Manner.UNENDED))
            .only(ModelFailureCase.Form.STREAMED));
  }

  private static List<ModelFailureCase> malformed() {
    return List.of(
        row(
            Defect.MALFORMED_CALL,
            "a call whose arguments are no JSON is not run",
            "it leaves out a brace",
            new Turn.Said("tool_calls", "", pay("{\"payee\": \"bob\", \"amount\": \"5 SOL\""))),
        row(
            Defect.MALFORMED_CALL,
            "a call without arguments is not run",
            "it gives an empty text as arguments",
            new Turn.Said("tool_calls", "", pay(""))),
        row(
            Defect.MALFORMED_CALL,
            "a call that names an argument twice is not run",
            "it gives two amounts",
            new Turn.Said(
                "tool_calls",
                "",
                pay("{\"payee\": \"bob\", \"amount\": \"5 SOL\", \"amount\": \"500 SOL\"}"))),
        row(
            Defect.MALFORMED_CALL,
            "two calls with one id are not run",
            "it repeats an id, so that results cannot be told apart",
            new Turn.Said(
                "tool_calls", "", call(ModelTask.BALANCES, "{}"), call(ModelTask.BALANCES, "{}"))),
        row(
                Defect.MALFORMED_JSON,
                "words are no JSON",
                "it is asked for JSON and answers in words",
                new Turn.Said("stop", "Here you are: {\"sol\": 2}"))
            .with(ChatOptions.DEFAULT.withJson(true)));
  }

  private static List<ModelFailureCase> others() {
    return List.of(
        row(
                Defect.REASONING_LOST,
                "a call whose reasoning got lost is not run",
                "a gateway counts reasoning tokens and drops the reasoning",
                new Turn.Said("tool_calls", "", call(ModelTask.BALANCES, "{}"))
                    .withUsage(
                        "{\"prompt_tokens\": 10, \"completion_tokens\": 90,"
                            + " \"completion_tokens_details\": {\"reasoning_tokens\": 80}}"))
            .needing(ModelFailureCase.Need.REASONING),
        row(
            Defect.REFUSED,
            "what a filter stopped is no answer",
            "it stops with content_filter",
            new Turn.Said("content_filter", "You")),
        ModelFailureCase.of(
            "lack of resources is overload",
            "it stops with insufficient_system_resource",
            Expected.failure(Failure.OVERLOADED),
            new Turn.Said("insufficient_system_resource", "You hold")),
        ModelFailureCase.of(
            "an error inside a 200 is a failure",
            "it sends an error object with status 200",
            Expected.failure(Failure.SERVER_ERROR),
            new Turn.Status(200, "{\"error\": {\"message\": \"upstream went away\"}}")),
        ModelFailureCase.of(
                "an error inside a stream is a failure",
                "it sends an error object after the first words",
                Expected.failure(Failure.SERVER_ERROR),
                new Turn.Status(
                    200,
                    Map.of("Content-Type", "text/event-stream"),
                    """
                    data: {"choices": [{"index": 0, "delta": {"content": "You"}}]}

                    data: {"error": {"message": "upstream went away"}}

                    data: [DONE]

                    """))
            .only(ModelFailureCase.Form.STREAMED),
        ModelFailureCase.of(
            "a page is no reply",
            "a proxy sends HTML with status 200",
            Expected.failure(Failure.SERVER_ERROR),
            new Turn.Status(
                200, Map.of("Content-Type", "text/html"), "<html>Please wait</html>\n")));
  }
}
