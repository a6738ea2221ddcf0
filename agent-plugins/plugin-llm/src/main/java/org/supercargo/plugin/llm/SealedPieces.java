package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/// Opens the pieces of an encrypted reply, each text with its own envelope. Any text that comes
/// readable, wherever it stands, makes the whole reply one that is not used; only white space may,
/// because it says nothing. So does a call, because the provider offers none encrypted.
///
/// Source: [decrypt response chunks](https://docs.venice.ai/guides/features/tee-e2ee-models).
final class SealedPieces implements Pieces {
  private final EphemeralKey reader;

  SealedPieces(EphemeralKey reader) {
    this.reader = reader;
  }

  @Override
  public Optional<JsonNode> open(JsonNode delta) {
    ObjectNode opened = Json.object();
    for (Map.Entry<String, JsonNode> field : delta.properties()) {
      JsonNode value = field.getValue();
      if (value.isContainerNode() && !value.isEmpty()) {
        return Optional.empty();
      }
      if (value.isTextual() && !field.getKey().equals("role")) {
        Optional<String> text = text(value.textValue());
        if (text.isEmpty()) {
          return Optional.empty();
        }
        opened.put(field.getKey(), text.get());
      }
    }
    return Optional.of(opened);
  }

  private Optional<String> text(String piece) {
    return piece.isBlank() ? Optional.of(piece) : Envelope.open(piece, reader);
  }

  @Override
  public String refusal() {
    return "the reply is not encrypted to this request, or was changed on the way";
  }

  @Override
  public boolean mayBeWhole() {
    return false;
  }
}
