package org.supercargo.plugin.uniswap;

import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.http.Http;
import org.supercargo.api.intent.Intent;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiParameters;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.KnownFunction;
import org.supercargo.evm.MalformedBytesException;

/// Swaps through one pool of Uniswap v3, the one that gives most.
///
/// The native coin is traded as WETH: it is wrapped by the router when it is sold, and unwrapped
/// for the wallet when it is bought. Tokens are approved to the router for exactly what is sold.
/// Sources: [QuoterV2](https://docs.uniswap.org/contracts/v3/reference/periphery/lens/QuoterV2),
/// [SwapRouter02](https://github.com/Uniswap/swap-router-contracts).
public final class UniswapV3 implements SwapVenue {
  private static final String NAME = "uniswap-v3";
  private static final AbiFunction QUOTE =
      AbiFunction.of("quoteExactInputSingle((address,address,uint256,uint24,uint160))");
  private static final AbiParameters QUOTED = AbiParameters.of("(uint256,uint160,uint32,uint256)");
  private static final AbiFunction ALLOWANCE = AbiFunction.of("allowance(address,address)");
  private static final AbiParameters NUMBER = AbiParameters.of("(uint256)");

  /// The router reads this recipient as itself.
  private static final EvmAddress ROUTER_ITSELF =
      EvmAddress.parse("0x0000000000000000000000000000000000000002");

  private final ContractReader contracts;
  private final UniswapSettings settings;

  public UniswapV3(URI rpc, Http http, UniswapSettings settings) {
    this.contracts = new ContractReader(rpc, http, settings.deadline());
    this.settings = settings;
  }

  /// What one pool would give.
  private record PoolQuote(int fee, BigInteger bought) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChainId chain() {
    return settings.chain();
  }

  /// @throws SupercargoException of category USER when the assets cannot be swapped here, EXTERNAL
  ///   when no pool exchanges them
  @Override
  public Amount quote(Amount sell, Asset buy) {
    return new Amount(buy, best(sell, buy).bought());
  }

  /// @throws SupercargoException of category EXTERNAL when no pool gives the swap's minimum
  @Override
  public List<ContractCall> calls(Intent.Swap swap, Address wallet) {
    if (!swap.venue().equals(NAME)) {
      throw SupercargoException.bug("A swap on " + swap.venue() + " came to " + NAME, null);
    }
    Asset buy = swap.minimum().asset();
    PoolQuote best = best(swap.sell(), buy);
    if (best.bought().compareTo(swap.minimum().baseUnits()) < 0) {
      throw SupercargoException.external(
          swap.sell()
              + " brings only "
              + new Amount(buy, best.bought())
              + " now, less than the minimum of "
              + swap.minimum(),
          "Ask for a new quote.",
          null);
    }
    var calls = new ArrayList<ContractCall>();
    approval(swap.sell(), wallet).ifPresent(calls::add);
    calls.add(exchange(swap, EvmAddress.of(wallet), best.fee()));
    return calls;
  }

  private PoolQuote best(Amount sell, Asset buy) {
    requireTradable(sell, buy);
    return settings.feeTiers().stream()
        .flatMap(fee -> quote(sell, buy, fee).stream())
        .filter(quote -> quote.bought().signum() > 0)
        .max(Comparator.comparing(PoolQuote::bought))
        .orElseThrow(() ->
            SupercargoException.external(
                "No pool of Uniswap v3 on "
                    + chain().name()
                    + " exchanges "
                    + sell
                    + " for "
                    + buy.symbol(),
                "Swap another pair of assets, or a smaller amount.",
                null));
  }

  private void requireTradable(Amount sell, Asset buy) {
    for (Asset asset : List.of(sell.asset(), buy)) {
      if (!asset.chain().equals(chain())) {
        throw SupercargoException.user(
            asset.symbol() + " is on " + asset.chain().name() + ", not on " + chain().name(),
            "Name two assets on " + chain().name() + ".");
      }
    }
    if (!sell.isPositive()) {
      throw SupercargoException.user(sell + " cannot be sold", "Name an amount above zero.");
    }
    if (contract(sell.asset()).equals(contract(buy))) {
      throw SupercargoException.user(
          sell.asset().symbol() + " and " + buy.symbol() + " are the same to Uniswap",
          "Name two different assets.");
    }
  }

  private Optional<PoolQuote> quote(Amount sell, Asset buy, int fee) {
    Bytes data =
        QUOTE.encode(
            AbiValue.of(contract(sell.asset())),
            AbiValue.of(contract(buy)),
            AbiValue.of(sell.baseUnits()),
            AbiValue.of(fee),
            AbiValue.of(0));
    return contracts
        .call(settings.quoter(), data)
        .map(result -> new PoolQuote(fee, number(QUOTED, result, "the quoter")));
  }

  private Optional<ContractCall> approval(Amount sell, Address wallet) {
    if (sell.asset().id().isNative()) {
      return Optional.empty();
    }
    Address token = contract(sell.asset()).on(chain());
    EvmAddress router = EvmAddress.of(settings.router().contract());
    Bytes question = ALLOWANCE.encode(AbiValue.of(EvmAddress.of(wallet)), AbiValue.of(router));
    BigInteger allowed =
        contracts
            .call(token, question)
            .map(result -> number(NUMBER, result, sell.asset().symbol()))
            .orElse(BigInteger.ZERO);
    if (allowed.compareTo(sell.baseUnits()) >= 0) {
      return Optional.empty();
    }
    Bytes data = KnownFunction.APPROVE.encode(AbiValue.of(router), AbiValue.of(sell.baseUnits()));
    return Optional.of(new ContractCall(token, BigInteger.ZERO, data));
  }

  private ContractCall exchange(Intent.Swap swap, EvmAddress wallet, int fee) {
    boolean buysCoin = swap.minimum().asset().id().isNative();
    boolean sellsCoin = swap.sell().asset().id().isNative();
    Bytes exchange =
        KnownFunction.EXACT_INPUT_SINGLE.encode(
            AbiValue.of(contract(swap.sell().asset())),
            AbiValue.of(contract(swap.minimum().asset())),
            AbiValue.of(fee),
            AbiValue.of(buysCoin ? ROUTER_ITSELF : wallet),
            AbiValue.of(swap.sell().baseUnits()),
            AbiValue.of(swap.minimum().baseUnits()),
            AbiValue.of(0));
    Bytes data = exchange;
    if (buysCoin) {
      Bytes unwrapping =
          KnownFunction.UNWRAP_WETH9.encode(
              AbiValue.of(swap.minimum().baseUnits()), AbiValue.of(wallet));
      data = KnownFunction.MULTICALL.encode(AbiValue.of(List.of(exchange, unwrapping)));
    }
    BigInteger value = sellsCoin ? swap.sell().baseUnits() : BigInteger.ZERO;
    return new ContractCall(settings.router().contract(), value, data);
  }

  private EvmAddress contract(Asset asset) {
    return asset.id().isNative()
        ? EvmAddress.of(settings.router().wrappedEther())
        : EvmAddress.parse(asset.id().reference());
  }

  private static BigInteger number(AbiParameters types, Bytes result, String who) {
    try {
      return types.decode(result).number(0);
    } catch (MalformedBytesException e) {
      throw SupercargoException.external(
          "The contract of " + who + " answered in a form that is not understood",
          "Check the contract's address and its chain.",
          e);
    }
  }
}
