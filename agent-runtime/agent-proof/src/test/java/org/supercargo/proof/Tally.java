package org.supercargo.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.supercargo.proof.owner.Loss;

/// What came of one shape.
public final class Tally {
  private static final int EXAMPLES = 3;

  private final Map<String, Integer> answers = new TreeMap<>();
  private final List<String> examples = new ArrayList<>();
  private BigInteger lost = BigInteger.ZERO;
  private int cases;
  private int losing;
  private long requests;

  /// @param story how to see this very case again
  public void add(Loss loss, int asked, Map<String, Integer> given, String story) {
    cases++;
    requests += asked;
    given.forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
    lost = lost.add(loss.total());
    if (!loss.isNothing()) {
      losing++;
      if (examples.size() < EXAMPLES) {
        examples.add(story + ": " + String.join("; ", loss.why()));
      }
    }
  }

  public void add(Tally other) {
    cases += other.cases;
    requests += other.requests;
    losing += other.losing;
    lost = lost.add(other.lost);
    other.answers.forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
    other.examples.stream()
        .limit(EXAMPLES - Math.min(EXAMPLES, examples.size()))
        .forEach(examples::add);
  }

  public int cases() {
    return cases;
  }

  public long requests() {
    return requests;
  }

  /// In how many cases something was lost.
  public int losing() {
    return losing;
  }

  /// Base units of whatever asset.
  public BigInteger lost() {
    return lost;
  }

  public List<String> examples() {
    return List.copyOf(examples);
  }

  /// Who refused most, and how often; what was granted is in the words `signed` or `settled`.
  public String refusals() {
    return answers.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(4)
        .map(answer -> answer.getKey() + " " + answer.getValue())
        .collect(Collectors.joining(", "));
  }
}
