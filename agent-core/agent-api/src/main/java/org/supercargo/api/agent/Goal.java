package org.supercargo.api.agent;

import org.supercargo.api.SupercargoException;

/// What the owner wants, in plain words.
public record Goal(String text) {
  private static final int LONGEST = 8_000;

  public Goal {
    text = text.strip();
    if (text.isEmpty()) {
      throw SupercargoException.user("The goal is empty", "Say what the agent should do.");
    }
    if (text.length() > LONGEST) {
      throw SupercargoException.user(
          "The goal has " + text.length() + " characters", "Use at most " + LONGEST + ".");
    }
  }
}
