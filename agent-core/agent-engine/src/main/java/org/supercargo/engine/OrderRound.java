package org.supercargo.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of looking at every standing order once.
///
/// @param resumed an interrupted tick that was finished first; null if there was none
/// @param orders in the agent file's order
/// @param next when the next order with a schedule is due, which is in the past for one that an
///   alarm holds back; null if none will be
/// @param watchesPrices whether an order waits for a price or for a balance at a host, so that
///   looking again before `next` may find it due
public record OrderRound(
    @Nullable TickReport resumed,
    List<OrderReport> orders,
    @Nullable Instant next,
    boolean watchesPrices) {
  public OrderRound {
    orders = List.copyOf(orders);
  }
}
