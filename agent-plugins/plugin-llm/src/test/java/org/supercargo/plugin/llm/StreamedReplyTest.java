package org.supercargo.plugin.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ModelCard;

/// Streams put together again, whatever their pieces.
class StreamedReplyTest {
  private static final String USAGE =
      "{\"prompt_tokens\": 10, \"prompt_cache_hit_tokens\": 4, \"completion_tokens\": 3,"
          + " \"completion_tokens_details\": {\"reasoning_tokens\": 2}}";

  private static ReplyReader reader() {
    ModelCard card = Preset.DEEPSEEK.dialect().cards().getFirst();
    return new ReplyReader(
        List.of("reasoning_content"),
        false,
        true,
        new UsageReader(card, false, ProviderStub.EVENING, ProviderStub.EVENING, 300));
  }

  private static ChatReply read(String stream, int pieceBytes) {
    var reply = new StreamedReply(List.of("reasoning_content"));
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    boolean more = true;
    for (int at = 0; at < bytes.length && more; at += pieceBytes) {
      more =
          reply.take(
              Bytes.of(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceBytes))));
    }
    return reply.read(reader());
  }

  private static ChatReply read(String stream) {
    return read(stream, 11);
  }

  private static String delta(String fields) {
    return "data: {\"choices\": [{\"index\": 0, \"delta\": {" + fields + "}}]}\n\n";
  }

  private static String end(String reason) {
    return "data: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \""
        + reason
        + "\"}]}\n\ndata: [DONE]\n\n";
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 64, 100_000})
  void a_stream_gives_the_same_reply_as_one_piece_wherever_it_is_cut(int pieceBytes) {
    String stream =
        ": hello\r\n\r\n"
            + delta("\"role\": \"assistant\", \"content\": null, \"reasoning_content\": \"\"")
            + delta("\"reasoning_content\": \"看\"")
            + delta("\"reasoning_content\": \" 🚢\"")
            + delta("\"content\": \"Grü\"").replace("\n", "\r\n")
            + delta("\"content\": \"ße\"")
            + delta(
                "\"tool_calls\": [{\"index\": 1, \"id\": \"b\", \"function\": {\"name\": \"y\"}}]")
            + delta(
                "\"tool_calls\": [{\"index\": 0, \"id\": \"a\", \"function\": {\"name\": \"x\","
                    + " \"arguments\": \"{\\\"q\"}}]")
            + delta(
                "\"tool_calls\": [{\"index\": 1, \"function\": {\"arguments\": \"{}\"}}, {\"index\": 0,"
                    + " \"function\": {\"arguments\": \"\\\": 1}\"}}]")
            + "data: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"tool_calls\"}]}\n\n"
            + "data: {\"choices\": [], \"usage\": "
            + USAGE
            + "}\n\n"
            + "data: [DONE]\n\n";
    String whole =
        "{\"choices\": [{\"finish_reason\": \"tool_calls\", \"message\": {\"content\": \"Grüße\","
            + " \"reasoning_content\": \"看 🚢\", \"tool_calls\": ["
            + "{\"id\": \"a\", \"function\": {\"name\": \"x\", \"arguments\": \"{\\\"q\\\": 1}\"}},"
            + "{\"id\": \"b\", \"function\": {\"name\": \"y\", \"arguments\": \"{}\"}}]}}], \"usage\": "
            + USAGE
            + "}";

    ChatReply streamed = read(stream, pieceBytes);

    assertThat(streamed).isEqualTo(reader().read(whole)).isInstanceOf(ChatReply.Calls.class);
  }

  @Test
  void a_gateway_that_does_not_stream_is_read_all_the_same() {
    ChatReply reply =
        read(
            "\n {\"choices\": [{\"finish_reason\": \"stop\", \"message\": {\"content\": \"yes\"}}]}");

    assertThat(((ChatReply.Answer) reply).text()).isEqualTo("yes");
  }

  @Test
  void calls_without_numbers_begin_with_their_ids() {
    var calls =
        (ChatReply.Calls)
            read(
                delta(
                        "\"tool_calls\": [{\"id\": \"a\", \"function\": {\"name\": \"x\", \"arguments\": \"{\"}}]")
                    + delta("\"tool_calls\": [{\"function\": {\"arguments\": \"}\"}}]")
                    + delta(
                        "\"tool_calls\": [{\"id\": \"b\", \"function\": {\"name\": \"x\", \"arguments\": \"{ }\"}}]")
                    + end("tool_calls"));

    assertThat(calls.calls())
        .containsExactly(new ActionCall("a", "x", "{}"), new ActionCall("b", "x", "{ }"));
  }

  @Test
  void an_id_that_is_repeated_is_the_same_call_and_another_one_is_a_mixture() {
    String first =
        delta(
            "\"tool_calls\": [{\"index\": 0, \"id\": \"a\", \"function\": {\"name\": \"x\", \"arguments\": \"{\"}}]");
    String again = first.replace("{\"}}", "}\"}}");

    assertThat(((ChatReply.Calls) read(first + again + end("tool_calls"))).calls())
        .containsExactly(new ActionCall("a", "x", "{}"));
    assertThat(defect(read(first + again.replace("\"a\"", "\"b\"") + end("tool_calls"))))
        .isEqualTo(ChatReply.Defect.MALFORMED_CALL);
  }

  private static ChatReply.Defect defect(ChatReply reply) {
    return ((ChatReply.Unusable) reply).defect();
  }

  @Test
  void comments_alone_are_a_reply_that_was_cut_off() {
    assertThat(defect(read(": keep-alive\n\n: keep-alive\n\n")))
        .isEqualTo(ChatReply.Defect.TRUNCATED);
    assertThat(defect(read("\n\n"))).isEqualTo(ChatReply.Defect.EMPTY);
  }

  @Test
  void the_last_word_counts_without_its_closing_line() {
    String open = delta("\"content\": \"yes\"") + end("stop");

    assertThat(read(open.stripTrailing())).isInstanceOf(ChatReply.Answer.class);
  }

  @Test
  void a_piece_that_is_no_json_spoils_the_reply() {
    var failed =
        (ChatReply.Failed) read(delta("\"content\": \"yes\"") + "data: {\"cho\n\n" + end("stop"));

    assertThat(failed.failure()).isEqualTo(ChatReply.Failure.SERVER_ERROR);
  }

  @Test
  void an_error_in_a_stream_keeps_the_status_a_gateway_gives() {
    var failed =
        (ChatReply.Failed)
            read(
                delta("\"content\": \"yes\"")
                    + "data: {\"error\": {\"code\": 402, \"message\": \"no credits\"}}\n\n");

    assertThat(failed.failure()).isEqualTo(ChatReply.Failure.FUNDS_EXHAUSTED);
  }

  @Test
  void the_usual_request_streams_with_usage() {
    try (var provider = new ProviderStub()) {
      provider.answers(200, delta("\"content\": \"yes\"") + end("stop"));
      ChatReply reply = provider.chat(provider.deepSeek().withStream(true), ProviderStub.request());

      assertThat(reply).isInstanceOf(ChatReply.Answer.class);
      assertThat(provider.sent().path("stream").asBoolean()).isTrue();
      assertThat(provider.sent().at("/stream_options/include_usage").asBoolean()).isTrue();
      assertThat(provider.sentHeader("Accept")).isEqualTo("text/event-stream");
      assertThat(reply.used().cost().isPositive()).as("estimated").isTrue();
    }
  }
}
