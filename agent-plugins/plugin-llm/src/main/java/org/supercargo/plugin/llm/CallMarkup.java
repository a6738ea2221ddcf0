package org.supercargo.plugin.llm;

import java.util.List;
import java.util.Locale;

/// Recognises a model's inner call notation where words should be: a call that the provider failed
/// to take apart. Such text is never acted on, nor is a call that comes with it.
final class CallMarkup {
  private static final List<String> MARKS =
      List.of(
          "<｜",
          "</｜",
          "<|dsml",
          "</|dsml",
          "<|tool",
          "<||dsml",
          "</||dsml",
          "<tool_call",
          "</tool_call",
          "<function_call",
          "<function=",
          "<invoke name=");

  private CallMarkup() {}

  static boolean isIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return MARKS.stream().anyMatch(lower::contains);
  }
}
