package org.supercargo.engine.relevance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Ranks short texts by what they have in common with a query: a word counts for more the fewer
/// texts hold it, the more often a text says it (with less for each time), and the shorter the text
/// is.
///
/// The same texts and query give the same order on every machine: the scores are made of correctly
/// rounded operations and [StrictMath], added up in the order of the words, and texts of the same
/// score come in the order in which they were given.
///
/// Source of the formula: [The Probabilistic Relevance Framework: BM25 and
/// Beyond](https://doi.org/10.1561/1500000019), with 1 added inside the logarithm, so that a word
/// that most texts hold still counts for a little and never against a text.
public final class Relevance {
  /// How soon saying a word once more stops to matter.
  private static final double SATURATION = 1.2;

  /// How much of a text's length counts against it.
  private static final double LENGTH_SHARE = 0.75;

  private final List<Text> texts;
  private final Map<String, Integer> holders = new HashMap<>();
  private final double averageLength;

  private record Text(Map<String, Integer> times, int length) {}

  private record Score(int index, double value) {}

  /// @param texts what is ranked; the answers are indexes into this list
  public Relevance(List<String> texts) {
    this.texts = texts.stream().map(Relevance::counted).toList();
    this.texts.forEach(
        text -> text.times.keySet().forEach(word -> holders.merge(word, 1, Integer::sum)));
    long words = this.texts.stream().mapToLong(Text::length).sum();
    this.averageLength = words == 0 ? 1 : (double) words / this.texts.size();
  }

  private static Text counted(String text) {
    List<String> words = Words.of(text);
    Map<String, Integer> times = new HashMap<>();
    words.forEach(word -> times.merge(word, 1, Integer::sum));
    return new Text(times, words.size());
  }

  /// The texts that share a word with the query, best first.
  ///
  /// @param limit how many at the most; 0 and more
  /// @throws IllegalArgumentException if the limit is negative
  public List<Integer> rank(String query, int limit) {
    requireNotNegative(limit);
    // Sorted, so that the words' order in the query does not change how the sums are rounded.
    var asked = new TreeSet<>(Words.of(query));
    asked.retainAll(holders.keySet());
    return IntStream.range(0, texts.size())
        .mapToObj(index -> new Score(index, score(asked, texts.get(index))))
        .filter(score -> score.value > 0)
        .sorted(Comparator.comparingDouble(Score::value).reversed().thenComparingInt(Score::index))
        .limit(limit)
        .map(Score::index)
        .toList();
  }

  /// As [#rank], and when that leaves room, the other texts in the order in which they were given.
  ///
  /// @param limit how many at the most; 0 and more
  /// @throws IllegalArgumentException if the limit is negative
  public List<Integer> rankAndPad(String query, int limit) {
    List<Integer> ranked = rank(query, limit);
    var isRanked = new boolean[texts.size()];
    ranked.forEach(index -> isRanked[index] = true);
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < isRanked.length && ranked.size() + others.size() < limit; i++) {
      if (!isRanked[i]) {
        others.add(i);
      }
    }
    return Stream.concat(ranked.stream(), others.stream()).toList();
  }

  private double score(Iterable<String> asked, Text text) {
    double damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * (text.length / averageLength));
    double score = 0;
    for (String word : asked) {
      int times = text.times.getOrDefault(word, 0);
      if (times > 0) {
        score += rarity(word) * (times * (SATURATION + 1) / (times + damping));
      }
    }
    return score;
  }

  private double rarity(String word) {
    int holding = holders.getOrDefault(word, 0);
    return StrictMath.log(1 + (texts.size() - holding + 0.5) / (holding + 0.5));
  }

  private static void requireNotNegative(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit of " + limit + " texts is negative");
    }
  }
}
