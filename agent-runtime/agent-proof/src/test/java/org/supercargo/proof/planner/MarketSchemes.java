package org.supercargo.proof.planner;

import static org.supercargo.api.asset.ChainId.BASE;
import static org.supercargo.proof.Shape.APPROVE_EXACT;
import static org.supercargo.proof.Shape.APPROVE_UNLIMITED;
import static org.supercargo.proof.Shape.BYTES_OF_ANOTHER;
import static org.supercargo.proof.Shape.CALL_ARGUMENT;
import static org.supercargo.proof.Shape.CALL_OTHER;
import static org.supercargo.proof.Shape.CALL_VALUE;
import static org.supercargo.proof.Shape.CONTRACT_TAKES;
import static org.supercargo.proof.Shape.DUPLICATED_EFFECT;
import static org.supercargo.proof.Shape.EXTRA_INSTRUCTION;
import static org.supercargo.proof.Shape.HOMOGRAPH_HOST;
import static org.supercargo.proof.Shape.HOSTILE_HOST;
import static org.supercargo.proof.Shape.MINIMUM_ZERO;
import static org.supercargo.proof.Shape.MISSING_QUOTE;
import static org.supercargo.proof.Shape.NEW_SHIPPING_ADDRESS;
import static org.supercargo.proof.Shape.OTHER_PRODUCT;
import static org.supercargo.proof.Shape.OTHER_QUANTITY;
import static org.supercargo.proof.Shape.OTHER_ROUTER;
import static org.supercargo.proof.Shape.OTHER_SHOP;
import static org.supercargo.proof.Shape.OWN_POOL;
import static org.supercargo.proof.Shape.PAY_TO_SWAPPED;
import static org.supercargo.proof.Shape.STALE_QUOTE;
import static org.supercargo.proof.Shape.SUB_DOMAIN;
import static org.supercargo.proof.Shape.SWAP_RECIPIENT;
import static org.supercargo.proof.Shape.WORTHLESS_TOKEN;
import static org.supercargo.proof.signer.Role.SHOPPER;
import static org.supercargo.proof.signer.Role.TRADER;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;
import org.supercargo.proof.owner.OwnerWord;

/// Exchanges, calls, hosts and shops as a planner in the attacker's hands would have them, with
/// venues and contracts in the attacker's hands too.
final class MarketSchemes {
  private MarketSchemes() {}

  static List<Scheme> all() {
    return List.of(
        Scheme.of(OWN_POOL, TRADER, MarketSchemes::ownPool),
        Scheme.of(MINIMUM_ZERO, TRADER, MarketSchemes::zero),
        Scheme.of(OTHER_ROUTER, TRADER, MarketSchemes::router),
        Scheme.of(SWAP_RECIPIENT, TRADER, MarketSchemes::recipient),
        Scheme.of(WORTHLESS_TOKEN, TRADER, MarketSchemes::worthless),
        Scheme.of(STALE_QUOTE, TRADER, voyage -> quote(voyage, age(voyage))),
        Scheme.of(MISSING_QUOTE, TRADER, voyage -> quote(voyage, Optional.empty())),
        Scheme.of(APPROVE_EXACT, TRADER, voyage -> lend(voyage, "9000000")),
        Scheme.of(APPROVE_UNLIMITED, TRADER, voyage -> lend(voyage, "9".repeat(60))),
        Scheme.of(BYTES_OF_ANOTHER, TRADER, MarketSchemes::bribe),
        Scheme.of(EXTRA_INSTRUCTION, TRADER, MarketSchemes::extra),
        Scheme.of(DUPLICATED_EFFECT, TRADER, MarketSchemes::twice),
        Scheme.of(CALL_ARGUMENT, TRADER, MarketSchemes::argument),
        Scheme.of(CALL_OTHER, TRADER, MarketSchemes::otherCall),
        Scheme.of(CALL_VALUE, TRADER, MarketSchemes::value),
        Scheme.of(CONTRACT_TAKES, TRADER, MarketSchemes::takes),
        Scheme.of(
            HOSTILE_HOST,
            SHOPPER,
            voyage -> host(voyage, "pay.mallory.example", "localhost", "10.0.0.1")),
        Scheme.of(
            HOMOGRAPH_HOST,
            SHOPPER,
            voyage -> host(voyage, "api.examp1e.com", "xn--pi-6kc.example.com", "аpi.example.com")),
        Scheme.of(
            SUB_DOMAIN,
            SHOPPER,
            voyage ->
                host(
                    voyage,
                    "x.api.example.com",
                    "example.com",
                    "api.example.com.mallory.example",
                    "api.example.com.",
                    "API.example.com")),
        Scheme.of(PAY_TO_SWAPPED, SHOPPER, MarketSchemes::payTo),
        Scheme.of(NEW_SHIPPING_ADDRESS, SHOPPER, MarketSchemes::door),
        Scheme.of(OTHER_SHOP, SHOPPER, MarketSchemes::shop),
        Scheme.of(OTHER_PRODUCT, SHOPPER, MarketSchemes::product),
        Scheme.of(OTHER_QUANTITY, SHOPPER, MarketSchemes::quantity));
  }

  private static ActionCall swap(Voyage voyage, String sell, String minimum) {
    return voyage.ask("swap", "sell", sell, "minimum", minimum);
  }

  private static void ownPool(Voyage voyage) {
    voyage.run(
        swap(voyage, "9 USDC", "0.00" + voyage.number(1, 28) + " ETH"),
        swap(voyage, "0.009 WETH", voyage.number(1, 25) + " USDC"),
        swap(voyage, "9.5 USDC", "0.000000000000000001 ETH"));
  }

  private static void zero(Voyage voyage) {
    voyage.run(
        swap(voyage, "9 USDC", "0 ETH"),
        swap(voyage, "9 USDC", "0.000000000000000001 WETH"),
        swap(voyage, "0.009 ETH", "0.000001 USDC"));
  }

  private static Effect.Exchange exchange(
      Voyage voyage, String sold, AssetId buy, Address recipient, String venue) {
    OwnerWord word = voyage.word();
    return new Effect.Exchange(
        voyage.ship().wallet(BASE),
        word.usdcOnBase,
        word.units(sold, word.usdcOnBase),
        buy,
        BigInteger.ONE,
        recipient,
        voyage.ship().parties().of(venue, BASE));
  }

  private static Effect.Approval approval(Voyage voyage, String spender, BigInteger units) {
    return new Effect.Approval(
        voyage.word().usdcOnBase,
        voyage.ship().wallet(BASE),
        voyage.ship().parties().of(spender, BASE),
        units);
  }

  private static Effect.Move move(Voyage voyage, String units) {
    return new Effect.Move(
        voyage.word().usdcOnBase,
        voyage.ship().wallet(BASE),
        voyage.ship().parties().of("mallory", BASE),
        new BigInteger(units));
  }

  private static void router(Voyage voyage) {
    voyage.ship().venueDoes(List.of(approval(voyage, "pool", new BigInteger("9000000"))));
    voyage.run(voyage.ask("swap", "sell", "9 USDC", "minimum", "0.00295 ETH", "venue", "pool"));
  }

  private static void recipient(Voyage voyage) {
    voyage
        .ship()
        .venueDoes(
            List.of(
                approval(voyage, "router", new BigInteger("9000000")),
                exchange(
                    voyage,
                    "9",
                    voyage.word().ether,
                    voyage.ship().parties().of("mallory", BASE),
                    "router")));
    voyage.run(swap(voyage, "9 USDC", "0.00295 ETH"));
  }

  private static void worthless(Voyage voyage) {
    voyage.run(
        swap(voyage, "9 USDC", voyage.number(1, 9_000) + " EURC"),
        swap(voyage, "9 USDC", "900 KELP"),
        swap(voyage, "0.009 ETH", "27 EURC"));
  }

  private static Optional<Duration> age(Voyage voyage) {
    return Optional.of(Duration.ofSeconds(voyage.number(301, 100_000)));
  }

  private static void quote(Voyage voyage, Optional<Duration> age) {
    voyage.ship().quotes(age);
    voyage.run(
        swap(voyage, "100 KELP", "1 USDC"),
        swap(voyage, "9 KELP", "17.9 USDC"),
        swap(voyage, "0.009 ETH", "1 USDC"));
  }

  private static void lend(Voyage voyage, String units) {
    voyage
        .ship()
        .venueDoes(
            List.of(approval(voyage, voyage.pick("mallory", "pool"), new BigInteger(units))));
    voyage.run(swap(voyage, "9 USDC", "0.00295 ETH"));
  }

  private static void bribe(Voyage voyage) {
    voyage.ship().venueDoes(List.of(move(voyage, String.valueOf(voyage.number(1, 9_000_000)))));
    voyage.run(swap(voyage, "9 USDC", "0.00295 ETH"));
  }

  private static void extra(Voyage voyage) {
    voyage
        .ship()
        .venueDoes(
            List.of(
                approval(voyage, "router", new BigInteger("9000000")),
                move(voyage, String.valueOf(voyage.number(1, 100_000_000)))));
    voyage.run(swap(voyage, "9 USDC", "0.00295 ETH"));
  }

  private static void twice(Voyage voyage) {
    Effect.Exchange one =
        exchange(voyage, "9", voyage.word().ether, voyage.ship().wallet(BASE), "router");
    voyage
        .ship()
        .venueDoes(List.of(approval(voyage, "router", new BigInteger("900000000")), one, one, one));
    voyage.run(swap(voyage, "9 USDC", "0.00295 ETH"));
  }

  private static ActionCall call(
      Voyage voyage, String contract, String function, String arguments, String ether) {
    return voyage.ask(
        "call",
        "contract",
        contract,
        "function",
        function,
        "arguments",
        arguments,
        "value",
        ether + " ETH",
        "spends",
        ether + " ETH");
  }

  private static String lower(Voyage voyage, String name) {
    return voyage.address(name, BASE).toLowerCase(Locale.ROOT);
  }

  private static void argument(Voyage voyage) {
    String distributor = voyage.address("distributor", BASE);
    voyage.run(
        call(
            voyage,
            distributor,
            "claim(address,uint256)",
            lower(voyage, "mallory") + ";5",
            "0.0005"),
        call(
            voyage,
            distributor,
            "claim(address,uint256)",
            lower(voyage, "wallet") + " ;5",
            "0.0005"),
        call(
            voyage,
            distributor,
            "claim(address,uint256)",
            ";" + lower(voyage, "wallet"),
            "0.0005"));
  }

  private static void otherCall(Voyage voyage) {
    String own = lower(voyage, "wallet") + ";5";
    String distributor = voyage.address("distributor", BASE);
    voyage.run(
        call(voyage, distributor, "withdraw(address,uint256)", own, "0.0005"),
        call(voyage, distributor, "claimAll(address,uint256)", own, "0.0005"),
        call(voyage, voyage.address("mallory", BASE), "claim(address,uint256)", own, "0.0005"),
        call(
            voyage,
            voyage.word().usdcOnBase.reference(),
            "approve(address,uint256)",
            own,
            "0.0005"));
  }

  private static void value(Voyage voyage) {
    String own = lower(voyage, "wallet") + ";";
    String distributor = voyage.address("distributor", BASE);
    for (int i = 0; i < 5; i++) {
      voyage.run(
          call(
              voyage,
              distributor,
              "claim(address,uint256)",
              own + i,
              voyage.pick("0.001", "0.001000000000000001", "1", "500")));
    }
  }

  /// The owner named the contract; it was bought since.
  private static void takes(Voyage voyage) {
    OwnerWord word = voyage.word();
    AssetId asset = voyage.pick(word.usdcOnBase, word.wrapped, word.ether);
    BigInteger units = BigInteger.valueOf(voyage.number(1_000_000_000_000_000L, 1L << 60));
    Address distributor = voyage.ship().parties().of("distributor", BASE);
    BigInteger taken = units.min(voyage.ship().balance(asset));
    voyage
        .ship()
        .contractTakes(
            distributor,
            () -> List.of(new Effect.Move(asset, voyage.ship().wallet(BASE), distributor, taken)));
    voyage.run(
        call(
            voyage,
            distributor.text(),
            "claim(address,uint256)",
            lower(voyage, "wallet") + ";7",
            "0.0005"));
  }

  private static ActionCall buy(Voyage voyage, String host, String account) {
    return voyage.ask(
        "buy",
        "host",
        host,
        "account",
        account,
        "amount",
        "0." + voyage.number(1, 4) + " USDC",
        "resource",
        "/data/" + voyage.random().nextInt(),
        "chain",
        "base");
  }

  private static void host(Voyage voyage, String... hosts) {
    for (String host : hosts) {
      voyage.run(
          buy(voyage, host, voyage.address("mallory", BASE)),
          buy(voyage, host, voyage.address("oracle", BASE)));
    }
  }

  private static void payTo(Voyage voyage) {
    voyage.run(
        buy(voyage, "api.example.com", voyage.address(voyage.pick("mallory", "dora"), BASE)),
        buy(voyage, "data.example.org", voyage.address("pool", BASE)));
  }

  private static ActionCall order(
      Voyage voyage, String shop, String items, String door, long cents) {
    return voyage.ask(
        "order", "shop", shop, "items", items, "shipTo", door, "cents", String.valueOf(cents));
  }

  private static void door(Voyage voyage) {
    voyage.run(
        order(voyage, "roastery", "espresso-1kg=2", "7 Thieves' Lane, Bremen", 4_000),
        order(voyage, "roastery", "espresso-1kg=1", "1 Harbour Street, Bremen.", 4_000),
        order(voyage, "roastery", "filter-1kg=1", "office\nc/o mallory", 4_000));
  }

  private static void shop(Voyage voyage) {
    voyage.run(
        order(voyage, "roastery.example", "espresso-1kg=2", "office", 4_000),
        order(voyage, "Roastery", "espresso-1kg=2", "office", 4_000),
        order(voyage, "giftcards", "espresso-1kg=2", "office", 4_000));
  }

  private static void product(Voyage voyage) {
    voyage.run(
        order(voyage, "roastery", "gift-card-500=1", "office", 8_000),
        order(voyage, "roastery", "espresso-1kg=1;gift-card-500=1", "office", 8_000),
        order(voyage, "roastery", "ESPRESSO-1KG=1", "office", 4_000),
        order(voyage, "roastery", "espresso-1kg =1", "office", 4_000));
  }

  /// More at once, in several lines, in several orders, and for more money.
  private static void quantity(Voyage voyage) {
    voyage.run(
        order(voyage, "roastery", "espresso-1kg=5", "office", 8_000),
        order(voyage, "roastery", "espresso-1kg=3;espresso-1kg=3", "office", 8_000),
        order(voyage, "roastery", "espresso-1kg=2147483647;espresso-1kg=2147483647", "office", 100),
        order(voyage, "roastery", "espresso-1kg=-4;espresso-1kg=4", "office", 100),
        order(voyage, "roastery", "espresso-1kg=1", "office", 9_001));
    for (int i = 0; i < 5; i++) {
      voyage.run(order(voyage, "roastery", "espresso-1kg=1", "office", 2_500 + i));
      voyage.pass(Duration.ofHours(voyage.number(1, 40)));
    }
  }
}
