package org.supercargo.engine.file;

import static org.supercargo.api.intent.Intent.Kind.CALL;
import static org.supercargo.api.intent.Intent.Kind.ORDER;
import static org.supercargo.api.intent.Intent.Kind.PAYMENT;
import static org.supercargo.api.intent.Intent.Kind.SWAP;
import static org.supercargo.api.intent.Intent.Kind.TRANSFER;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Rule;

/// The keys of a rule, the kinds of intent each says something about, and the decisions it fits.
enum RuleKey {
  NAME,
  ALLOW,
  APPROVE,
  DENY,
  CHAINS,
  ASSETS,
  PAYEES,
  BUYS,
  CONTRACTS,
  FUNCTIONS,
  HOSTS,
  SHOPS,
  HOURS,
  ABOVE,
  PRODUCTS,
  ARGUMENTS,
  PER_TRANSACTION,
  ROLLING,
  LIFETIME,
  COUNT,
  SHARE_OF_BALANCE,
  MAXIMUM_LOSS,
  MAXIMUM_SLIPPAGE,
  PAYEE_KNOWN_FOR,
  PAYEE_FROM,
  AMOUNT_FROM,
  BY,
  QUORUM,
  DELAY,
  LAPSE;

  static final Set<String> ALL =
      Arrays.stream(values()).map(RuleKey::word).collect(Collectors.toUnmodifiableSet());

  private boolean speaksOf(Intent.Kind kind) {
    return switch (this) {
      case NAME, ALLOW, APPROVE, DENY, BY, QUORUM, DELAY, LAPSE -> true;
      case HOURS, ABOVE, PER_TRANSACTION, ROLLING, LIFETIME, COUNT, AMOUNT_FROM -> true;
      case CHAINS, ASSETS, SHARE_OF_BALANCE -> kind != ORDER;
      case PAYEES, PAYEE_KNOWN_FOR -> kind == TRANSFER || kind == PAYMENT || kind == ORDER;
      case PAYEE_FROM -> kind != SWAP;
      case BUYS, MAXIMUM_LOSS, MAXIMUM_SLIPPAGE -> kind == SWAP;
      case CONTRACTS -> kind == SWAP || kind == CALL;
      case FUNCTIONS, ARGUMENTS -> kind == CALL;
      case HOSTS -> kind == PAYMENT;
      case SHOPS, PRODUCTS -> kind == ORDER;
    };
  }

  /// What forbids must hold or not by the intent and the clock alone: a condition that misses a
  /// fact, or that a larger sum does not meet, would let through what was to be forbidden.
  private boolean fits(Rule.Decision decision) {
    return switch (this) {
      case NAME, ALLOW, APPROVE, DENY, CHAINS, ASSETS, PAYEES, BUYS -> true;
      case CONTRACTS, FUNCTIONS, HOSTS, SHOPS, HOURS -> true;
      case ABOVE -> decision != Rule.Decision.ALLOW;
      case PRODUCTS,
          ARGUMENTS,
          PER_TRANSACTION,
          ROLLING,
          LIFETIME,
          COUNT,
          SHARE_OF_BALANCE,
          MAXIMUM_LOSS,
          MAXIMUM_SLIPPAGE,
          PAYEE_KNOWN_FOR,
          PAYEE_FROM,
          AMOUNT_FROM ->
          decision != Rule.Decision.DENY;
      case BY, QUORUM, DELAY, LAPSE -> decision == Rule.Decision.APPROVE;
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Refuses keys that would make a rule silently never apply, or silently apply to everything.
  static void requireFitting(
      Map<String, YamlPlace> fields, Rule.Decision decision, Set<Intent.Kind> kinds) {
    for (RuleKey key : values()) {
      YamlPlace place = fields.get(key.word());
      if (place == null) {
        continue;
      }
      if (!key.fits(decision)) {
        throw place.error(
            "a rule that " + verb(decision) + " cannot have " + key.word(),
            key.insteadOn(decision));
      }
      for (Intent.Kind kind : kinds) {
        if (!key.speaksOf(kind)) {
          throw place.error(
              key.word() + " says nothing about " + plural(kind), key.insteadFor(kind));
        }
      }
      // The contracts of an exchange are known from its bytes only, when rules have decided.
      if (key == CONTRACTS && decision == Rule.Decision.DENY && kinds.contains(SWAP)) {
        throw place.error(
            "a rule that forbids cannot tell swaps by their contracts",
            "Leave the contract out of the rules that allow swaps.");
      }
    }
  }

  static String plural(Intent.Kind kind) {
    return kind.word() + "s";
  }

  private static String verb(Rule.Decision decision) {
    return switch (decision) {
      case ALLOW -> "allows";
      case APPROVE -> "asks for approval";
      case DENY -> "forbids";
    };
  }

  private String insteadOn(Rule.Decision decision) {
    return switch (this) {
      case ABOVE -> "Use per-transaction here, and \"above\" on the rule that asks or forbids.";
      case BY, QUORUM, DELAY, LAPSE -> "Write \"approve:\" instead, or remove the key.";
      case PRODUCTS, ARGUMENTS ->
          "An order or call with one thing more would slip past it; list what is allowed instead.";
      default ->
          decision == Rule.Decision.DENY
              ? "Put it on the rules that allow; here it would let through what it does not fit."
              : "Remove it.";
    };
  }

  private String insteadFor(Intent.Kind kind) {
    if (kind == ORDER && (this == CHAINS || this == ASSETS)) {
      return "Leave it out: orders are on no chain and in dollars.";
    }
    return "Remove it, or write a rule of its own for " + plural(kind) + ".";
  }
}
