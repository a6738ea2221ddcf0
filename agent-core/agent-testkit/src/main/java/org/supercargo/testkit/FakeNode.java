package org.supercargo.testkit;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.intent.Simulation;

/// One node of a [FakeChain], with faults of its own.
final class FakeNode implements Chain {
  private static final int DELAY = 10;
  private static final int PAYMENT_BLOCKS = 150;

  private final FakeChain chain;
  private final FakeChain.Settings settings;
  private final FakeBlocks blocks;
  private final FakeCodec codec;
  private final ChainFaults faults;

  FakeNode(FakeChain chain, FakeBlocks blocks, ChainFaults faults) {
    this.chain = chain;
    this.settings = chain.settings();
    this.blocks = blocks;
    this.codec = new FakeCodec(settings.id().namespace());
    this.faults = faults;
  }

  private void beginCall() {
    chain.catchUp();
    if (faults.failsCall()) {
      throw slowDown();
    }
  }

  private SupercargoException slowDown() {
    return SupercargoException.transientFailure(
        "The node of " + settings.id().name() + " asks to slow down", "Try again later.", null);
  }

  @Override
  public ChainId id() {
    return settings.id();
  }

  @Override
  public Asset nativeAsset() {
    return settings.nativeAsset();
  }

  @Override
  public String genesis() {
    return blocks.genesisHash();
  }

  @Override
  public Address address(String text) {
    return FakeCodec.read(settings.id(), text);
  }

  @Override
  public int decimals(AssetId asset) {
    synchronized (chain) {
      beginCall();
      Asset known = chain.tokens().get(asset);
      if (known == null) {
        throw SupercargoException.user(
            asset + " does not exist on " + settings.id().name(), "Check the asset's address.");
      }
      return known.decimals();
    }
  }

  @Override
  public Amount balance(Address owner, Asset asset) {
    synchronized (chain) {
      beginCall();
      return new Amount(
          asset,
          faults.lags()
              ? blocks.finalBalance(own(owner), asset.id())
              : blocks.head().balance(own(owner), asset.id()));
    }
  }

  BigInteger allowance(Address owner, AssetId asset, Address spender) {
    synchronized (chain) {
      beginCall();
      return blocks.head().allowance(owner, asset, spender);
    }
  }

  private Address own(Address address) {
    if (!address.chain().equals(settings.id())) {
      throw SupercargoException.user(
          address + " is an address on " + address.chain().name(),
          "Give one on " + settings.id().name() + ".");
    }
    return address;
  }

  @Override
  public long nextNonce(Address wallet) {
    synchronized (chain) {
      beginCall();
      if (settings.validBlocks() > 0) {
        return 0;
      }
      return faults.lags() ? blocks.finalNonce(own(wallet)) : blocks.nextNonce(own(wallet));
    }
  }

  @Override
  public Draft prepare(DraftRequest request) {
    synchronized (chain) {
      beginCall();
      FakeTransaction transaction = transaction(request);
      return new Draft(
          transaction.encode(),
          transaction.validity(),
          transaction.effects(),
          simulate(transaction));
    }
  }

  private FakeTransaction transaction(DraftRequest request) {
    Address wallet = own(request.wallet());
    var effects = new ArrayList<>(effects(request.intent(), wallet, request.call()));
    boolean isAuthorization = request.intent() instanceof Intent.Payment;
    if (!isAuthorization) {
      effects.add(
          new Effect.Fee(wallet, settings.nativeAsset().id(), settings.fee(), BigInteger.ZERO));
    }
    if (settings.validBlocks() == 0 && !isAuthorization) {
      return new FakeTransaction(
          settings.id(), wallet, new Validity.Nonce(request.nonce()), "", effects);
    }
    int valid = settings.validBlocks() == 0 ? PAYMENT_BLOCKS : settings.validBlocks();
    return new FakeTransaction(
        settings.id(),
        wallet,
        new Validity.UntilHeight(blocks.finalHeight() + valid),
        blocks.finalHash(),
        effects);
  }

  private List<Effect> effects(Intent intent, Address wallet, @Nullable ContractCall call) {
    if (call != null) {
      return FakeTransaction.callEffects(settings.id(), call.data());
    }
    return switch (intent) {
      case Intent.Transfer transfer -> effects(transfer, wallet);
      case Intent.Payment payment ->
          List.of(
              new Effect.Move(
                  payment.amount().asset().id(),
                  wallet,
                  own(payment.payee().address()),
                  payment.amount().baseUnits()));
      case Intent.Call wanted ->
          List.of(
              new Effect.Call(
                  wallet,
                  own(wanted.contract()),
                  wanted.function(),
                  wanted.arguments(),
                  wanted.value().baseUnits()));
      case Intent.Swap _ ->
          throw SupercargoException.user("A swap needs a venue's call", "Name a venue.");
      case Intent.Order _ ->
          throw SupercargoException.user("An order is on no chain", "Name a shop's plugin.");
    };
  }

  private List<Effect> effects(Intent.Transfer transfer, Address wallet) {
    Address payee = own(transfer.payee().address());
    AssetId asset = transfer.amount().asset().id();
    var effects = new ArrayList<Effect>();
    if (blocks.head().needsAccount(payee, asset)) {
      Address account = FakeCodec.account(settings.id(), payee + " " + asset);
      effects.add(new Effect.AccountCreation(wallet, account, payee, settings.rent()));
    }
    effects.add(new Effect.Move(asset, wallet, payee, transfer.amount().baseUnits()));
    if (!transfer.memo().isEmpty()) {
      effects.add(new Effect.Memo(transfer.memo()));
    }
    return effects;
  }

  private Simulation simulate(FakeTransaction transaction) {
    String objection = blocks.objection(transaction);
    FakeLedger.Outcome outcome = blocks.head().execute(transaction);
    outcome.undo();
    return new Simulation(
        objection == null ? outcome.error() : objection,
        changes(outcome, transaction.payer(), chain.tokens().keySet()),
        List.of());
  }

  private static List<BalanceChange> changes(
      FakeLedger.Outcome outcome, Address wallet, Collection<AssetId> assets) {
    var changes = new ArrayList<BalanceChange>();
    for (AssetId asset : assets) {
      BigInteger change = outcome.changes().get(new FakeLedger.Holding(wallet, asset));
      if (change != null && change.signum() != 0) {
        changes.add(new BalanceChange(asset, change));
      }
    }
    return changes;
  }

  @Override
  public SubmitResult submit(SignedTransaction signed) {
    synchronized (chain) {
      chain.catchUp();
      chain.count(signed.id());
      return switch (faults.submission()) {
        case DELIVERED -> deliver(signed, 0);
        case DROPPED -> new SubmitResult.Accepted();
        case REPLY_LOST -> {
          deliver(signed, 0);
          yield new SubmitResult.NoAnswer("the connection broke off");
        }
        case ANSWERED_WITH_ERROR -> {
          deliver(signed, 0);
          yield new SubmitResult.Rejected("internal error");
        }
        case DUPLICATED -> {
          deliver(signed, 0);
          yield deliver(signed, 0);
        }
        case DELAYED -> deliver(signed, DELAY);
        case CALL_FAILED -> throw slowDown();
        case CALL_FAILED_AFTERWARDS -> {
          deliver(signed, 0);
          throw slowDown();
        }
      };
    }
  }

  private SubmitResult deliver(SignedTransaction signed, int delay) {
    FakeTransaction transaction;
    try {
      transaction = codec.verified(settings.id(), signed.bytes());
    } catch (IllegalArgumentException e) {
      return new SubmitResult.Rejected(requireNonNull(e.getMessage()));
    }
    if (!FakeKey.sha256(signed.bytes()).hex().equals(signed.id().text())) {
      return new SubmitResult.Rejected("these bytes are not transaction " + signed.id());
    }
    if (blocks.isWaiting(signed.id()) || blocks.find(signed.id()) != null) {
      return new SubmitResult.Accepted();
    }
    String objection = blocks.objection(transaction);
    if (objection != null) {
      return new SubmitResult.Rejected(objection);
    }
    blocks.await(signed.id(), transaction, delay);
    return new SubmitResult.Accepted();
  }

  @Override
  public TransactionStatus status(SignedTransaction signed, Address wallet, List<Asset> assets) {
    synchronized (chain) {
      beginCall();
      ChainFaults.Reorganisation fork = faults.reorganisation();
      if (fork != null) {
        chain.reorganise(fork);
      }
      if (faults.hidesTransaction()) {
        return new TransactionStatus.Unseen();
      }
      FakeBlocks.Included landed = blocks.find(signed.id());
      boolean isFinal = landed != null && landed.height() <= blocks.finalHeight();
      if (!isFinal && faults.claimsDeath()) {
        return new TransactionStatus.Dead("the node says so");
      }
      if (landed == null) {
        String proof = deathProof(signed.validity(), wallet);
        return proof == null ? new TransactionStatus.Unseen() : new TransactionStatus.Dead(proof);
      }
      return isFinal
          ? new TransactionStatus.Final(receipt(landed, own(wallet), assets))
          : new TransactionStatus.Seen(landed.height());
    }
  }

  private @Nullable String deathProof(Validity validity, Address wallet) {
    return switch (validity) {
      case Validity.UntilHeight until ->
          blocks.finalHeight() > until.height()
              ? "block "
                  + blocks.finalHeight()
                  + " is final and the last it could land in was "
                  + until.height()
              : null;
      case Validity.Nonce nonce ->
          blocks.finalNonce(wallet) > nonce.number()
              ? "another transaction with nonce " + nonce.number() + " is final"
              : null;
      case Validity.UntilTime _ -> FakeTransaction.BY_BLOCKS;
    };
  }

  private Receipt receipt(FakeBlocks.Included landed, Address wallet, List<Asset> assets) {
    var named = new LinkedHashSet<AssetId>();
    named.add(settings.nativeAsset().id());
    assets.forEach(asset -> named.add(asset.id()));
    FakeLedger.Outcome outcome = landed.outcome();
    boolean pays = landed.transaction().payer().equals(wallet);
    return new Receipt(
        landed.id(),
        landed.height(),
        outcome.error(),
        changes(outcome, wallet, named),
        pays ? outcome.fee() : BigInteger.ZERO,
        pays ? outcome.rent() : BigInteger.ZERO);
  }
}
