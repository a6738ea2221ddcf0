package org.supercargo.engine.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.Effort;

/// Orders an agent's models for one step: those that are able and allowed, the best choice first.
public final class Router {
  private final ModelSpec spec;
  private final ModelPool pool;
  private final List<Candidate> candidates;

  public Router(ModelSpec spec, ModelPool pool) {
    this.spec = spec;
    this.pool = pool;
    this.candidates = pool.candidates(spec);
  }

  /// The agent's model with this reference.
  public Candidate candidate(String reference) {
    return candidates.stream()
        .filter(candidate -> candidate.reference().equals(reference))
        .findFirst()
        .orElseThrow(() -> SupercargoException.bug("No model is called " + reference, null));
  }

  /// A way to do the step.
  ///
  /// @param reason why it stands where it does, for the journal
  public record Route(Candidate candidate, String reason) {}

  /// Empty routes, or why there are none.
  public record Routes(List<Route> best, String obstacles) {}

  public Routes routes(Need need) {
    var able = new ArrayList<Candidate>();
    var obstacles = new ArrayList<String>();
    for (Candidate candidate : candidates) {
      String obstacle = obstacle(candidate, need);
      if (obstacle == null) {
        able.add(candidate);
      } else {
        obstacles.add(candidate.reference() + " " + obstacle);
      }
    }
    if (spec.routing() != ModelSpec.Routing.IN_ORDER) {
      able.sort(Comparator.comparing(candidate -> expectedCost(candidate, need).baseUnits()));
    }
    int tier = spec.routing() == ModelSpec.Routing.CASCADE ? need.tier() : 0;
    int passed = Math.min(tier, Math.max(able.size() - 1, 0));
    var routes = new ArrayList<Route>();
    var cooling = new ArrayList<Route>();
    for (Candidate candidate : able.subList(passed, able.size())) {
      place(candidate, need, passed, routes, cooling);
    }
    // The cheaper ones stand in last: they have failed at this step, but may be the only ones well.
    for (Candidate candidate : able.subList(0, passed)) {
      place(candidate, need, 0, routes, cooling);
    }
    routes.addAll(cooling);
    return new Routes(routes, String.join("; ", obstacles));
  }

  /// When the peak hours of the model end that would be asked now; empty if it charges no more than
  /// at other hours, or if none can be asked.
  public Optional<Instant> dearUntil(Need need) {
    return routes(need).best().stream()
        .findFirst()
        .flatMap(route -> route.candidate().card().prices().peakHours().end(need.now()));
  }

  private void place(
      Candidate candidate, Need need, int tier, List<Route> routes, List<Route> cooling) {
    Optional<Failure> failure = pool.health().coolingDown(candidate.card().backend());
    if (failure.isPresent()) {
      cooling.add(new Route(candidate, "nothing better is well; it was " + failure.get()));
      return;
    }
    String reason =
        switch (spec.routing()) {
          case IN_ORDER -> candidates.indexOf(candidate) == 0 ? "first choice" : "stand-in";
          case CHEAPEST -> "cheapest that is able, about " + expectedCost(candidate, need);
          case CASCADE ->
              tier == 0
                  ? "cheapest that is able, about " + expectedCost(candidate, need)
                  : "tier " + (tier + 1) + ", about " + expectedCost(candidate, need);
        };
    routes.add(new Route(candidate, reason));
  }

  private @Nullable String obstacle(Candidate candidate, Need need) {
    var card = candidate.card();
    if (need.actions() && !card.abilities().contains(Ability.ACTIONS)) {
      return "cannot ask for actions";
    }
    if (need.json() && !card.abilities().contains(Ability.JSON)) {
      return "cannot be held to JSON";
    }
    if (!card.privacy().isAtLeast(spec.privacy())) {
      return "offers privacy " + card.privacy() + ", and " + spec.privacy() + " is the least";
    }
    if (need.promptTokens() + Math.min(card.longestReply(), expectedReply(candidate))
        > card.contextTokens()) {
      return "has a context of "
          + card.contextTokens()
          + " tokens, and the step has about "
          + need.promptTokens();
    }
    if (spec.quality() > 0) {
      Optional<Measurement> measured = pool.measurement(card);
      if (measured.isEmpty()) {
        return "was never measured, and quality " + spec.quality() + " is the least";
      }
      if (measured.get().quality() < spec.quality()) {
        return "has quality " + measured.get().quality() + ", and " + spec.quality() + " is needed";
      }
    }
    return null;
  }

  /// Prices weighed with a usual reply. What a reply turns out to cost is known only later.
  private static Amount expectedCost(Candidate candidate, Need need) {
    return candidate.card().cost(need.promptTokens(), expectedReply(candidate), need.now());
  }

  /// Tokens of a usual reply; thinking makes most of it.
  private static int expectedReply(Candidate candidate) {
    Effort effort = candidate.choice().effort();
    boolean thinks = candidate.card().abilities().contains(Ability.THINKING);
    return switch (effort) {
      case NONE -> 200;
      case LOW -> 500;
      case DEFAULT -> thinks ? 1_000 : 200;
      case HIGH -> 1_200;
      case MAX -> 4_000;
    };
  }
}
