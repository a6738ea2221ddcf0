package org.supercargo.api.agent;

import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;

/// An agent's name: lower-case letters, digits and dashes, 1 to 63 characters.
public record AgentId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public AgentId {
    if (!FORM.matcher(value).matches()) {
      throw SupercargoException.user(
          "\"" + value + "\" is not an agent name",
          "Use lower-case letters, digits and dashes, at most 63.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
