package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Simulation;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.CallEncoder;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.evm.KnownFunction;
import org.supercargo.evm.UnsignedTransaction;

/// Builds one unsigned transaction, prices it, and finds out what it would do.
record DraftBuilder(
    ChainId chain, Asset nativeAsset, EvmNode node, EvmSettings settings, EvmCodec codec) {
  private static final BigInteger PLAIN_GAS = BigInteger.valueOf(21_000);
  private static final BigInteger GAS_PER_BYTE = BigInteger.valueOf(40);
  private static final BigInteger MARGIN_NUMERATOR = BigInteger.valueOf(12);
  private static final BigInteger MARGIN_DENOMINATOR = BigInteger.TEN;

  /// What a simulation found.
  ///
  /// @param changes without the fee
  private record Prediction(@Nullable String error, BigInteger gas, List<BalanceChange> changes) {}

  Draft build(DraftRequest request) {
    EvmAddress wallet = EvmAddress.of(request.wallet());
    ContractCall asked = request.call() == null ? call(request.intent()) : request.call();
    var call =
        new EvmNode.Call(wallet, EvmAddress.of(asked.contract()), asked.value(), asked.data());
    var funds = new WalletFunds(nativeAsset, node, wallet);
    funds.requireToken(request.intent().spends());
    FeeMarket.GasPrice price = new FeeMarket(node, settings).current();
    BigInteger balance = node.balance(wallet, EvmNode.LATEST);
    if (balance.compareTo(call.value()) < 0) {
      BigInteger leastFee = leastGas(call).multiply(price.maximum());
      throw funds.shortage("at least ", call.value().add(leastFee), balance);
    }
    Prediction prediction = predict(request.intent(), call);
    BigInteger gas = gasLimit(prediction);
    UnsignedTransaction transaction = transaction(request, call, gas, price);
    BigInteger rollupFee = new ContractReader(node).rollupFee(transaction.bytes(), gas);
    if (prediction.error() == null) {
      BigInteger needed = call.value().add(gas.multiply(price.maximum())).add(rollupFee);
      if (balance.compareTo(needed) < 0) {
        throw funds.shortage("", needed, balance);
      }
    }
    return draft(request, transaction, prediction, price, rollupFee);
  }

  private Draft draft(
      DraftRequest request,
      UnsignedTransaction transaction,
      Prediction prediction,
      FeeMarket.GasPrice price,
      BigInteger rollupFee) {
    List<Effect> effects =
        codec.decode(
            chain, transaction.bytes(), request.wallet(), DecodingHints.of(request.intent()));
    List<BalanceChange> changes =
        prediction.error() == null && prediction.changes().isEmpty()
            ? declared(effects)
            : prediction.changes();
    BigInteger fee = prediction.gas().multiply(price.expected()).add(rollupFee);
    return new Draft(
        transaction.bytes(),
        new Validity.Nonce(request.nonce()),
        effects,
        new Simulation(prediction.error(), withFee(changes, fee), List.of()));
  }

  private ContractCall call(Intent intent) {
    return switch (intent) {
      case Intent.Transfer transfer -> transfer(transfer);
      case Intent.Call call ->
          new ContractCall(
              call.contract(),
              call.value().baseUnits(),
              CallEncoder.encode(call.function(), call.arguments()));
      case Intent.Swap swap ->
          throw SupercargoException.bug(
              "The venue of a swap gave no call: " + swap.summary(), null);
      case Intent.Payment _, Intent.Order _ ->
          throw SupercargoException.bug(
              "No transaction carries this out: " + intent.summary(), null);
    };
  }

  private ContractCall transfer(Intent.Transfer transfer) {
    if (!transfer.memo().isEmpty()) {
      throw SupercargoException.user(
          "A transfer on " + chain.name() + " cannot carry a memo", "Leave the memo out.");
    }
    AssetId asset = transfer.amount().asset().id();
    BigInteger baseUnits = transfer.amount().baseUnits();
    if (asset.isNative()) {
      return new ContractCall(transfer.payee().address(), baseUnits, Bytes.EMPTY);
    }
    Bytes data =
        KnownFunction.TRANSFER.encode(
            AbiValue.of(EvmAddress.of(transfer.payee().address())), AbiValue.of(baseUnits));
    return new ContractCall(EvmAddress.parse(asset.reference()).on(chain), BigInteger.ZERO, data);
  }

  private Prediction predict(Intent intent, EvmNode.Call call) {
    CallOutcome<BigInteger> estimate = node.estimateGas(call);
    BigInteger fallback = leastGas(call);
    return switch (estimate) {
      case CallOutcome.Reverted<BigInteger>(String reason) ->
          new Prediction(reason, fallback, List.of());
      case CallOutcome.Returned<BigInteger>(BigInteger gas) -> {
        Optional<PredictedCall> predicted = node.simulate(call);
        if (predicted.isPresent()) {
          yield predicted(intent, call, gas, predicted.get());
        }
        if (intent instanceof Intent.Call) {
          throw unpredictable();
        }
        yield switch (node.call(call, EvmNode.LATEST)) {
          case CallOutcome.Returned<Bytes> _ -> new Prediction(null, gas, List.of());
          case CallOutcome.Reverted<Bytes>(String reason) -> new Prediction(reason, gas, List.of());
        };
      }
    };
  }

  /// What a plain call does is not in its bytes, so whom it lets take tokens is looked for in what
  /// it would record.
  private Prediction predicted(
      Intent intent, EvmNode.Call call, BigInteger gas, PredictedCall predicted) {
    String error = predicted.error();
    if (error == null && intent instanceof Intent.Call) {
      error = new GrantLogs(predicted.logs()).firstGrantOf(call.from());
    }
    return new Prediction(
        error, gas, new BalanceLogs(chain, predicted.logs()).changesOf(call.from()));
  }

  private SupercargoException unpredictable() {
    return SupercargoException.external(
        "The node at " + node.host() + " cannot say what a call would take from the wallet",
        "Use a node that supports eth_simulateV1.",
        null);
  }

  private BigInteger gasLimit(Prediction prediction) {
    if (prediction.gas().compareTo(settings.maximumGas()) > 0) {
      throw SupercargoException.external(
          "The transaction needs "
              + prediction.gas()
              + " gas, and one transaction may use at most "
              + settings.maximumGas(),
          "Split it into smaller ones.",
          null);
    }
    return prediction
        .gas()
        .multiply(MARGIN_NUMERATOR)
        .divide(MARGIN_DENOMINATOR)
        .min(settings.maximumGas());
  }

  /// What every transaction with this much data needs, whatever the contract does.
  private static BigInteger leastGas(EvmNode.Call call) {
    return PLAIN_GAS.add(GAS_PER_BYTE.multiply(BigInteger.valueOf(call.data().size())));
  }

  private UnsignedTransaction transaction(
      DraftRequest request, EvmNode.Call call, BigInteger gas, FeeMarket.GasPrice price) {
    return new UnsignedTransaction(
        new BigInteger(chain.reference()),
        BigInteger.valueOf(request.nonce()),
        price.priority(),
        price.maximum(),
        gas,
        call.to(),
        call.value(),
        call.data(),
        List.of());
  }

  /// What the effects themselves say, for nodes that predict no changes.
  private static List<BalanceChange> declared(List<Effect> effects) {
    var changes = new ArrayList<BalanceChange>();
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Move move -> {
          if (!move.from().equals(move.to())) {
            changes.add(new BalanceChange(move.asset(), move.baseUnits().negate()));
          }
        }
        case Effect.Authorization authorization ->
            changes.add(
                new BalanceChange(authorization.asset(), authorization.baseUnits().negate()));
        case Effect.Exchange exchange -> {
          changes.add(new BalanceChange(exchange.sell(), exchange.sold().negate()));
          changes.add(new BalanceChange(exchange.buy(), exchange.bought()));
        }
        case Effect.Call call -> {
          if (call.value().signum() > 0) {
            AssetId coin = AssetId.nativeOf(call.contract().chain());
            changes.add(new BalanceChange(coin, call.value().negate()));
          }
        }
        case Effect.Approval _,
            Effect.Fee _,
            Effect.AccountCreation _,
            Effect.Memo _,
            Effect.AuthorityChange _,
            Effect.Undecodable _ -> {}
      }
    }
    return changes;
  }

  private List<BalanceChange> withFee(List<BalanceChange> changes, BigInteger fee) {
    AssetId coin = nativeAsset.id();
    BigInteger sum = fee.negate();
    var all = new ArrayList<BalanceChange>();
    for (BalanceChange change : changes) {
      if (change.asset().equals(coin)) {
        sum = sum.add(change.baseUnits());
      } else {
        all.add(change);
      }
    }
    all.add(new BalanceChange(coin, sum));
    return all;
  }
}
