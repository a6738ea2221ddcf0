package org.supercargo.api.agent;

import static java.util.Objects.requireNonNull;

/// One pass of an agent over one goal, counted from 1 for each agent.
public record TickId(AgentId agent, long number) {
  public TickId {
    requireNonNull(agent, "agent is null");
    if (number < 1) {
      throw new IllegalArgumentException("tick " + number + " is not positive");
    }
  }

  @Override
  public String toString() {
    return agent + ":" + number;
  }
}
