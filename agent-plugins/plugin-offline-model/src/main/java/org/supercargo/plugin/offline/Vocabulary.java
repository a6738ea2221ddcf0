package org.supercargo.plugin.offline;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;

/// The words one agent knows: its symbols, payees, chains and verbs, all in lower case.
///
/// @param verbs words that open some action's phrases
record Vocabulary(Set<String> symbols, Set<String> payees, Set<String> chains, Set<String> verbs) {
  private static final Pattern SOLANA_ADDRESS =
      Pattern.compile("(?=.*[A-Za-z])[1-9A-HJ-NP-Za-km-z]{32,44}");
  private static final int SHORTEST_ADDRESS = 32;
  private static final Pattern EVM_ADDRESS = Pattern.compile("0[xX][0-9a-fA-F]{40}");

  static Vocabulary of(List<ActionSpec> actions, Collection<ExamplePattern> patterns) {
    Set<String> symbols = choices(actions, ParameterType.AMOUNT);
    symbols.addAll(choices(actions, ParameterType.ASSET));
    return new Vocabulary(
        symbols,
        choices(actions, ParameterType.PAYEE),
        choices(actions, ParameterType.CHAIN),
        patterns.stream().flatMap(pattern -> pattern.head().stream()).collect(Collectors.toSet()));
  }

  private static Set<String> choices(List<ActionSpec> actions, ParameterType type) {
    return actions.stream()
        .flatMap(action -> action.parameters().stream())
        .filter(parameter -> parameter.type() == type)
        .map(Parameter::choices)
        .flatMap(List::stream)
        .map(choice -> choice.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(HashSet::new));
  }

  static boolean looksLikeAddress(String text) {
    return text.length() >= SHORTEST_ADDRESS
        && (SOLANA_ADDRESS.matcher(text).matches() || EVM_ADDRESS.matcher(text).matches());
  }

  /// Whether a word already has a meaning and so cannot be a symbol or a name nobody told us.
  boolean isTaken(Token token) {
    String word = token.word();
    return ExamplePattern.LEADS.contains(word)
        || Fillers.OF_EFFECTS.contains(word)
        || chains.contains(word)
        || verbs.contains(word);
  }

  boolean isSymbol(Token token) {
    return token.isWord() && symbols.contains(token.word());
  }

  boolean isPayee(Token token) {
    return payees.contains(token.word());
  }

  boolean isChain(Token token) {
    return chains.contains(token.word());
  }
}
