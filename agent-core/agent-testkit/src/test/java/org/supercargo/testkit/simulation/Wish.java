package org.supercargo.testkit.simulation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.intent.Intent;

/// Something the owner wants once. No two wishes of an agent are about the same amount of the same
/// asset, so that the chain alone tells which of them came true.
final class Wish {
  /// Where it stands, as far as the owner knows.
  enum State {
    /// Not asked for, or known to have come to nothing.
    OPEN,
    /// Asked for in a tick that may still be under way.
    ASKED,
    /// It came true.
    TRUE,
    /// It came to nothing so often that the owner gave up.
    GIVEN_UP
  }

  private static final int MOST_ASKS = 3;

  final int number;
  final Amount amount;
  final boolean sells;
  final String payee;
  State state = State.OPEN;
  long tick;
  private final List<Long> ticks = new ArrayList<>();

  Wish(int number, Amount amount, boolean sells, String payee) {
    this.number = number;
    this.amount = amount;
    this.sells = sells;
    this.payee = payee;
  }

  void ask(long inTick) {
    state = State.ASKED;
    tick = inTick;
    ticks.add(inTick);
  }

  /// Every tick in which it was asked for.
  List<Long> ticks() {
    return ticks;
  }

  /// It is known that nothing moved and nothing will.
  void cameToNothing() {
    state = ticks.size() < MOST_ASKS ? State.OPEN : State.GIVEN_UP;
  }

  boolean isFor(Asset asset, BigInteger baseUnits) {
    return amount.asset().id().equals(asset.id()) && amount.baseUnits().equals(baseUnits);
  }

  boolean isOf(@Nullable Intent intent) {
    return intent != null
        && (intent instanceof Intent.Swap) == sells
        && isFor(intent.spends().asset(), intent.spends().baseUnits());
  }

  /// @param minimum what a swap has to bring
  ActionCall call(String id, String minimum) {
    String text = amount.toString();
    return sells
        ? new ActionCall(id, "swap", "{\"sell\":\"" + text + "\",\"minimum\":\"" + minimum + "\"}")
        : new ActionCall(
            id,
            "send",
            "{\"payee\":\""
                + payee
                + "\",\"amount\":\""
                + text
                + "\",\"chain\":\""
                + amount.asset().chain().name()
                + "\"}");
  }
}
