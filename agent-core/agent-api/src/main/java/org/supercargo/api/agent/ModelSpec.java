package org.supercargo.api.agent;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.Privacy;

/// Which models plan for an agent, and what they may cost.
///
/// @param choices at least one
/// @param privacy the least that is accepted; a model with less is never asked, not even when every
///   other one fails
/// @param quality the least measured quality that is accepted, in percent; 0 accepts models that
///   were never measured
/// @param longestReply tokens of one reply at the most, which bounds what a call can cost; 0 for
///   what each model allows
public record ModelSpec(
    List<ModelChoice> choices,
    Routing routing,
    Privacy privacy,
    int quality,
    int longestReply,
    ModelBudget budget) {
  /// How one of several models is chosen for a step.
  public enum Routing {
    /// The first that is able and well; the others stand in for it.
    IN_ORDER,
    /// The one for which the step is expected to cost least.
    CHEAPEST,
    /// The cheapest first; a dearer one once a cheaper one has failed in a way that shows.
    CASCADE
  }

  public ModelSpec {
    choices = List.copyOf(choices);
    requireNonNull(routing, "routing is null");
    requireNonNull(privacy, "privacy is null");
    requireNonNull(budget, "budget is null");
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("choices is empty");
    }
    if (quality < 0 || quality > 100 || longestReply < 0) {
      throw new IllegalArgumentException("quality is 0 to 100, longestReply 0 or more");
    }
  }

  /// One model and no budget.
  public static ModelSpec of(String backend) {
    return of(new ModelChoice(backend, "", Effort.DEFAULT));
  }

  /// One model and no budget.
  public static ModelSpec of(ModelChoice choice) {
    return new ModelSpec(
        List.of(choice), Routing.IN_ORDER, Privacy.PROVIDER, 0, 0, ModelBudget.NONE);
  }

  public ModelSpec withBudget(ModelBudget limits) {
    return new ModelSpec(choices, routing, privacy, quality, longestReply, limits);
  }
}
