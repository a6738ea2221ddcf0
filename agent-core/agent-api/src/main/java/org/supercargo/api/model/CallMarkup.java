package org.supercargo.api.model;

import java.util.List;
import java.util.Locale;

/// Recognises a model's inner call notation where words should be: a call that the provider failed
/// to take apart. Such text is never acted on, nor is a call that comes with it.
///
/// One list for all backends: a mark that one of them missed would be a call that is acted on.
public final class CallMarkup {
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

  /// @param text of a reply, or a call's name or arguments
  public static boolean isIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return MARKS.stream().anyMatch(lower::contains);
  }
}
