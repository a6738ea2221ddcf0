package org.supercargo.proof.owner;

import java.time.Instant;
import java.util.List;
import org.supercargo.proof.reading.Outflow;

/// A signature that was given, or an order that was let through, with all that leaves by it.
///
/// @param excludes of two that say the same here only one can happen
public record Taken(Instant at, String excludes, List<Outflow> outflows) {
  public Taken {
    outflows = List.copyOf(outflows);
  }
}
