package org.supercargo.proof.signer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.p2p.solanaj.core.PublicKey;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.mandate.Price;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.proof.bytes.EvmBytes;
import org.supercargo.proof.bytes.SolanaBytes;
import org.supercargo.proof.bytes.SolanaBytes.Step;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.owner.Parties;
import org.supercargo.proof.reading.SolanaReading;

/// What an honest engine proposes and builds, which every lie begins with.
final class Honest {
  static final String AUTHORIZATION =
      "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
          + "uint256 validBefore,bytes32 nonce)";
  private static final String SWAP =
      "exactInputSingle((address,address,uint24,address,uint256,uint256,uint160))";
  private static final Map<String, String> DOLLARS =
      Map.of(
          "USDC", "1", "ETH", "3000", "WETH", "3000", "KELP", "2", "SOL", "150", "cbBTC", "90000");

  private final OwnerWord word;
  private final Parties parties;
  private final RandomGenerator random;
  private final InstantSource clock;
  private OptionalLong number = OptionalLong.empty();

  Honest(OwnerWord word, RandomGenerator random, InstantSource clock) {
    this.word = word;
    this.parties = word.parties();
    this.random = random;
    this.clock = clock;
  }

  String wallet(ChainId chain) {
    return parties.wallet(chain).text();
  }

  Intent.Transfer pay(String name, String number, AssetId asset) {
    return pay(parties.of(name, asset.chain()), name, word.amount(number, asset));
  }

  /// The engine always says that the owner named the payee.
  Intent.Transfer pay(Address to, String name, Amount amount) {
    return new Intent.Transfer(new Payee(name, to, Provenance.MANDATE), amount, "");
  }

  /// For at least what it is worth, less two in a hundred.
  Intent.Swap swap(String number, AssetId sell, AssetId buy) {
    Amount sold = word.amount(number, sell);
    BigDecimal worth =
        new BigDecimal(number)
            .multiply(dollars(sell))
            .multiply(new BigDecimal("0.98"))
            .divide(dollars(buy), word.decimals(buy), java.math.RoundingMode.UP);
    return new Intent.Swap(
        sold,
        new Amount(
            word.described(buy), worth.movePointRight(word.decimals(buy)).toBigIntegerExact()),
        "uniswap-v3");
  }

  private BigDecimal dollars(AssetId asset) {
    return new BigDecimal(DOLLARS.getOrDefault(word.described(asset).symbol(), "0"));
  }

  Intent.Call claim(Address to, String ether) {
    Amount value = word.amount(ether, word.ether);
    return new Intent.Call(
        parties.of("distributor", ChainId.BASE),
        "claim(address,uint256)",
        List.of(to.text().toLowerCase(Locale.ROOT), String.valueOf(random.nextInt(1_000_000))),
        value,
        value);
  }

  Intent.Payment payment(String host, Address to, String number) {
    return new Intent.Payment(
        new Payee(host, to, Provenance.TOOL),
        word.amount(number, word.usdcOnBase),
        host,
        "/data/" + random.nextInt(1_000_000));
  }

  /// Something the owner of this role would be glad to see, on this chain.
  List<Intent> claims(Role role, ChainId chain) {
    String small = String.valueOf(1 + random.nextInt(9));
    boolean onSolana = chain.equals(ChainId.SOLANA);
    return switch (role) {
      case TREASURER ->
          onSolana
              ? List.of(
                  pay("alice", small, word.usdcOnSolana),
                  pay("bob", "0.0" + small, word.sol),
                  pay("alice", small, word.cargo))
              : List.of(pay("alice", small, word.usdcOnBase), pay("bob", small, word.usdcOnBase));
      case TRADER ->
          List.of(
              swap(small, word.usdcOnBase, word.ether),
              swap("0.00" + small, word.wrapped, word.usdcOnBase),
              claim(parties.wallet(ChainId.BASE), "0.000" + small));
      case FRUGAL -> List.of(pay("alice", small, onSolana ? word.usdcOnSolana : word.usdcOnBase));
      case SHOPPER ->
          List.of(
              payment("api.example.com", parties.of("oracle", ChainId.BASE), "0.1" + small),
              payment("data.example.org", parties.of("archive", ChainId.BASE), "0.2" + small));
    };
  }

  /// A simulation without objection, balances of plenty, prices of the market.
  Evidence evidence(Intent intent) {
    List<BalanceChange> changes =
        intent instanceof Intent.Swap swap
            ? List.of(
                new BalanceChange(swap.sell().asset().id(), swap.sell().baseUnits().negate()),
                new BalanceChange(swap.minimum().asset().id(), swap.minimum().baseUnits()))
            : List.of();
    return new Evidence(
        new Simulation(null, changes, List.of()),
        BigInteger.TEN.pow(30),
        prices(),
        Map.of(),
        List.of(),
        List.of());
  }

  private List<Price> prices() {
    return word.decimals().keySet().stream()
        .filter(asset -> asset.chain().equals(ChainId.BASE) && dollars(asset).signum() > 0)
        .map(this::price)
        .toList();
  }

  private Price price(AssetId asset) {
    return new Price(asset, dollars(asset), clock.instant(), "market");
  }

  /// The bytes that do what the intent says.
  Bytes bytes(Intent intent) {
    return switch (intent) {
      case Intent.Transfer transfer ->
          transfer.chain().equals(ChainId.SOLANA)
              ? message(steps(transfer))
              : send(
                  transfer.amount().asset().id(),
                  transfer.payee().address(),
                  transfer.amount().baseUnits());
      case Intent.Swap swap -> exchange(swap);
      case Intent.Call call ->
          transaction(
              call.contract(),
              call.value().baseUnits(),
              EvmBytes.call(
                  call.function(), call.arguments().stream().map(Honest::argument).toArray()));
      case Intent.Payment payment ->
          authorization(
              payment.amount().asset().id(),
              payment.payee().address(),
              payment.amount().baseUnits());
      case Intent.Order _ -> Bytes.EMPTY;
    };
  }

  private static Object argument(String text) {
    return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
  }

  Step[] steps(Intent.Transfer transfer) {
    AssetId asset = transfer.amount().asset().id();
    String to = transfer.payee().address().text();
    return new Step[] {
      asset.isNative()
          ? SolanaBytes.pay(wallet(ChainId.SOLANA), to, transfer.amount().baseUnits())
          : tokens(asset, to, transfer.amount().baseUnits())
    };
  }

  /// Tokens from the wallet's account to the payee's.
  Step tokens(AssetId mint, String to, BigInteger units) {
    String own = wallet(ChainId.SOLANA);
    return SolanaBytes.transferChecked(
        SolanaReading.TOKEN,
        SolanaReading.tokenAccount(own, mint.reference(), SolanaReading.TOKEN),
        mint.reference(),
        SolanaReading.tokenAccount(to, mint.reference(), SolanaReading.TOKEN),
        own,
        units,
        word.decimals(mint));
  }

  Bytes message(Step... steps) {
    return SolanaBytes.message(wallet(ChainId.SOLANA), key(), List.of(steps));
  }

  /// Some account, or some recent blockhash.
  String key() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return new PublicKey(key).toBase58();
  }

  EvmBytes.Terms terms() {
    return EvmBytes.Terms.cheap(8453, number.orElseGet(() -> random.nextLong(1L << 40)));
  }

  /// The bytes that do what the intent says, under a number of one's choice, of which a chain takes
  /// each only once.
  Bytes bytes(Intent intent, long chosen) {
    number = OptionalLong.of(chosen);
    try {
      return bytes(intent);
    } finally {
      number = OptionalLong.empty();
    }
  }

  /// Lets the router take what the exchange sells.
  Bytes approval(Intent.Swap swap, long chosen) {
    number = OptionalLong.of(chosen);
    try {
      return transaction(
          contract(swap.sell().asset().id()),
          BigInteger.ZERO,
          EvmBytes.call(
              "approve(address,uint256)",
              parties.of("router", ChainId.BASE),
              swap.sell().baseUnits()));
    } finally {
      number = OptionalLong.empty();
    }
  }

  Bytes transaction(Address to, BigInteger value, byte[] data) {
    return EvmBytes.transaction(terms(), to, value, data);
  }

  /// Coin or tokens on Base.
  Bytes send(AssetId asset, Address to, BigInteger units) {
    return asset.isNative()
        ? transaction(to, units, new byte[0])
        : transaction(
            contract(asset),
            BigInteger.ZERO,
            EvmBytes.call("transfer(address,uint256)", to, units));
  }

  static Address contract(AssetId asset) {
    return new Address(asset.chain(), asset.reference());
  }

  private Bytes exchange(Intent.Swap swap) {
    AssetId sell = swap.sell().asset().id();
    AssetId buy = swap.minimum().asset().id();
    Address own = parties.wallet(ChainId.BASE);
    Address router = parties.of("router", ChainId.BASE);
    BigInteger least = swap.minimum().baseUnits();
    BigInteger value = sell.isNative() ? swap.sell().baseUnits() : BigInteger.ZERO;
    if (!buy.isNative()) {
      return transaction(
          router, value, exact(sell, buy, own, swap.sell().baseUnits(), least, BigInteger.ZERO));
    }
    return transaction(
        router,
        value,
        EvmBytes.multicall(
            exact(
                sell,
                word.wrapped,
                BigInteger.TWO,
                swap.sell().baseUnits(),
                least,
                BigInteger.ZERO),
            EvmBytes.call("unwrapWETH9(uint256,address)", least, own)));
  }

  /// One exchange of the router's.
  ///
  /// @param recipient an address, or a number that the router gives a meaning
  byte[] exact(
      AssetId sell,
      AssetId buy,
      Object recipient,
      BigInteger sold,
      BigInteger least,
      BigInteger price) {
    return EvmBytes.call(
        SWAP, token(sell), token(buy), BigInteger.valueOf(500), recipient, sold, least, price);
  }

  private Address token(AssetId asset) {
    return asset.isNative() ? contract(word.wrapped) : contract(asset);
  }

  Bytes authorization(AssetId asset, Address to, BigInteger units) {
    long now = clock.instant().getEpochSecond();
    return authorization(asset, to, units, now - 600, now + 60, 8453);
  }

  Bytes authorization(
      AssetId asset, Address to, BigInteger units, long after, long before, long chain) {
    byte[] nonce = new byte[32];
    random.nextBytes(nonce);
    number.ifPresent(chosen -> {
      Arrays.fill(nonce, (byte) 0);
      nonce[31] = (byte) chosen;
    });
    return EvmBytes.typedData(
        AUTHORIZATION,
        "USD Coin",
        "2",
        chain,
        contract(asset),
        parties.wallet(ChainId.BASE),
        to,
        units,
        after,
        before,
        nonce);
  }
}
