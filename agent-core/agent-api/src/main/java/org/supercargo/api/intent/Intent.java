package org.supercargo.api.intent;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// A proposal to move value. Proposing performs nothing; the runtime judges, prepares, signs and
/// settles it.
public sealed interface Intent {
  /// The chain on which it settles.
  ChainId chain();

  /// What leaves the agent's wallet at the most, fees aside.
  Amount spends();

  /// The word rules use for this kind of intent.
  Kind kind();

  /// One line for people: `pay 2.5 USDC to alice on solana`.
  String summary();

  /// Whom budgets by payee count it for: an address, a host, a shop, a venue, a contract.
  String counterparty();

  /// The accounts besides the wallet that it names.
  default Set<Address> accounts() {
    return Set.of();
  }

  /// How many transactions that pay a fee it may take at the most, when each lands at first.
  default int transactions() {
    return 1;
  }

  /// The kinds of intent a rule can name.
  enum Kind {
    TRANSFER,
    SWAP,
    CALL,
    PAYMENT,
    ORDER;

    /// In lower case, as rules write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Pays someone.
  record Transfer(Payee payee, Amount amount, String memo) implements Intent {
    private static final int LONGEST_MEMO = 200;

    public Transfer {
      requirePositive(amount);
      if (!payee.address().chain().equals(amount.asset().chain())) {
        throw SupercargoException.user(
            payee.name()
                + "'s address is on "
                + payee.address().chain().name()
                + ", but "
                + amount
                + " is on "
                + amount.asset().chain().name(),
            "Name an address on the asset's chain.");
      }
      if (memo.length() > LONGEST_MEMO) {
        throw SupercargoException.user(
            "The memo has " + memo.length() + " characters", "Use at most " + LONGEST_MEMO + ".");
      }
    }

    @Override
    public ChainId chain() {
      return amount.asset().chain();
    }

    @Override
    public Amount spends() {
      return amount;
    }

    @Override
    public Kind kind() {
      return Kind.TRANSFER;
    }

    @Override
    public String summary() {
      return "pay " + amount + " to " + payee.name() + " on " + chain().name();
    }

    @Override
    public String counterparty() {
      return payee.address().text();
    }

    @Override
    public Set<Address> accounts() {
      return Set.of(payee.address());
    }
  }

  /// Exchanges one asset for another on the same chain.
  ///
  /// @param sell exactly this much is sold
  /// @param minimum at least this much is received, or nothing happens
  /// @param venue name of the [org.supercargo.api.chain.SwapVenue] that executes it
  record Swap(Amount sell, Amount minimum, String venue) implements Intent {
    public Swap {
      requirePositive(sell);
      requirePositive(minimum);
      requireNonNull(venue, "venue is null");
      if (!sell.asset().chain().equals(minimum.asset().chain())) {
        throw SupercargoException.user(
            sell + " and " + minimum + " are on different chains",
            "A swap happens on one chain; name two of its assets.");
      }
      if (sell.asset().id().equals(minimum.asset().id())) {
        throw SupercargoException.user(
            "A swap of " + sell.asset().symbol() + " for itself changes nothing",
            "Name two different assets.");
      }
    }

    @Override
    public ChainId chain() {
      return sell.asset().chain();
    }

    @Override
    public Amount spends() {
      return sell;
    }

    @Override
    public Kind kind() {
      return Kind.SWAP;
    }

    @Override
    public String summary() {
      return "swap " + sell + " for at least " + minimum + " on " + venue;
    }

    @Override
    public String counterparty() {
      return venue;
    }

    @Override
    public int transactions() {
      // An approval may come first.
      return 2;
    }
  }

  /// Calls one function of a contract on an EVM chain.
  ///
  /// @param function canonical signature such as `claim(address,uint256)`
  /// @param arguments one for each parameter: whole numbers in decimal, addresses as `0x` and 40
  ///   hexadecimal digits in lower case, `true` or `false`, bytes as `0x` and lower-case digits,
  ///   text as it is
  /// @param spends what it may take from the wallet at the most, in one asset; may be zero
  /// @param value of `spends` that is sent along as the native coin; zero or all of it
  record Call(
      Address contract, String function, List<String> arguments, Amount spends, Amount value)
      implements Intent {
    private static final Pattern FUNCTION =
        Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*\\([a-z0-9,()\\[\\]]*\\)");

    public Call {
      arguments = List.copyOf(arguments);
      if (!FUNCTION.matcher(function).matches()) {
        throw SupercargoException.user(
            "\"" + function + "\" is not the signature of a function",
            "Write it without spaces and names, such as claim(address,uint256).");
      }
      if (!contract.chain().equals(spends.asset().chain())
          || !value.asset().id().equals(AssetId.nativeOf(contract.chain()))) {
        throw SupercargoException.user(
            "The contract and what the call spends are on different chains",
            "Name assets of the contract's chain; the value is in its own coin.");
      }
      if (value.isPositive() && !value.equals(spends)) {
        throw SupercargoException.user(
            "The call sends " + value + " along and spends " + spends,
            "What is sent along is all that it spends.");
      }
    }

    @Override
    public ChainId chain() {
      return contract.chain();
    }

    @Override
    public Kind kind() {
      return Kind.CALL;
    }

    @Override
    public String summary() {
      return "call " + function + " of " + contract.text() + " on " + chain().name();
    }

    @Override
    public String counterparty() {
      return contract.text();
    }
  }

  /// Pays for one request to a host by an authorization that the host, or a facilitator for it,
  /// puts on the chain ([x402](https://github.com/x402-foundation/x402), scheme `exact`).
  ///
  /// @param payee the account the host named; its word is data, so rules go by `host`
  /// @param host the host that was asked, in lower case, without a port
  /// @param resource what was asked for, for the books
  /// @param terms what the host wrote when it asked for payment, which it wants to see again with
  ///   the payment; data, at most 8192 characters, empty if there is none
  record Payment(Payee payee, Amount amount, String host, String resource, String terms)
      implements Intent {
    private static final int LONGEST_TERMS = 8_192;
    private static final Pattern HOST =
        Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

    public Payment {
      requirePositive(amount);
      requireNonNull(resource, "resource is null");
      if (terms.length() > LONGEST_TERMS) {
        throw SupercargoException.user(
            host + " writes " + terms.length() + " characters of terms for a payment",
            "Refuse it; terms have at most " + LONGEST_TERMS + ".");
      }
      if (host.length() > 253 || !HOST.matcher(host).matches()) {
        throw SupercargoException.user(
            "\"" + host + "\" is not the name of a host", "Write api.example.com.");
      }
      if (!payee.address().chain().equals(amount.asset().chain())) {
        throw SupercargoException.user(
            host + " asks for " + amount + " at an address on another chain",
            "Refuse it; a payment stays on its asset's chain.");
      }
    }

    /// A payment whose host wants nothing of what it wrote to be repeated.
    public Payment(Payee payee, Amount amount, String host, String resource) {
      this(payee, amount, host, resource, "");
    }

    @Override
    public ChainId chain() {
      return amount.asset().chain();
    }

    @Override
    public Amount spends() {
      return amount;
    }

    @Override
    public Kind kind() {
      return Kind.PAYMENT;
    }

    @Override
    public String summary() {
      return "pay " + amount + " to " + host + " for " + resource + " on " + chain().name();
    }

    @Override
    public String counterparty() {
      return host;
    }

    @Override
    public Set<Address> accounts() {
      return Set.of(payee.address());
    }

    @Override
    public int transactions() {
      return 0;
    }
  }

  /// Orders goods from a shop.
  ///
  /// @param shipTo where they go: an entry of the address book on [ChainId#OFF_CHAIN], whose text
  ///   is a postal address
  /// @param total everything the shop may charge, taxes and shipping included
  record Order(String shop, List<Item> items, Payee shipTo, Amount total) implements Intent {
    /// @param product the shop's own name for it
    /// @param quantity 1 or more
    public record Item(String product, int quantity) {
      public Item {
        requireNonNull(product, "product is null");
        if (quantity < 1) {
          throw SupercargoException.user(
              quantity + " of " + product + " cannot be ordered", "Order one or more.");
        }
      }
    }

    public Order {
      requireNonNull(shop, "shop is null");
      items = List.copyOf(items);
      requirePositive(total);
      if (items.isEmpty()) {
        throw SupercargoException.user("The order is empty", "Name a product.");
      }
      if (!shipTo.address().chain().equals(ChainId.OFF_CHAIN)) {
        throw SupercargoException.user(
            shipTo.name() + " is an account and no place to ship to",
            "Name a delivery address of the address book.");
      }
    }

    @Override
    public ChainId chain() {
      return ChainId.OFF_CHAIN;
    }

    @Override
    public Amount spends() {
      return total;
    }

    @Override
    public Kind kind() {
      return Kind.ORDER;
    }

    @Override
    public String summary() {
      return "order "
          + items.stream()
              .map(item -> item.quantity() + " " + item.product())
              .collect(Collectors.joining(", "))
          + " from "
          + shop
          + " to "
          + shipTo.name()
          + " for at most "
          + total;
    }

    @Override
    public String counterparty() {
      return shop;
    }

    @Override
    public Set<Address> accounts() {
      return Set.of(shipTo.address());
    }

    @Override
    public int transactions() {
      return 0;
    }
  }

  private static void requirePositive(Amount amount) {
    if (!amount.isPositive()) {
      throw SupercargoException.user(
          amount + " is not a positive amount", "Name an amount above zero.");
    }
  }
}
