package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

/// Which variant of the chat completions protocol a provider speaks.
///
/// @param stream whether replies are asked for piece by piece
/// @param jsonMode whether `response_format` can ask for one JSON object
/// @param lengthField the field that bounds a reply: `max_tokens` or `max_completion_tokens`
/// @param strict whether the provider is asked to hold arguments to their schema
/// @param strictPath where below the base address requests with strict actions go, such as `/beta`;
///   empty for the usual place
/// @param billed whether a reply's usage says what it cost in US dollars
/// @param encrypts whether models with [org.supercargo.api.model.Privacy#ENCRYPTED] can be asked:
///   by Venice's end-to-end encryption to an attested enclave
public record Wire(
    boolean stream,
    boolean jsonMode,
    String lengthField,
    boolean strict,
    String strictPath,
    boolean billed,
    boolean encrypts) {
  public Wire {
    requireNonNull(lengthField, "lengthField is null");
    requireNonNull(strictPath, "strictPath is null");
  }

  /// What nearly every server understands.
  public static final Wire PLAIN = new Wire(false, true, "max_tokens", false, "", false, false);

  public Wire withStream(boolean wanted) {
    return new Wire(wanted, jsonMode, lengthField, strict, strictPath, billed, encrypts);
  }

  public Wire withStrict(boolean wanted) {
    return new Wire(stream, jsonMode, lengthField, wanted, strictPath, billed, encrypts);
  }

  public Wire withStrictPath(String path) {
    return new Wire(stream, jsonMode, lengthField, strict, path, billed, encrypts);
  }

  public Wire withLengthField(String field) {
    return new Wire(stream, jsonMode, field, strict, strictPath, billed, encrypts);
  }

  public Wire withEncryption(boolean possible) {
    return new Wire(stream, jsonMode, lengthField, strict, strictPath, billed, possible);
  }

  public Wire withBilled(boolean said) {
    return new Wire(stream, jsonMode, lengthField, strict, strictPath, said, encrypts);
  }
}
