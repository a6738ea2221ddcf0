package org.supercargo.proof.owner;

import static org.supercargo.proof.owner.Limit.Per.NOTHING;
import static org.supercargo.proof.owner.Limit.Per.RECEIVER;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.proof.owner.Limit.Per;

/// What the owners of `examples/mandates` allowed, copied out by hand. Where two rules let the same
/// through, the table adds them up.
public final class StarterWord {
  private static final ChainId SOLANA = ChainId.SOLANA;
  private static final ChainId BASE = ChainId.BASE;
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration SIX_DAYS = Duration.ofDays(6);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Set<DayOfWeek> WORK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private final OwnerWord word;
  private final AddressBook book;
  private final Address router;
  private final AssetId bitcoin;

  /// @param book of the agent file, for the addresses behind its names
  public StarterWord(OwnerWord word, AddressBook book) {
    this.word = word;
    this.book = book;
    this.router = word.parties().of("router", BASE);
    this.bitcoin =
        word.know(
            AssetId.token(new Address(BASE, "0xcbB7C0000aB88B473b1f5aFd9ef808440eed33Bf")),
            "cbBTC",
            8);
  }

  /// @param file the name of the file without its end
  public Allowance of(String file) {
    return switch (file) {
      case "data-buyer" -> dataBuyer();
      case "keeper" -> keeper();
      case "payroll" -> payroll();
      case "shopper" -> shopper();
      case "sweeper" -> sweeper();
      case "trader" -> trader();
      case "treasury" -> treasury();
      default -> throw new IllegalArgumentException("nobody wrote down what " + file + " may do");
    };
  }

  private Set<Address> payees(ChainId chain, String... names) {
    return Stream.of(names)
        .map(name -> book.find(name, chain).orElseThrow())
        .collect(Collectors.toSet());
  }

  private Address contract(String name) {
    return book.find(name, BASE).orElseThrow();
  }

  private Limit within(
      @Nullable String lane, String number, AssetId unit, @Nullable Duration window, Per per) {
    return new Limit(lane, unit, word.units(number, unit), window, per);
  }

  private Limit within(@Nullable String lane, String number, AssetId unit, Duration window) {
    return within(lane, number, unit, window, NOTHING);
  }

  private Limit once(String lane, String number, AssetId unit) {
    return within(lane, number, unit, Duration.ZERO);
  }

  private static Limit times(@Nullable String lane, int most, Duration window, Per per) {
    return new Limit(lane, Limit.TIMES, BigInteger.valueOf(most), window, per);
  }

  private static Limit times(@Nullable String lane, int most, Duration window) {
    return times(lane, most, window, NOTHING);
  }

  private static Opening opening(Set<DayOfWeek> days, int from, int until, String zone) {
    return new Opening(days, LocalTime.of(from, 0), LocalTime.of(until, 0), ZoneId.of(zone));
  }

  private FeeWord fee(AssetId coin, String once, String tip, String day) {
    return new FeeWord(
        coin, word.units(once, coin), word.units(tip, coin), word.units(day, coin), DAY);
  }

  private Map<ChainId, FeeWord> fees(String once, String tip, String day) {
    return Map.of(BASE, fee(word.ether, once, tip, day));
  }

  private Allowance allowance(
      List<Lane> lanes,
      List<Limit> limits,
      Map<ChainId, FeeWord> fees,
      Map<String, Opening> openings) {
    Map<AssetId, Integer> decimals = word.decimals();
    var holdings = new HashMap<AssetId, BigInteger>();
    decimals.keySet().forEach(asset -> holdings.put(asset, word.units("1000000", asset)));
    return new Allowance(
        Set.copyOf(word.parties().wallets().values()),
        Instant.parse("2028-12-31T00:00:00Z"),
        Map.of(
            word.usdcOnBase,
            BigDecimal.ONE,
            word.usdcOnSolana,
            BigDecimal.ONE,
            word.sol,
            new BigDecimal("150"),
            word.ether,
            new BigDecimal("3000"),
            word.wrapped,
            new BigDecimal("3000"),
            bitcoin,
            new BigDecimal("90000")),
        decimals,
        lanes,
        limits,
        fees,
        holdings,
        openings);
  }

  private Lane trade(String name, Set<AssetId> sells, Set<AssetId> buys, String floor) {
    return new Lane.Trade(name, router, sells, buys, new BigDecimal(floor));
  }

  private Lane pay(String name, ChainId chain, AssetId asset, String... names) {
    return new Lane.Pay(name, payees(chain, names), Set.of(asset), false);
  }

  /// The bytes of a payment do not say which host it is for, so to the signer it is all one.
  private Allowance dataBuyer() {
    return allowance(
        List.of(new Lane.Buy("requests", Set.of(), Set.of(), Set.of(word.usdcOnBase))),
        List.of(
            within(null, "15", AssetId.USD, DAY),
            times(null, 1000, DAY),
            once("requests", "5", word.usdcOnBase),
            within("requests", "16", word.usdcOnBase, DAY)),
        fees("0.0002", "0.00005", "0.002"),
        Map.of());
  }

  private Allowance keeper() {
    String me = word.parties().asArgument(contract("me"));
    return allowance(
        List.of(
            new Lane.Use("rewards", contract("rewards"), "claim(address)", Map.of(0, me)),
            new Lane.Use("upkeep", contract("vault"), "harvest()", Map.of()),
            new Lane.Use("upkeep", contract("vault"), "compound()", Map.of()),
            new Lane.Use(
                "oracle",
                contract("oracle"),
                "poke(bytes32)",
                Map.of(0, "455448" + "0".repeat(58))),
            trade("gas", Set.of(word.usdcOnBase), Set.of(word.ether), "0.97"),
            pay("proceeds", BASE, word.usdcOnBase, "treasury")),
        List.of(
            within(null, "250", AssetId.USD, DAY),
            times(null, 20, DAY),
            within("rewards", "0", word.ether, null, NOTHING),
            within("upkeep", "0", word.ether, null, NOTHING),
            within("oracle", "0", word.ether, null, NOTHING),
            times("rewards", 3, DAY),
            times("upkeep", 6, DAY),
            times("oracle", 6, DAY),
            once("gas", "15", word.usdcOnBase),
            within("gas", "30", word.usdcOnBase, WEEK),
            once("proceeds", "150", word.usdcOnBase),
            within("proceeds", "200", word.usdcOnBase, SIX_DAYS)),
        fees("0.0004", "0.00005", "0.01"),
        Map.of());
  }

  /// A small sum may be an expense, and once a week a wage.
  private Allowance payroll() {
    AssetId dollars = word.usdcOnSolana;
    String[] people = {"mira", "tomas", "yuki", "lena", "kofi"};
    return allowance(
        List.of(
            pay("expenses", SOLANA, dollars, people),
            pay("wages", SOLANA, dollars, people),
            pay("accounts", SOLANA, word.sol, people),
            pay(
                "suppliers",
                BASE,
                word.usdcOnBase,
                "roaster",
                "hosting",
                "cleaner",
                "accountant",
                "printer"),
            trade("gas", Set.of(word.usdcOnBase), Set.of(word.ether), "0.97")),
        List.of(
            within(null, "4500", AssetId.USD, DAY),
            within(null, "20000", AssetId.USD, MONTH),
            times(null, 60, DAY),
            once("expenses", "150", dollars),
            within("expenses", "350", dollars, DAY, RECEIVER),
            within("expenses", "1350", dollars, SIX_DAYS),
            times("expenses", 35, DAY),
            once("wages", "1000", dollars),
            within("wages", "4000", dollars, DAY),
            times("wages", 1, SIX_DAYS, RECEIVER),
            once("accounts", "0.05", word.sol),
            within("accounts", "0.1", word.sol, WEEK),
            once("suppliers", "400", word.usdcOnBase),
            within("suppliers", "900", word.usdcOnBase, DAY),
            within("suppliers", "400", word.usdcOnBase, SIX_DAYS, RECEIVER),
            once("gas", "50", word.usdcOnBase),
            within("gas", "100", word.usdcOnBase, WEEK)),
        Map.of(
            SOLANA,
            fee(word.sol, "0.003", "0.0005", "0.1"),
            BASE,
            fee(word.ether, "0.0002", "0.00005", "0.004")),
        Map.of(
            "expenses",
            opening(WORK, 7, 20, "Europe/Lisbon"),
            "wages",
            opening(EnumSet.of(DayOfWeek.MONDAY), 8, 12, "Europe/Lisbon")));
  }

  /// Orders have no bytes, so there is nothing to sign at all.
  private Allowance shopper() {
    return allowance(List.of(), List.of(), fees("0.0002", "0.00005", "0.002"), Map.of());
  }

  private Allowance sweeper() {
    AssetId dollars = word.usdcOnSolana;
    Opening evening = opening(EnumSet.allOf(DayOfWeek.class), 20, 23, "America/New_York");
    Duration most = Duration.ofHours(20);
    return allowance(
        List.of(
            pay("taxes", SOLANA, dollars, "taxes"),
            pay("savings", SOLANA, dollars, "savings"),
            pay("donations", SOLANA, dollars, "foodbank")),
        List.of(
            within(null, "500", AssetId.USD, DAY),
            times(null, 6, DAY),
            once("taxes", "150", dollars),
            times("taxes", 1, most),
            once("savings", "300", dollars),
            within("savings", "1000", dollars, SIX_DAYS),
            times("savings", 1, most),
            once("donations", "20", dollars),
            times("donations", 1, SIX_DAYS)),
        Map.of(SOLANA, fee(word.sol, "0.003", "0.0005", "0.03")),
        Map.of("taxes", evening, "savings", evening));
  }

  /// Twenty dollars for ether are gas, or a purchase like any other.
  private Allowance trader() {
    Set<AssetId> coins = Set.of(word.ether, word.wrapped, bitcoin);
    AssetId dollars = word.usdcOnBase;
    return allowance(
        List.of(
            trade("gas", Set.of(dollars), Set.of(word.ether), "0.97"),
            trade("buy", Set.of(dollars), coins, "0.985"),
            trade("sell", coins, Set.of(dollars), "0.985"),
            pay("profits", BASE, dollars, "cold")),
        List.of(
            within(null, "2000", AssetId.USD, DAY),
            within(null, "6000", AssetId.USD, WEEK),
            times(null, 40, DAY),
            once("gas", "20", dollars),
            times("gas", 15, DAY),
            once("buy", "300", dollars),
            within("buy", "600", dollars, DAY),
            within("buy", "1500", dollars, WEEK),
            times("buy", 12, DAY),
            once("sell", "300", AssetId.USD),
            within("sell", "1000", AssetId.USD, DAY),
            times("sell", 12, DAY),
            once("profits", "200", dollars),
            within("profits", "300", dollars, WEEK)),
        fees("0.0002", "0.00005", "0.01"),
        Map.of("buy", opening(WORK, 8, 20, "Europe/Berlin")));
  }

  private Allowance treasury() {
    AssetId dollars = word.usdcOnBase;
    return allowance(
        List.of(
            pay("running", BASE, dollars, "auditors", "lawyers", "cloud", "insurer", "landlord"),
            pay("stipends", BASE, dollars, "ines", "bram", "noor", "ravi"),
            pay("floats", BASE, dollars, "payroll-float"),
            trade(
                "rebalance",
                Set.of(dollars, word.wrapped),
                Set.of(dollars, word.wrapped, word.ether),
                "0.985")),
        List.of(
            within(null, "30000", AssetId.USD, DAY),
            within(null, "60000", AssetId.USD, MONTH),
            times(null, 60, DAY),
            once("running", "500", dollars),
            within("running", "1500", dollars, DAY),
            within("running", "1000", dollars, SIX_DAYS, RECEIVER),
            once("stipends", "300", dollars),
            within("stipends", "2500", dollars, SIX_DAYS),
            within("stipends", "500", dollars, SIX_DAYS, RECEIVER),
            once("floats", "2000", dollars),
            within("floats", "2000", dollars, SIX_DAYS),
            once("rebalance", "1000", AssetId.USD),
            within("rebalance", "2000", AssetId.USD, DAY),
            within("rebalance", "5000", AssetId.USD, MONTH)),
        fees("0.0002", "0.00005", "0.01"),
        Map.of());
  }
}
