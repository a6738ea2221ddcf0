package org.supercargo.signer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.signing.SignAnswer.Cause;
import org.supercargo.engine.signing.SignAnswer.Halted;
import org.supercargo.engine.signing.Standing;
import org.supercargo.signer.log.SigningLog;

/// Turns away who may not ask now: nobody while the owner has stopped it, no process whose lease
/// was taken over, and none whose books and the log do not tell of the same signatures.
final class Gate {
  private final Stops stops;
  private final SigningLog log;
  // Of leases that were announced; the log knows those that signed.
  private final Map<AgentId, Long> announced = new HashMap<>();

  Gate(Stops stops, SigningLog log) {
    this.stops = stops;
    this.log = log;
  }

  Standing enter(AgentId agent, long fence) {
    long before = fence(agent);
    announced.merge(agent, fence, Math::max);
    return new Standing(before, log.signatures(agent));
  }

  private long fence(AgentId agent) {
    return Math.max(log.fence(agent), announced.getOrDefault(agent, 0L));
  }

  @Nullable Halted stopped(AgentId agent) {
    return stops
        .of(agent)
        .map(stop ->
            new Halted(
                Cause.STOPPED,
                (stop.agent() == null ? "the signer was stopped" : agent + " was stopped")
                    + " by "
                    + stop.by()
                    + " at "
                    + stop.at()
                    + (stop.reason().isBlank() ? "" : ": " + stop.reason()),
                "Whoever stopped it can lift it with ./supercargo resume."))
        .orElse(null);
  }

  @Nullable Halted fenced(AgentId agent, long fence) {
    long newest = fence(agent);
    if (fence >= newest) {
      announced.put(agent, fence);
      return null;
    }
    return new Halted(
        Cause.FENCED,
        "lease " + fence + " of " + agent + " was taken over by lease " + newest,
        "Another process runs the agent; leave it to that one.");
  }

  /// @param known how many signatures the engine's books hold
  @Nullable Halted apart(AgentId agent, long known) {
    long given = log.signatures(agent);
    if (given == known) {
      return null;
    }
    String figures =
        "the signer has given "
            + given
            + " signatures for "
            + agent
            + ", and its books hold "
            + known;
    return given > known
        ? new Halted(
            Cause.BOOKS_BEHIND,
            figures,
            "The books were put back to an older state. Run ./supercargo recover " + agent + ".")
        : new Halted(
            Cause.LOG_BEHIND,
            figures,
            "The signer's log was cut or put back to an older state. Put the newest"
                + " signatures.log back, then run ./supercargo recover "
                + agent
                + ".");
  }
}
