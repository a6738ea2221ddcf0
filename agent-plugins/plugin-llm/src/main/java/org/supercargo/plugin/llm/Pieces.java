package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// How the pieces of a streamed reply are read.
interface Pieces {
  /// Everybody can read them.
  Pieces PLAIN =
      new Pieces() {
        @Override
        public Optional<JsonNode> open(JsonNode delta) {
          return Optional.of(delta);
        }

        @Override
        public String refusal() {
          return "a piece of the reply cannot be read";
        }

        @Override
        public boolean mayBeWhole() {
          return true;
        }
      };

  /// @param delta what one event adds
  /// @return empty if the reply must not be used
  Optional<JsonNode> open(JsonNode delta);

  /// Why such a reply is not used; without any of its words.
  String refusal();

  /// Whether the reply may come in one piece after all, from a gateway that does not stream.
  boolean mayBeWhole();
}
