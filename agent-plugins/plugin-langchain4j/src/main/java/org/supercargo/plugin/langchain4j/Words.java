package org.supercargo.plugin.langchain4j;

import java.util.regex.Pattern;
import org.supercargo.api.model.ChatReply;

/// Foreign words made fit for a one-line message: without keys, without control characters, short.
/// In this order, so that no half of a key is left at the cut.
final class Words {
  private static final int LONGEST = 240;

  /// Long runs without a space, as keys are. A key that only the LangChain4j model knows cannot be
  /// looked for by its value.
  private static final Pattern LIKE_A_KEY = Pattern.compile("[A-Za-z0-9_-]{20,}");

  private Words() {}

  /// @param secret the key of the call; empty if it is not known here
  static ChatReply fit(ChatReply reply, String secret) {
    return switch (reply) {
      case ChatReply.Failed(var failure, String detail, var wait) ->
          new ChatReply.Failed(
              failure, line(LIKE_A_KEY.matcher(without(secret, detail)).replaceAll("…")), wait);
      case ChatReply.Unusable(var defect, String detail, var usage) ->
          new ChatReply.Unusable(defect, line(without(secret, detail)), usage);
      case ChatReply.Answer answer -> answer;
      case ChatReply.Calls calls -> calls;
    };
  }

  private static String without(String secret, String text) {
    return secret.isEmpty() ? text : text.replace(secret, "…");
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
