package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.HttpBody;
import org.supercargo.api.model.ChatReply;

/// Puts a streamed reply together to the body it would have had in one piece.
///
/// Source: [chat completions, streaming](https://api-docs.deepseek.com/api/create-chat-completion).
final class StreamedReply implements HttpBody {
  private static final String DONE = "[DONE]";

  private final EventLines lines = new EventLines(this::event);
  private final ByteArrayOutputStream unstreamed = new ByteArrayOutputStream();
  private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
  private final Map<Integer, CallPieces> calls = new TreeMap<>();
  private final List<String> textFields;
  private final Pieces pieces;
  private @Nullable Boolean isOneObject;
  private @Nullable JsonNode usage;
  private @Nullable ObjectNode error;
  private @Nullable String malformed;
  private String finish = "";
  private boolean done;
  private boolean refused;

  /// @param reasoningFields where a piece of reasoning may stand
  StreamedReply(List<String> reasoningFields) {
    this(reasoningFields, Pieces.PLAIN);
  }

  StreamedReply(List<String> reasoningFields, Pieces pieces) {
    this.pieces = pieces;
    textFields = Stream.concat(Stream.of("content", "refusal"), reasoningFields.stream()).toList();
  }

  @Override
  public boolean take(Bytes piece) {
    if (isOneObject == null) {
      isOneObject = begins(piece);
    }
    if (isOneObject != null && isOneObject) {
      unstreamed.writeBytes(piece.toArray());
      return true;
    }
    lines.take(piece);
    return !done && !refused && error == null && malformed == null;
  }

  /// Whether the reply is one JSON object after all, from a gateway that does not stream; null
  /// while only white space came.
  private static @Nullable Boolean begins(Bytes piece) {
    for (byte next : piece.toArray()) {
      if (!Character.isWhitespace(next)) {
        return next == '{';
      }
    }
    return null;
  }

  /// What the exchange gave once it has ended without breaking.
  ChatReply read(ReplyReader reader) {
    if (isOneObject != null && isOneObject) {
      return whole(reader, unstreamed.toString(StandardCharsets.UTF_8));
    }
    lines.end();
    if (refused) {
      return refusal();
    }
    if (malformed != null) {
      return new ChatReply.Failed(
          ChatReply.Failure.SERVER_ERROR, "a piece of the reply is not JSON: " + malformed, null);
    }
    if (isOneObject == null) {
      return reader.read("");
    }
    if (!lines.isRecognised()) {
      return new ChatReply.Failed(
          ChatReply.Failure.SERVER_ERROR, "the reply is not a stream of events", null);
    }
    return reader.read(body(), done);
  }

  private ChatReply whole(ReplyReader reader, String text) {
    boolean isError = Json.readObject(text).filter(body -> body.hasNonNull("error")).isPresent();
    return isError || pieces.mayBeWhole() ? reader.read(text) : refusal();
  }

  private ChatReply refusal() {
    return new ChatReply.Failed(ChatReply.Failure.SERVER_ERROR, pieces.refusal(), null);
  }

  private void event(String data) {
    if (done || refused || error != null || malformed != null) {
      return;
    }
    if (data.strip().equals(DONE)) {
      done = true;
      return;
    }
    Optional<ObjectNode> chunk = Json.readObject(data);
    if (chunk.isEmpty()) {
      malformed = data;
      return;
    }
    chunk(chunk.get());
  }

  private void chunk(ObjectNode chunk) {
    if (chunk.hasNonNull("error")) {
      error = chunk;
      return;
    }
    if (chunk.path("usage").isObject()) {
      usage = chunk.path("usage");
    }
    for (JsonNode choice : chunk.path("choices")) {
      if (choice.path("index").asInt(0) == 0) {
        pieces.open(choice.path("delta")).ifPresentOrElse(this::delta, () -> refused = true);
        String reason = Json.text(choice.path("finish_reason"));
        finish = reason.isEmpty() ? finish : reason;
      }
    }
  }

  private void delta(JsonNode delta) {
    for (String field : textFields) {
      if (delta.path(field).isTextual()) {
        texts
            .computeIfAbsent(field, name -> new StringBuilder())
            .append(delta.path(field).textValue());
      }
    }
    for (JsonNode call : delta.path("tool_calls")) {
      calls.computeIfAbsent(index(call), number -> new CallPieces()).add(call);
    }
  }

  /// A gateway that leaves the number out begins each call with its id.
  private int index(JsonNode call) {
    if (call.path("index").isInt()) {
      return call.path("index").intValue();
    }
    boolean begins = !Json.text(call.path("id")).isEmpty();
    return begins ? calls.size() : Math.max(0, calls.size() - 1);
  }

  private ObjectNode body() {
    if (error != null) {
      return error;
    }
    ObjectNode body = Json.object();
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("finish_reason", finish);
    ObjectNode message = choice.putObject("message");
    texts.forEach((field, text) -> message.put(field, text.toString()));
    if (!calls.isEmpty()) {
      ArrayNode list = message.putArray("tool_calls");
      calls.values().forEach(call -> list.add(call.whole()));
    }
    if (usage != null) {
      body.set("usage", usage);
    }
    return body;
  }

  /// One call as it grows.
  private static final class CallPieces {
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String name = "";
    private boolean mixed;

    void add(JsonNode piece) {
      JsonNode function = piece.path("function");
      id = settled(id, Json.text(piece.path("id")));
      name = settled(name, Json.text(function.path("name")));
      arguments.append(Json.text(function.path("arguments")));
    }

    /// Gateways may repeat an id or a name; a different one means that two calls were mixed up.
    private String settled(String known, String said) {
      mixed |= !known.isEmpty() && !said.isEmpty() && !said.equals(known);
      return known.isEmpty() ? said : known;
    }

    ObjectNode whole() {
      ObjectNode call = Json.object();
      call.put("id", mixed ? "" : id).put("type", "function");
      call.putObject("function").put("name", name).put("arguments", arguments.toString());
      return call;
    }
  }
}
