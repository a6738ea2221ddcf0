package org.supercargo.api.agent;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;

/// What an owner wants done whenever something holds, without a model: an action with its
/// arguments, admitted and judged like every other.
///
/// @param name unique within the agent file
/// @param action words for the action, as a goal would say them, such as `swap 10 USDC to ETH on
///   base`
/// @param most how often it may act in all, 1 to 1000000
/// @param until it does nothing from then on; null for never
public record StandingOrder(
    String name, ActionCall action, Trigger trigger, int most, @Nullable Instant until) {
  public StandingOrder {
    requireNonNull(name, "name is null");
    requireNonNull(action, "action is null");
    requireNonNull(trigger, "trigger is null");
    if (most < 1 || most > 1_000_000) {
      throw new IllegalArgumentException("most is 1 to 1000000");
    }
  }

  /// When an order acts.
  public sealed interface Trigger {
    /// At fixed moments. Of those that passed while nothing ran, only the last counts.
    ///
    /// @param first the first moment
    /// @param every the time between two
    record Every(Instant first, Duration every) implements Trigger {
      public Every {
        if (every.compareTo(Duration.ofMinutes(1)) < 0) {
          throw new IllegalArgumentException("every is at least a minute");
        }
      }
    }

    /// While the price of one unit of an asset, counted in another, is at or beyond a limit.
    ///
    /// @param asset what is priced
    /// @param unit what it is priced in
    /// @param above whether it acts at or above the limit, rather than at or below
    record AtPrice(Asset asset, Asset unit, boolean above, BigDecimal limit) implements Trigger {
      public AtPrice {
        if (limit.signum() <= 0) {
          throw new IllegalArgumentException("limit must be positive");
        }
      }
    }

    /// While less than this is left of what was paid to a host in advance. It does not act while a
    /// payment to the host is under way.
    ///
    /// @param host its name in lower case
    /// @param below dollars, above zero
    record PrepaidBelow(String host, Amount below) implements Trigger {
      public PrepaidBelow {
        requireNonNull(host, "host is null");
        if (!below.isPositive() || !below.asset().equals(Asset.USD)) {
          throw new IllegalArgumentException("below is an amount of dollars above zero");
        }
      }
    }
  }
}
