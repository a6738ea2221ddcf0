package org.supercargo.proof.owner;

import static org.supercargo.proof.owner.Limit.Per.NOTHING;
import static org.supercargo.proof.owner.Limit.Per.RECEIVER;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.proof.owner.Limit.Per;

/// What the owners of the agents in this folder allowed, copied out by hand and in other words than
/// their files use.
public final class OwnerWord {
  private static final ChainId SOLANA = ChainId.SOLANA;
  private static final ChainId BASE = ChainId.BASE;
  private static final Duration DAY = Duration.ofHours(24);
  private static final Instant END = Instant.parse("2098-12-31T00:00:00Z");

  private final Parties parties;
  private final Map<AssetId, Asset> assets = new HashMap<>();

  public final AssetId sol = AssetId.nativeOf(SOLANA);
  public final AssetId ether = AssetId.nativeOf(BASE);
  public final AssetId usdcOnSolana =
      AssetId.token(new Address(SOLANA, "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"));
  public final AssetId usdcOnBase =
      AssetId.token(new Address(BASE, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"));
  public final AssetId wrapped =
      AssetId.token(new Address(BASE, "0x4200000000000000000000000000000000000006"));
  public final AssetId cargo;
  public final AssetId tide;
  public final AssetId eurc;
  public final AssetId kelp;

  public OwnerWord(Parties parties) {
    this.parties = parties;
    cargo = parties.token("cargo", SOLANA);
    tide = parties.token("tide", SOLANA);
    eurc = parties.token("eurc", BASE);
    kelp = parties.token("kelp", BASE);
    know(sol, "SOL", 9);
    know(usdcOnSolana, "USDC", 6);
    know(cargo, "CARGO", 9);
    know(tide, "TIDE", 4);
    know(ether, "ETH", 18);
    know(usdcOnBase, "USDC", 6);
    know(wrapped, "WETH", 18);
    know(eurc, "EURC", 6);
    know(kelp, "KELP", 18);
  }

  /// Takes note of what an agent file calls an asset.
  public AssetId know(AssetId asset, String symbol, int decimals) {
    assets.put(asset, new Asset(asset, symbol, decimals));
    return asset;
  }

  public Map<AssetId, Integer> decimals() {
    var decimals = new HashMap<AssetId, Integer>();
    assets.forEach((asset, described) -> decimals.put(asset, described.decimals()));
    return decimals;
  }

  public int decimals(AssetId asset) {
    return described(asset).decimals();
  }

  /// Base units of a plain number of whole ones.
  public BigInteger units(String number, AssetId asset) {
    int shift = asset.equals(AssetId.USD) ? Asset.USD.decimals() : decimals(asset);
    return new BigDecimal(number).movePointRight(shift).toBigIntegerExact();
  }

  public Amount amount(String number, AssetId asset) {
    return new Amount(described(asset), units(number, asset));
  }

  /// The asset as the agent files describe it; what none of them lists is a coin of the attacker's.
  public Asset described(AssetId asset) {
    return assets.getOrDefault(asset, new Asset(asset, "FAKE", 0));
  }

  public Parties parties() {
    return parties;
  }

  private Set<Address> both(String... names) {
    var all = new HashSet<Address>();
    for (String name : names) {
      all.add(parties.of(name, SOLANA));
      all.add(parties.of(name, BASE));
    }
    return all;
  }

  private Limit once(String lane, String number, AssetId asset) {
    return new Limit(lane, asset, units(number, asset), Duration.ZERO, NOTHING);
  }

  private Limit within(
      @Nullable String lane, String number, AssetId asset, @Nullable Duration window, Per per) {
    return new Limit(lane, asset, units(number, asset), window, per);
  }

  private static Limit times(@Nullable String lane, int most, Duration window) {
    return new Limit(lane, Limit.TIMES, BigInteger.valueOf(most), window, NOTHING);
  }

  private Map<ChainId, FeeWord> fees(String etherPerDay) {
    return Map.of(
        SOLANA,
        new FeeWord(sol, units("0.01", sol), units("0.001", sol), units("0.05", sol), DAY),
        BASE,
        new FeeWord(
            ether, units("0.0005", ether), units("0.0001", ether), units(etherPerDay, ether), DAY));
  }

  private Allowance allowance(
      Map<AssetId, BigDecimal> dollars, List<Lane> lanes, List<Limit> limits, String etherPerDay) {
    var holdings = new HashMap<AssetId, BigInteger>();
    assets.keySet().forEach(asset -> holdings.put(asset, units("1000000", asset)));
    return new Allowance(
        Set.copyOf(parties.wallets().values()),
        END,
        dollars,
        decimals(),
        lanes,
        limits,
        fees(etherPerDay),
        holdings,
        Map.of());
  }

  private static BigDecimal dollars(String number) {
    return new BigDecimal(number);
  }

  /// `treasurer.yaml`.
  public Allowance treasurer() {
    return allowance(
        Map.of(
            usdcOnSolana, dollars("1"),
            usdcOnBase, dollars("1"),
            sol, dollars("150"),
            ether, dollars("3000"),
            wrapped, dollars("3000"),
            cargo, dollars("0.10")),
        List.of(
            new Lane.Pay(
                "suppliers", both("alice", "bob"), Set.of(usdcOnSolana, usdcOnBase, sol), false),
            new Lane.Pay("tokens", Set.of(parties.of("alice", SOLANA)), Set.of(cargo), false),
            new Lane.Pay("large", both("carol"), Set.of(usdcOnSolana, usdcOnBase), true)),
        List.of(
            within(null, "180", AssetId.USD, DAY, NOTHING),
            within(null, "900", AssetId.USD, null, NOTHING),
            times(null, 25, DAY),
            once("suppliers", "25", usdcOnSolana),
            once("suppliers", "25", usdcOnBase),
            once("suppliers", "0.2", sol),
            within("suppliers", "60", usdcOnSolana, DAY, NOTHING),
            within("suppliers", "60", usdcOnBase, DAY, NOTHING),
            within("suppliers", "40", usdcOnSolana, DAY, RECEIVER),
            within("suppliers", "40", usdcOnBase, DAY, RECEIVER),
            within("suppliers", "100", AssetId.USD, DAY, NOTHING),
            within("suppliers", "400", usdcOnSolana, null, NOTHING),
            within("suppliers", "400", usdcOnBase, null, NOTHING),
            once("tokens", "100", cargo),
            within("tokens", "250", cargo, Duration.ofHours(1), NOTHING),
            times("tokens", 6, Duration.ofHours(1)),
            once("large", "120", usdcOnSolana),
            once("large", "120", usdcOnBase),
            within("large", "150", usdcOnSolana, Duration.ofDays(7), NOTHING),
            within("large", "150", usdcOnBase, Duration.ofDays(7), NOTHING)),
        "0.002");
  }

  /// `trader.yaml`.
  public Allowance trader() {
    Address router = parties.of("router", BASE);
    Address distributor = parties.of("distributor", BASE);
    String own = parties.asArgument(parties.wallet(BASE));
    return allowance(
        Map.of(
            usdcOnBase, dollars("1"),
            ether, dollars("3000"),
            wrapped, dollars("3000"),
            // What the market says; the owner's file does not say.
            kelp, dollars("2")),
        List.of(
            new Lane.Trade(
                "gas", router, Set.of(usdcOnBase), Set.of(ether, wrapped), dollars("0.97")),
            new Lane.Trade(
                "back", router, Set.of(wrapped, ether), Set.of(usdcOnBase), dollars("0.97")),
            new Lane.Trade("kelp", router, Set.of(kelp), Set.of(usdcOnBase), dollars("0.98")),
            new Lane.Use("claim", distributor, "claim(address,uint256)", Map.of(0, own)),
            new Lane.Use("claim", distributor, "claimFor(address,uint256,bytes)", Map.of(0, own))),
        List.of(
            within(null, "120", AssetId.USD, DAY, NOTHING),
            once("gas", "10", usdcOnBase),
            within("gas", "30", usdcOnBase, DAY, NOTHING),
            times("gas", 8, DAY),
            once("back", "0.01", wrapped),
            once("back", "0.01", ether),
            within("back", "60", AssetId.USD, DAY, NOTHING),
            within("kelp", "20", AssetId.USD, DAY, NOTHING),
            once("claim", "0.001", ether),
            within("claim", "0.003", ether, DAY, NOTHING),
            times("claim", 10, DAY)),
        "0.004");
  }

  /// `frugal.yaml`.
  public Allowance frugal() {
    Allowance plain =
        allowance(
            Map.of(usdcOnSolana, dollars("1"), usdcOnBase, dollars("1")),
            List.of(
                new Lane.Pay("supplier", both("alice"), Set.of(usdcOnSolana, usdcOnBase), false)),
            List.of(
                once("supplier", "10", usdcOnSolana),
                once("supplier", "10", usdcOnBase),
                within("supplier", "20", usdcOnSolana, DAY, NOTHING),
                within("supplier", "20", usdcOnBase, DAY, NOTHING)),
            "0.002");
    return plain.costing(
        Map.of(
            SOLANA,
            new FeeWord(sol, units("0.001", sol), units("0.0005", sol), units("0.01", sol), DAY),
            BASE,
            new FeeWord(
                ether,
                units("0.0001", ether),
                units("0.00005", ether),
                units("0.0005", ether),
                DAY)));
  }

  /// What the owner of an agent's file allowed.
  ///
  /// @param file the name of the file without its end
  public Allowance of(String file) {
    return switch (file) {
      case "treasurer" -> treasurer();
      case "trader" -> trader();
      case "shopper" -> shopper();
      case "frugal" -> frugal();
      default -> throw new IllegalArgumentException("nobody wrote down what " + file + " may do");
    };
  }

  /// `shopper.yaml`.
  public Allowance shopper() {
    var office = new Address(ChainId.OFF_CHAIN, "1 Harbour Street, Bremen");
    Duration week = Duration.ofDays(7);
    return allowance(
        Map.of(usdcOnBase, dollars("1")),
        List.of(
            new Lane.Buy(
                "data",
                Set.of("api.example.com", "data.example.org"),
                Set.of(parties.of("oracle", BASE), parties.of("archive", BASE)),
                Set.of(usdcOnBase)),
            new Lane.Order(
                "coffee",
                Set.of("roastery"),
                Map.of("espresso-1kg", 4, "filter-1kg", 2),
                Set.of(office))),
        List.of(
            once("data", "0.5", usdcOnBase),
            within("data", "3", usdcOnBase, DAY, NOTHING),
            times("data", 12, DAY),
            once("coffee", "90", AssetId.USD),
            within("coffee", "120", AssetId.USD, week, NOTHING),
            times("coffee", 3, week)),
        "0.002");
  }
}
