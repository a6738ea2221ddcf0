package org.supercargo.engine.file;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// Intents as people write them on a command line or in a table of cases.
///
/// Every complaint is a [SupercargoException] of category USER.
///
/// @param chain name of the chain they happen on; null when the rest says it
/// @param payeeFrom where payees come from; null for the address book, or the owner's own words
public record IntentWords(
    AgentSpec spec,
    AddressReader addresses,
    @Nullable String chain,
    @Nullable Provenance payeeFrom) {
  private static final Pattern ITEM = Pattern.compile("([1-9]\\d{0,8})\\s+(\\S.*)");

  /// @param amount such as `25 USDC`
  /// @param to a name of the address book or an address
  public Intent transfer(String amount, String to, String memo) {
    Amount what = amount(amount, where -> reaches(to, where));
    return new Intent.Transfer(payee(to, what.asset().chain()), what, memo);
  }

  /// @param sell such as `10 USDC`
  /// @param minimum such as `0.003 ETH`
  public Intent swap(String sell, String minimum, String venue) {
    String[] bought = numberAndSymbol(minimum);
    Amount sold =
        amount(
            sell,
            where ->
                spec.assets(bought[1]).stream().anyMatch(asset -> asset.chain().equals(where)));
    return new Intent.Swap(sold, on(sold.asset().chain()).amount(minimum, _ -> true), venue);
  }

  /// @param host such as `api.example.com`
  /// @param to the account the host names; null where no rule asks for it
  public Intent payment(String amount, String host, @Nullable String to, String resource) {
    Amount what = amount(amount, where -> to == null || reaches(to, where));
    ChainId chain = what.asset().chain();
    Payee payee =
        to == null
            ? new Payee(host, addresses.read(chain, nobody(chain)), Provenance.TOOL)
            : payee(to, chain);
    return new Intent.Payment(payee, what, host, resource);
  }

  /// An account that nobody owns stands for the one a host would name.
  private static String nobody(ChainId chain) {
    return chain.namespace().equals("solana") ? "1".repeat(32) : "0x" + "0".repeat(40);
  }

  /// @param total such as `$54`
  /// @param items such as `2 espresso-beans`
  public Intent order(String total, String shop, List<String> items, String to) {
    if (!total.startsWith("$")) {
      throw SupercargoException.user(
          "\"" + total + "\" is not an amount of dollars", "Orders are in dollars: write $54.");
    }
    return new Intent.Order(
        shop,
        items.stream().map(IntentWords::item).toList(),
        payee(to, ChainId.OFF_CHAIN),
        Amount.parse(total.substring(1), Asset.USD));
  }

  private static Intent.Order.Item item(String text) {
    Matcher matcher = ITEM.matcher(text.strip());
    if (!matcher.matches()) {
      throw SupercargoException.user(
          "\"" + text + "\" is not a number and a product", "Write \"2 espresso-beans\".");
    }
    return new Intent.Order.Item(matcher.group(2), Integer.parseInt(matcher.group(1)));
  }

  /// @param contract a name of the address book or an address
  /// @param arguments in the text forms of [Intent.Call]; names of the address book stand for their
  ///   addresses
  /// @param spends what it may take; null for nothing
  /// @param value what of the chain's coin is sent along; null for nothing
  public Intent call(
      String function,
      String contract,
      List<String> arguments,
      @Nullable String spends,
      @Nullable String value) {
    ChainId where = chain == null ? ChainId.BASE : chain(chain);
    IntentWords there = on(where);
    Asset coin =
        spec.asset(AssetId.nativeOf(where))
            .orElseThrow(() ->
                SupercargoException.user(
                    "The coin of " + where.name() + " is not known", "Name another chain."));
    Amount sent = value == null ? Amount.zero(coin) : there.amount(value, _ -> true);
    Amount taken = spends == null ? sent : there.amount(spends, _ -> true);
    return new Intent.Call(
        payee(contract, where).address(),
        function,
        arguments.stream().map(text -> argument(text, where)).toList(),
        taken,
        sent);
  }

  private String argument(String text, ChainId where) {
    return spec.addressBook()
        .find(text, where)
        .map(address -> address.text().toLowerCase(Locale.ROOT))
        .orElse(text);
  }

  private IntentWords on(ChainId where) {
    return new IntentWords(spec, addresses, where.toString(), payeeFrom);
  }

  private static ChainId chain(String name) {
    return ChainId.find(name)
        .orElseThrow(() ->
            SupercargoException.user(
                "\"" + name + "\" is not a chain known here", "Use solana or base."));
  }

  private static String[] numberAndSymbol(String text) {
    String[] words = text.strip().split("\\s+", -1);
    if (words.length != 2) {
      throw SupercargoException.user(
          "\"" + text + "\" is not an amount with its asset", "Write, for example, 2.5 USDC.");
    }
    return words;
  }

  /// The one amount the words mean.
  ///
  /// @param fits narrows the chains, of those where the agent has a wallet, when none is named
  private Amount amount(String text, Predicate<ChainId> fits) {
    String[] words = numberAndSymbol(text);
    List<Asset> named = spec.assets(words[1]);
    if (named.isEmpty()) {
      throw SupercargoException.user(
          "The asset \"" + words[1] + "\" is not known to this agent",
          "Declare it under assets, or correct the symbol.");
    }
    List<Asset> there = named.stream().filter(asset -> isMeant(asset.chain(), fits)).toList();
    if (there.size() != 1) {
      throw SupercargoException.user(
          words[1]
              + " is on "
              + named.stream().map(asset -> asset.chain().name()).collect(Collectors.joining(", "))
              + (there.isEmpty() ? ", and not where this happens" : ""),
          "Say on which chain.");
    }
    return Amount.parse(words[0], there.getFirst());
  }

  private boolean isMeant(ChainId where, Predicate<ChainId> fits) {
    return chain == null
        ? spec.wallets().containsKey(where) && fits.test(where)
        : where.equals(chain(chain));
  }

  private boolean reaches(String to, ChainId where) {
    if (spec.addressBook().knows(to)) {
      return spec.addressBook().find(to, where).isPresent();
    }
    try {
      addresses.read(where, to);
      return true;
    } catch (SupercargoException e) {
      return false;
    }
  }

  private Payee payee(String text, ChainId where) {
    boolean known = spec.addressBook().knows(text);
    Address address =
        known
            ? spec.addressBook()
                .find(text, where)
                .orElseThrow(() ->
                    SupercargoException.user(
                        text + " has no address " + place(where) + " in the address book",
                        "Add one, or name another payee."))
            : where.equals(ChainId.OFF_CHAIN)
                ? new Address(where, text.strip().replaceAll("\\s+", " "))
                : addresses.read(where, text);
    String name = spec.addressBook().nameOf(address).orElse(null);
    Provenance from = name == null ? Provenance.OWNER : Provenance.MANDATE;
    return new Payee(
        known ? text.toLowerCase(Locale.ROOT) : name == null ? text : name,
        address,
        payeeFrom == null ? from : payeeFrom);
  }

  private static String place(ChainId where) {
    return where.equals(ChainId.OFF_CHAIN) ? "for deliveries" : "on " + where.name();
  }
}
