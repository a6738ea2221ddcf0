package org.supercargo.plugin.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.action.Parameter;

/// Reads a number and a symbol. The number is passed on digit for digit, even one the runtime will
/// refuse, because only the runtime knows an asset's decimals and says exactly what is wrong.
final class AmountReader {
  private static final String NUMBER = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?";
  private static final String SYMBOL = "[A-Za-z][A-Za-z0-9._$-]{0,19}";
  private static final Pattern PLAIN = Pattern.compile(NUMBER);
  private static final Pattern WITH_SYMBOL = Pattern.compile("(" + NUMBER + ")(" + SYMBOL + ")");
  private static final Pattern WITH_COMMA =
      Pattern.compile("([+-]?\\d[\\d.]*(?:,[\\d.]+)+)(?:" + SYMBOL + ")?");
  private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(?:,\\d{3})+");
  private static final Pattern WITH_CURRENCY =
      Pattern.compile("[+-]?\\p{Sc}[\\d.,]+.*|[+-]?[\\d.,]+\\p{Sc}");
  private static final Pattern LONE_SYMBOL = Pattern.compile(SYMBOL);

  private final Vocabulary vocabulary;

  AmountReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// Whether a token says how much of something, in whatever form.
  static boolean isNumberLike(Token token) {
    String text = token.text();
    return token.isWord()
        && text.chars().anyMatch(character -> character >= '0' && character <= '9')
        && !text.toLowerCase(Locale.ROOT).startsWith("0x")
        && !Vocabulary.looksLikeAddress(text)
        && (PLAIN.matcher(text).matches()
            || WITH_SYMBOL.matcher(text).matches()
            || WITH_COMMA.matcher(text).matches()
            || WITH_CURRENCY.matcher(text).matches());
  }

  Optional<Fill> read(Parameter parameter, List<Token> tokens, int index) {
    Token token = tokens.get(index);
    String text = token.text();
    if (!isNumberLike(token)) {
      return Optional.empty();
    }
    if (WITH_CURRENCY.matcher(text).matches()) {
      return Optional.of(
          wrong(parameter, text, 1, "dollars, or a token worth as much? write 5 USDC"));
    }
    Matcher comma = WITH_COMMA.matcher(text);
    if (comma.matches()) {
      boolean symbolFollows =
          index + 1 < tokens.size() && vocabulary.isSymbol(tokens.get(index + 1));
      return Optional.of(wrongComma(parameter, comma.group(1), symbolFollows ? 2 : 1));
    }
    Matcher attached = WITH_SYMBOL.matcher(text);
    if (!PLAIN.matcher(text).matches() && attached.matches()) {
      String symbol = attached.group(2);
      int cost = isKnown(symbol) ? Fill.SURE : Fill.UNKNOWN_NAME;
      return Optional.of(
          Fill.amount(parameter, attached.group(1), canonical(parameter, symbol), 1, cost));
    }
    return Optional.of(withNextWord(parameter, tokens, index));
  }

  private Fill withNextWord(Parameter parameter, List<Token> tokens, int index) {
    String number = tokens.get(index).text();
    if (index + 1 < tokens.size()) {
      Token next = tokens.get(index + 1);
      if (vocabulary.isSymbol(next)) {
        return Fill.amount(parameter, number, canonical(parameter, next.text()), 2, Fill.SURE);
      }
      if (mayBeSymbol(tokens, index + 1)) {
        return Fill.amount(parameter, number, next.text(), 2, Fill.UNKNOWN_NAME);
      }
    }
    return wrong(parameter, number, 1, "of which asset? write a symbol behind it: 5 USDC");
  }

  /// A word nobody knows right behind a number is a symbol nobody knows, unless a known one
  /// follows.
  private boolean mayBeSymbol(List<Token> tokens, int index) {
    Token token = tokens.get(index);
    return token.isWord()
        && LONE_SYMBOL.matcher(token.text()).matches()
        && !vocabulary.isTaken(token)
        && !vocabulary.isPayee(token)
        && (index + 1 == tokens.size() || !vocabulary.isSymbol(tokens.get(index + 1)));
  }

  private boolean isKnown(String symbol) {
    return vocabulary.symbols().contains(symbol.toLowerCase(Locale.ROOT));
  }

  /// The symbol as the agent writes it, where it differs only in case from exactly one it knows.
  private static String canonical(Parameter parameter, String symbol) {
    List<String> same =
        parameter.choices().stream().filter(choice -> choice.equalsIgnoreCase(symbol)).toList();
    return same.size() == 1 ? same.getFirst() : symbol;
  }

  private static Fill wrongComma(Parameter parameter, String number, int length) {
    String point = number.replace(',', '.');
    String advice =
        THOUSANDS.matcher(number).matches()
            ? number.replace(",", "") + " or " + number.replaceFirst(",", ".").replace(",", "")
            : point;
    return wrong(
        parameter,
        number,
        length,
        "a comma could mean a decimal point or thousands: write " + advice);
  }

  private static Fill wrong(Parameter parameter, String text, int length, String why) {
    return Fill.wrong(parameter, length, "\"" + text + "\" (" + why + ")");
  }
}
