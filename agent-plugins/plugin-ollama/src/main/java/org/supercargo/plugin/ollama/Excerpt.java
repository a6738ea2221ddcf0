package org.supercargo.plugin.ollama;

import org.supercargo.api.model.ChatReply;

/// Foreign words made fit for a one-line message: short, and without control characters.
final class Excerpt {
  private static final int LONGEST = 240;

  private Excerpt() {}

  static ChatReply of(ChatReply reply) {
    return switch (reply) {
      case ChatReply.Failed(var failure, String detail, var wait) ->
          new ChatReply.Failed(failure, of(detail), wait);
      case ChatReply.Unusable(var defect, String detail, var usage) ->
          new ChatReply.Unusable(defect, of(detail), usage);
      case ChatReply.Answer answer -> answer;
      case ChatReply.Calls calls -> calls;
    };
  }

  static String of(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
