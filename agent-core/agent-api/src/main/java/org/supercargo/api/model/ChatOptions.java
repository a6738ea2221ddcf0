package org.supercargo.api.model;

import static java.util.Objects.requireNonNull;

/// How a reply is wanted.
///
/// @param json whether the words of the reply have to be one JSON object; the messages must say so
///   too and show its form
/// @param longestReply tokens of the reply at the most, reasoning included; 0 for the backend's own
///   limit
public record ChatOptions(Effort effort, boolean json, int longestReply) {
  /// Most tokens a reply may be asked to have.
  public static final int LONGEST = 1_000_000;

  public static final ChatOptions DEFAULT = new ChatOptions(Effort.DEFAULT, false, 0);

  public ChatOptions {
    requireNonNull(effort, "effort is null");
    if (longestReply < 0 || longestReply > LONGEST) {
      throw new IllegalArgumentException("longestReply must be 0 to " + LONGEST);
    }
  }

  public ChatOptions withEffort(Effort wanted) {
    return new ChatOptions(wanted, json, longestReply);
  }

  public ChatOptions withJson(boolean wanted) {
    return new ChatOptions(effort, wanted, longestReply);
  }

  public ChatOptions withLongestReply(int tokens) {
    return new ChatOptions(effort, json, tokens);
  }
}
