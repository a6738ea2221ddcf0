package org.supercargo.evm.mutation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;

/// Puts mutants to a judge and compares what it accepts with a second opinion.
public final class MutantTrial {
  private static final int MOST_COMPLAINTS = 5;

  /// What is tried: usually a mandate over a codec's effects.
  public interface Judge {
    /// What the bytes would do.
    List<Effect> effects(Specimen specimen, Bytes bytes);

    /// Whether they would be signed for the specimen's intent.
    boolean accepts(Specimen specimen, List<Effect> effects);
  }

  /// How many mutants came out how.
  public static final class Count {
    private long undecodable;
    private long differing;
    private long accepted;

    public long undecodable() {
      return undecodable;
    }

    public long differing() {
      return differing;
    }

    /// Accepted, and equal to what the second opinion wrote.
    public long accepted() {
      return accepted;
    }

    public long all() {
      return undecodable + differing + accepted;
    }

    @Override
    public String toString() {
      return "%,d mutants: %,d undecodable, %,d differing, %,d accepted and equal"
          .formatted(all(), undecodable, differing, accepted);
    }
  }

  private final Judge judge;
  private final TransactionCodec codec;
  private final Count total = new Count();
  private final Map<MutantGenerator.Kind, Count> byKind = new EnumMap<>(MutantGenerator.Kind.class);
  private final List<String> complaints = new ArrayList<>();

  public MutantTrial(Judge judge, TransactionCodec codec) {
    this.judge = judge;
    this.codec = codec;
  }

  public Count total() {
    return total;
  }

  /// The counts by the first thing that was done to the honest bytes.
  public Map<MutantGenerator.Kind, Count> byKind() {
    return byKind;
  }

  /// The first mutants that were accepted wrongly or made something throw.
  public List<String> complaints() {
    return complaints;
  }

  public void run(MutantGenerator mutants, long count) {
    for (long number = 0; number < count && complaints.size() < MOST_COMPLAINTS; number++) {
      Mutant mutant = mutants.at(number);
      String complaint = complaint(mutant);
      if (complaint != null) {
        complaints.add(complaint + " — " + mutant);
      }
    }
  }

  private @Nullable String complaint(Mutant mutant) {
    try {
      List<Effect> effects = judge.effects(mutant.specimen(), mutant.bytes());
      if (judge.accepts(mutant.specimen(), effects)) {
        count(mutant, count -> count.accepted++);
        return disagreement(mutant);
      }
      if (effects.stream().anyMatch(Effect.Undecodable.class::isInstance)) {
        count(mutant, count -> count.undecodable++);
      } else {
        count(mutant, count -> count.differing++);
      }
      return effects.isEmpty() ? "nothing was decoded" : null;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
      return "thrown: " + thrown;
    }
  }

  private void count(Mutant mutant, Consumer<Count> increment) {
    increment.accept(total);
    increment.accept(byKind.computeIfAbsent(mutant.steps().getFirst(), _ -> new Count()));
  }

  private @Nullable String disagreement(Mutant mutant) {
    Specimen specimen = mutant.specimen();
    SecondOpinion.Agreement agreement = SecondOpinion.of(specimen, mutant.bytes());
    if (agreement == null) {
      return "accepted, and not what the intent says";
    }
    Bytes payload =
        codec.signingPayload(specimen.intent().chain(), mutant.bytes(), specimen.wallet());
    if (!payload.equals(agreement.signingHash())) {
      return "accepted, and another hash would be signed";
    }
    Optional<String> exclusion =
        codec.exclusion(specimen.intent().chain(), mutant.bytes(), specimen.wallet());
    return exclusion.equals(Optional.of(agreement.exclusion()))
        ? null
        : "accepted, and excludes " + exclusion + " instead of " + agreement.exclusion();
  }
}
