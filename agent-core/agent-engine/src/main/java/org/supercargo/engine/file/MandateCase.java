package org.supercargo.engine.file;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Reservation;

/// One row of a table of cases: an intent, the facts it is judged on, and what is expected.
///
/// @param line where it stands in its file, from 1
/// @param title what the owner calls it
/// @param intent null when its words mean nothing an agent could propose
/// @param objection why they do not; null when they do
/// @param times how often it happens in a row; the last verdict is the case's
/// @param spentBefore counted for this case only
/// @param rule the rule that must decide; null when any may
/// @param because words the reason must contain; null when it does not matter
public record MandateCase(
    int line,
    Group group,
    String title,
    @Nullable Intent intent,
    @Nullable String objection,
    GivenFacts given,
    int times,
    List<Reservation> spentBefore,
    Expected expected,
    @Nullable String rule,
    @Nullable String because) {

  /// Whose wish it is.
  public enum Group {
    /// What the agent is there for.
    TASK,
    /// What somebody tries to make it do.
    ATTACK,
    /// A mistake of its own or of its owner.
    SLIP,
    /// Nobody's in particular: something about the mandate that should hold.
    CASE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What the mandate should say.
  public enum Expected {
    ALLOW,
    APPROVE,
    DENY,
    /// The words name nothing the agent could propose, so that no mandate is asked.
    UNREADABLE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Instant at() {
    return given.now();
  }

  /// The facts it is judged on.
  public Facts facts(Intent proposed, Map<BudgetKey, BigInteger> spent) {
    return given.with(proposed, spent);
  }
}
