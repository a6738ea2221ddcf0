package org.supercargo.api.intent;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;

/// A proposal to move value. Proposing performs nothing; the runtime judges, prepares, signs and
/// settles it.
public sealed interface Intent {
  /// The chain on which it settles.
  ChainId chain();

  /// What leaves the agent's wallet at the most, fees aside.
  Amount spends();

  /// The word rules use for this kind of intent.
  Kind kind();

  /// One line for people: `pay 2.5 USDC to alice on solana`.
  String summary();

  /// The kinds of intent a rule can name.
  enum Kind {
    TRANSFER,
    SWAP
  }

  /// Pays someone.
  record Transfer(Payee payee, Amount amount, String memo) implements Intent {
    private static final int LONGEST_MEMO = 200;

    public Transfer {
      requirePositive(amount);
      if (!payee.address().chain().equals(amount.asset().chain())) {
        throw SupercargoException.user(
            payee.name()
                + "'s address is on "
                + payee.address().chain().name()
                + ", but "
                + amount
                + " is on "
                + amount.asset().chain().name(),
            "Name an address on the asset's chain.");
      }
      if (memo.length() > LONGEST_MEMO) {
        throw SupercargoException.user(
            "The memo has " + memo.length() + " characters", "Use at most " + LONGEST_MEMO + ".");
      }
    }

    @Override
    public ChainId chain() {
      return amount.asset().chain();
    }

    @Override
    public Amount spends() {
      return amount;
    }

    @Override
    public Kind kind() {
      return Kind.TRANSFER;
    }

    @Override
    public String summary() {
      return "pay " + amount + " to " + payee.name() + " on " + chain().name();
    }
  }

  /// Exchanges one asset for another on the same chain.
  ///
  /// @param sell exactly this much is sold
  /// @param minimum at least this much is received, or nothing happens
  /// @param venue name of the [org.supercargo.api.chain.SwapVenue] that executes it
  record Swap(Amount sell, Amount minimum, String venue) implements Intent {
    public Swap {
      requirePositive(sell);
      requirePositive(minimum);
      requireNonNull(venue, "venue is null");
      if (!sell.asset().chain().equals(minimum.asset().chain())) {
        throw SupercargoException.user(
            sell + " and " + minimum + " are on different chains",
            "A swap happens on one chain; name two of its assets.");
      }
      if (sell.asset().id().equals(minimum.asset().id())) {
        throw SupercargoException.user(
            "A swap of " + sell.asset().symbol() + " for itself changes nothing",
            "Name two different assets.");
      }
    }

    @Override
    public ChainId chain() {
      return sell.asset().chain();
    }

    @Override
    public Amount spends() {
      return sell;
    }

    @Override
    public Kind kind() {
      return Kind.SWAP;
    }

    @Override
    public String summary() {
      return "swap " + sell + " for at least " + minimum + " on " + venue;
    }
  }

  private static void requirePositive(Amount amount) {
    if (!amount.isPositive()) {
      throw SupercargoException.user(
          amount + " is not a positive amount", "Name an amount above zero.");
    }
  }
}
