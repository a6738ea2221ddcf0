package org.supercargo.testkit.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;

/// How a provider behaves at one request.
sealed interface Turn {
  /// A reply with status 200 and one choice.
  ///
  /// @param finish null for none
  /// @param usage the object `usage`, as JSON
  record Said(
      @Nullable String finish,
      @Nullable String content,
      @Nullable String reasoning,
      List<ActionCall> calls,
      String usage,
      Manner manner)
      implements Turn {
    /// What models report when nothing is special.
    static final String USAGE =
        "{\"prompt_tokens\": 1000, \"prompt_cache_hit_tokens\": 640,"
            + " \"prompt_cache_miss_tokens\": 360, \"completion_tokens\": 200,"
            + " \"completion_tokens_details\": {\"reasoning_tokens\": 0}}";

    Said(@Nullable String finish, @Nullable String content, ActionCall... calls) {
      this(finish, content, null, List.of(calls), USAGE, Manner.USUAL);
    }

    Said reasoned(String text) {
      return new Said(
          finish,
          content,
          text,
          calls,
          USAGE.replace("\"reasoning_tokens\": 0", "\"reasoning_tokens\": 150"),
          manner);
    }

    Said withUsage(String json) {
      return new Said(finish, content, reasoning, calls, json, manner);
    }

    Said in(Manner how) {
      return new Said(finish, content, reasoning, calls, usage, how);
    }
  }

  /// How a reply is put on the wire.
  enum Manner {
    USUAL,
    /// With blank lines or comments before and between.
    KEPT_ALIVE,
    /// Lines end with a carriage return and a line feed.
    CARRIAGE_RETURNS,
    /// Cut at any byte, with pauses.
    DRIBBLED,
    /// A stream that ends in order, and without its last word.
    UNENDED
  }

  /// A whole reply of any status.
  record Status(int status, Map<String, String> headers, String body) implements Turn {
    Status(int status, String body) {
      this(status, Map.of("Content-Type", "application/json"), body);
    }
  }

  /// One turn if the request has a value at a JSON path, and another if not.
  ///
  /// @param value null where the path must not be there
  record Demand(String path, String value, Turn met, Turn unmet) implements Turn {}

  /// Something that goes wrong below HTTP, at every request.
  record Wild(Wildness wildness) implements Turn {}

  enum Wildness {
    /// Signs of life without end, and no reply.
    KEEPS_ALIVE,
    /// The head of a reply, and then nothing.
    FALLS_SILENT,
    /// The connection ends without a word.
    HANGS_UP,
    /// The connection ends in the middle of a reply.
    CUTS_OFF,
    /// Nobody is there.
    ABSENT
  }
}
