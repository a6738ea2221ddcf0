package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// Compares decoded effects with the intent they claim to carry out.
record EffectCheck(
    Intent intent, Address wallet, Rule rule, @Nullable FeeLimit limit, Instant now) {
  static final String NAME = "decoded effects";

  /// How long from now an authorization may be good. Budgets count it now, so it must not be there
  /// to be used when they have forgotten it.
  private static final Duration LONGEST_AUTHORIZATION = Duration.ofHours(1);

  /// The first difference as a sentence, or null when there is none.
  @Nullable String difference(List<Effect> effects) {
    int performed = 0;
    int accounts = 0;
    int memos = 0;
    BigInteger fees = BigInteger.ZERO;
    BigInteger tips = BigInteger.ZERO;
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Fee fee -> {
          if (!fee.payer().equals(wallet)) {
            return "the fee is paid by " + fee.payer() + " instead of the agent's wallet";
          }
          if (limit == null || !fee.asset().equals(limit.perTransaction().asset().id())) {
            return "the mandate sets no limit for fees in " + fee.asset();
          }
          fees = fees.add(fee.baseUnits());
          tips = tips.add(fee.tip());
        }
        case Effect.Memo memo -> {
          memos++;
          if (!(intent instanceof Intent.Transfer transfer)
              || !memo.text().equals(transfer.memo())) {
            return "it carries the memo \"" + memo.text() + "\", which the intent does not";
          }
        }
        case Effect.AccountCreation creation -> {
          accounts++;
          String objection = objection(creation, accounts);
          if (objection != null) {
            return objection;
          }
          fees = fees.add(creation.rent());
        }
        case Effect.Authorization authorization -> {
          performed++;
          String objection = objection(authorization);
          if (objection != null) {
            return objection;
          }
        }
        case Effect.Move move -> {
          performed++;
          if (!isIntended(move)) {
            return "it moves "
                + move.baseUnits()
                + " base units of "
                + move.asset()
                + " from "
                + move.from()
                + " to "
                + move.to();
          }
        }
        case Effect.Approval approval -> {
          performed++;
          if (!isIntended(approval)) {
            return "it lets "
                + approval.spender()
                + " take "
                + approval.baseUnits()
                + " base units of "
                + approval.asset();
          }
        }
        case Effect.Exchange exchange -> {
          performed++;
          if (!isIntended(exchange)) {
            return "it sells "
                + exchange.sold()
                + " base units of "
                + exchange.sell()
                + " for at least "
                + exchange.bought()
                + " of "
                + exchange.buy()
                + " through "
                + exchange.venue()
                + " to "
                + exchange.recipient();
          }
        }
        case Effect.Call call -> {
          performed++;
          if (!isIntended(call)) {
            return "it calls " + call.function() + call.arguments() + " of " + call.contract();
          }
        }
        case Effect.AuthorityChange change -> {
          return "it changes control over " + change.account() + ": " + change.what();
        }
        case Effect.Undecodable unknown -> {
          return "it contains something that cannot be decoded: " + unknown.what();
        }
      }
    }
    if (performed != 1) {
      return "it performs " + performed + " movements instead of one";
    }
    if (memos != (isToCarryMemo() ? 1 : 0)) {
      return "it carries " + memos + " memos; without the right one a payee may not find the money";
    }
    return excess(fees, tips);
  }

  private boolean isToCarryMemo() {
    return intent instanceof Intent.Transfer transfer && !transfer.memo().isBlank();
  }

  private @Nullable String excess(BigInteger fees, BigInteger tips) {
    if (limit == null) {
      return fees.signum() == 0 ? null : "the mandate sets no limit for fees";
    }
    if (fees.compareTo(limit.perTransaction().baseUnits()) > 0) {
      return "it may cost "
          + fees
          + " base units in fees and rent, more than the ceiling of "
          + limit.perTransaction();
    }
    if (tips.compareTo(limit.tip().baseUnits()) > 0) {
      return "it may tip " + tips + " base units, more than the ceiling of " + limit.tip();
    }
    return null;
  }

  private @Nullable String objection(Effect.AccountCreation creation, int count) {
    if (!(intent instanceof Intent.Transfer transfer)
        || !creation.owner().equals(transfer.payee().address())
        || !creation.payer().equals(wallet)
        || count > 1) {
      return "it creates the account " + creation.account() + " for " + creation.owner();
    }
    return null;
  }

  private @Nullable String objection(Effect.Authorization authorization) {
    if (!(intent instanceof Intent.Payment payment)
        || !authorization.asset().equals(payment.amount().asset().id())
        || !authorization.from().equals(wallet)
        || !authorization.to().equals(payment.payee().address())
        || !authorization.baseUnits().equals(payment.amount().baseUnits())) {
      return "it authorizes "
          + authorization.to()
          + " to be paid "
          + authorization.baseUnits()
          + " base units of "
          + authorization.asset()
          + " from "
          + authorization.from();
    }
    if (authorization.begins().isAfter(now)) {
      return "its authorization begins only at " + authorization.begins();
    }
    if (authorization.ends().isAfter(now.plus(LONGEST_AUTHORIZATION))) {
      return "its authorization ends only at "
          + authorization.ends()
          + ", more than "
          + Wording.text(LONGEST_AUTHORIZATION)
          + " from now";
    }
    return null;
  }

  private boolean isIntended(Effect.Move move) {
    return switch (intent) {
      case Intent.Transfer transfer -> moves(move, transfer.payee(), transfer.amount());
      case Intent.Payment payment -> moves(move, payment.payee(), payment.amount());
      case Intent.Swap _, Intent.Call _, Intent.Order _ -> false;
    };
  }

  private boolean moves(Effect.Move move, Payee payee, Amount amount) {
    return move.asset().equals(amount.asset().id())
        && move.from().equals(wallet)
        && move.to().equals(payee.address())
        && move.baseUnits().equals(amount.baseUnits());
  }

  private boolean isIntended(Effect.Call effect) {
    return intent instanceof Intent.Call call
        && effect.caller().equals(wallet)
        && effect.contract().equals(call.contract())
        && rule.names(effect.contract())
        && effect.function().equals(call.function())
        && effect.arguments().equals(call.arguments())
        && effect.value().equals(call.value().baseUnits());
  }

  private boolean isIntended(Effect.Approval approval) {
    return intent instanceof Intent.Swap swap
        && approval.asset().equals(swap.sell().asset().id())
        && approval.owner().equals(wallet)
        && rule.names(approval.spender())
        && approval.baseUnits().equals(swap.sell().baseUnits());
  }

  private boolean isIntended(Effect.Exchange exchange) {
    return intent instanceof Intent.Swap swap
        && exchange.owner().equals(wallet)
        && exchange.sell().equals(swap.sell().asset().id())
        && exchange.sold().equals(swap.sell().baseUnits())
        && exchange.buy().equals(swap.minimum().asset().id())
        && exchange.bought().compareTo(swap.minimum().baseUnits()) >= 0
        && exchange.recipient().equals(wallet)
        && rule.names(exchange.venue());
  }
}
