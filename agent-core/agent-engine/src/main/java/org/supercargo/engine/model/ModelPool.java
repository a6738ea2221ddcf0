package org.supercargo.engine.model;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.ModelChoice;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;

/// The models a process can ask, and what it has learned of them. One for all its agents, so that
/// one agent's failed call spares the others theirs.
public final class ModelPool {
  private final List<ModelBackend> backends;
  private final Map<String, Measurement> measurements;
  private final boolean standsForAll;
  private final RandomGenerator random;
  private final Health health;

  /// @param measurements of earlier comparisons
  /// @param random gives the nonces that attestations repeat; nobody may be able to guess them
  public ModelPool(
      List<ModelBackend> backends,
      List<Measurement> measurements,
      InstantSource clock,
      RandomGenerator random) {
    this(backends, measurements, false, clock, random);
  }

  private ModelPool(
      List<ModelBackend> backends,
      List<Measurement> measurements,
      boolean standsForAll,
      InstantSource clock,
      RandomGenerator random) {
    this.backends = List.copyOf(backends);
    this.measurements =
        measurements.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Measurement::model, each -> each, (earlier, later) -> later));
    this.standsForAll = standsForAll;
    this.random = requireNonNull(random, "random is null");
    this.health = new Health(requireNonNull(clock, "clock is null"));
  }

  /// One model that is asked whatever an agent file names.
  public static ModelPool only(ModelBackend backend, InstantSource clock) {
    return new ModelPool(List.of(backend), List.of(), true, clock, new SecureRandom());
  }

  /// No model at all, for a process that only reads what happened.
  public static ModelPool none() {
    return new ModelPool(List.of(), List.of(), false, InstantSource.system(), new SecureRandom());
  }

  /// All models, backend by backend.
  public List<ModelCard> cards() {
    return backends.stream().flatMap(backend -> backend.cards().stream()).toList();
  }

  public Optional<Measurement> measurement(ModelCard card) {
    return Optional.ofNullable(measurements.get(card.reference()));
  }

  public Bytes nonce() {
    var nonce = new byte[32];
    random.nextBytes(nonce);
    return Bytes.of(nonce);
  }

  public Health health() {
    return health;
  }

  /// Refuses an agent whose models are not here.
  ///
  /// @throws SupercargoException of category USER
  public void require(ModelSpec spec) {
    candidates(spec);
  }

  /// The models an agent may be planned by, in its file's order.
  ///
  /// @throws SupercargoException of category USER for a model that is not here
  List<Candidate> candidates(ModelSpec spec) {
    return standsForAll
        ? List.of(
            new Candidate(
                spec.choices().getFirst(),
                backends.getFirst(),
                backends.getFirst().cards().getFirst()))
        : spec.choices().stream().map(this::candidate).toList();
  }

  private Candidate candidate(ModelChoice choice) {
    ModelBackend backend =
        backends.stream()
            .filter(each -> each.name().equals(choice.backend()))
            .findFirst()
            .orElseThrow(() ->
                SupercargoException.user(
                    "There is no model backend \"" + choice.backend() + "\"",
                    "Known: "
                        + backends.stream()
                            .map(ModelBackend::name)
                            .collect(Collectors.joining(", "))
                        + "."));
    List<ModelCard> cards = backend.cards();
    ModelCard card =
        choice.name().isEmpty()
            ? cards.getFirst()
            : cards.stream()
                .filter(each -> each.model().equals(choice.name()))
                .findFirst()
                .orElseThrow(() ->
                    SupercargoException.user(
                        choice.backend() + " has no model \"" + choice.name() + "\" with a price",
                        "Known: "
                            + cards.stream().map(ModelCard::model).collect(Collectors.joining(", "))
                            + "."));
    return new Candidate(choice, backend, card);
  }
}
