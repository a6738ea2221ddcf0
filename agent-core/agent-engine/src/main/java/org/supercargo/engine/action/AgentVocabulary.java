package org.supercargo.engine.action;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Payee;
import org.supercargo.engine.file.AddressReader;

/// The chains, symbols and names one agent knows, and how text is read against them.
///
/// Every complaint is a [SupercargoException] of category USER that a planner or a person can act
/// on.
public final class AgentVocabulary {
  private static final Pattern AMOUNT_WITH_SYMBOL =
      Pattern.compile("(?<![\\w.,])(\\d+(?:\\.\\d+)?)\\s*([A-Za-z][A-Za-z0-9]*)");

  private final AgentSpec spec;
  private final AddressReader addresses;

  public AgentVocabulary(AgentSpec spec, AddressReader addresses) {
    this.spec = spec;
    this.addresses = addresses;
  }

  List<String> chainNames() {
    return ChainId.named().stream().filter(spec.wallets()::containsKey).map(ChainId::name).toList();
  }

  List<String> symbols() {
    return spec.assets().stream()
        .filter(asset -> spec.wallets().containsKey(asset.chain()))
        .map(Asset::symbol)
        .distinct()
        .toList();
  }

  List<String> payeeNames() {
    return spec.addressBook().names();
  }

  ChainId chain(String text) {
    ChainId chain =
        ChainId.find(text.strip())
            .orElseThrow(() ->
                SupercargoException.user(
                    "\"" + text + "\" is not a chain this agent knows",
                    "Use one of " + String.join(", ", chainNames()) + "."));
    if (!spec.wallets().containsKey(chain)) {
      throw SupercargoException.user(
          "The agent has no wallet on " + chain.name(),
          "Use one of " + String.join(", ", chainNames()) + ".");
    }
    return chain;
  }

  /// Assets a symbol can mean, narrowed to `chain` when one is given.
  List<Asset> assets(String symbol, @Nullable ChainId chain) {
    List<Asset> named =
        spec.assets(symbol).stream()
            .filter(asset -> spec.wallets().containsKey(asset.chain()))
            .toList();
    if (named.isEmpty()) {
      throw SupercargoException.user(
          "The asset \"" + symbol + "\" is not known to this agent",
          "Known: " + String.join(", ", symbols()) + ".");
    }
    List<Asset> there =
        named.stream().filter(asset -> chain == null || asset.chain().equals(chain)).toList();
    if (there.isEmpty() && chain != null) {
      throw SupercargoException.user(
          symbol + " is not an asset on " + chain.name(),
          symbol
              + " is on "
              + named.stream().map(asset -> asset.chain().name()).collect(Collectors.joining(", "))
              + ".");
    }
    return there;
  }

  /// The one asset a symbol means.
  Asset asset(String symbol, @Nullable ChainId chain) {
    List<Asset> candidates = assets(symbol.strip(), chain);
    if (candidates.size() > 1) {
      throw SupercargoException.user(
          symbol
              + " exists on "
              + candidates.stream()
                  .map(asset -> asset.chain().name())
                  .collect(Collectors.joining(" and ")),
          "Say on which chain.");
    }
    return candidates.getFirst();
  }

  /// Splits `2.5 USDC` or `2.5USDC` into number and symbol.
  static String[] numberAndSymbol(String text) {
    String stripped = text.strip();
    String[] words = stripped.split("\\s+", -1);
    if (words.length == 2) {
      return words;
    }
    // A symbol starts with a letter and is at the end; "1e9" must not lose its exponent to it.
    int start = stripped.length();
    while (start > 0 && Character.isLetter(stripped.charAt(start - 1))) {
      start--;
    }
    if (words.length == 1 && start > 0 && start < stripped.length()) {
      return new String[] {stripped.substring(0, start), stripped.substring(start)};
    }
    throw SupercargoException.user(
        "\"" + text + "\" is not an amount with its asset", "Write, for example, 2.5 USDC.");
  }

  /// Whether the owner's words hold this amount, as `2.5 USDC` or `2.50USDC`.
  static boolean names(String goal, Amount amount) {
    var matcher = AMOUNT_WITH_SYMBOL.matcher(goal);
    while (matcher.find()) {
      if (matcher.group(2).equalsIgnoreCase(amount.asset().symbol())) {
        try {
          if (Amount.parse(matcher.group(1), amount.asset()).equals(amount)) {
            return true;
          }
        } catch (SupercargoException e) {
          // No amount of this asset; the goal may name another.
        }
      }
    }
    return false;
  }

  Amount amount(String text, Asset asset) {
    Amount amount = Amount.parse(numberAndSymbol(text)[0], asset);
    if (!amount.isPositive()) {
      throw SupercargoException.user(
          "\"" + text.strip() + "\" is not above zero", "Name an amount above zero.");
    }
    return amount;
  }

  /// Whether a payee's text can be paid on `chain`.
  boolean reaches(String payee, ChainId chain) {
    if (spec.addressBook().knows(payee)) {
      return spec.addressBook().find(payee, chain).isPresent();
    }
    try {
      addresses.read(chain, payee);
      return true;
    } catch (SupercargoException e) {
      return false;
    }
  }

  /// Why a payee cannot be paid when nothing says on which chain.
  SupercargoException withoutChain(String payee) {
    List<String> reached =
        chainNames().stream().filter(name -> reaches(payee, chain(name))).toList();
    return switch (reached.size()) {
      case 0 ->
          SupercargoException.user(
              "\""
                  + payee
                  + "\" is not in the address book and no address on a chain of this agent",
              "Known: " + String.join(", ", payeeNames()) + ".");
      case 1 ->
          SupercargoException.user(
              payee + " can be paid on " + reached.getFirst() + " only, and the asset is not there",
              "Name an asset on " + reached.getFirst() + ".");
      default ->
          SupercargoException.user(
              "It is not clear on which chain " + payee + " is to be paid", "Say on which chain.");
    };
  }

  /// Reads a name of the address book or an address.
  ///
  /// @param goal the owner's words; an address that stands in them has the owner's provenance
  Payee payee(String text, ChainId chain, String goal) {
    String name = text.strip();
    if (spec.addressBook().knows(name)) {
      Address address =
          spec.addressBook()
              .find(name, chain)
              .orElseThrow(() ->
                  SupercargoException.user(
                      name + " has no address on " + chain.name() + " in the address book",
                      "Add one, or use a chain on which " + name + " has one."));
      return new Payee(name.toLowerCase(java.util.Locale.ROOT), address, Provenance.MANDATE);
    }
    if (name.matches("[A-Za-z][A-Za-z _-]{0,24}")) {
      throw SupercargoException.user(
          "\"" + name + "\" is not in the address book",
          payeeNames().isEmpty()
              ? "The address book is empty."
              : "Known: " + String.join(", ", payeeNames()) + ".");
    }
    Address address = addresses.read(chain, name);
    return spec.addressBook()
        .nameOf(address)
        .map(known -> new Payee(known, address, Provenance.MANDATE))
        .orElseGet(() ->
            new Payee(
                address.text(),
                address,
                isWordOf(goal, name) ? Provenance.OWNER : Provenance.MODEL));
  }

  /// Whether the owner wrote this very word, punctuation around it aside.
  private static boolean isWordOf(String goal, String word) {
    return Arrays.stream(goal.split("\\s+", -1))
        .map(each -> each.replaceAll("^[\"'(<]+|[\"'.,;:!?)>]+$", ""))
        .anyMatch(word::equals);
  }
}
