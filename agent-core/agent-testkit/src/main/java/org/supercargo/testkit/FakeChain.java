package org.supercargo.testkit;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.supercargo.api.intent.TransactionId;

/// A chain in memory that behaves as real ones do at their worst, and the same way every time.
///
/// Its blocks come with the clock or by hand. A transaction lands at most once, however often it is
/// sent; one that fails pays its fee.
public final class FakeChain implements Chain {
  private static final int DELAY = 10;

  /// How a chain behaves.
  ///
  /// @param fee of every transaction, in base units of the native coin
  /// @param rent of a token account, in base units of the native coin; zero where a chain has none
  /// @param blockTime between two blocks; zero for blocks that come by hand only
  /// @param finality how many blocks behind the newest one a block is final
  /// @param validBlocks for how many blocks a transaction stays valid; zero for a chain that counts
  ///   by nonce
  public record Settings(
      ChainId id,
      Asset nativeAsset,
      BigInteger fee,
      BigInteger rent,
      Duration blockTime,
      int finality,
      int validBlocks) {
    /// Block hashes that expire, accounts that cost rent.
    public static Settings likeSolana() {
      return new Settings(
          ChainId.SOLANA,
          new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9),
          BigInteger.valueOf(5_000),
          BigInteger.valueOf(2_039_280),
          Duration.ofMillis(400),
          4,
          150);
    }

    /// Nonces, no rent.
    public static Settings likeBase() {
      return new Settings(
          ChainId.BASE,
          new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18),
          BigInteger.valueOf(2_000_000_000_000L),
          BigInteger.ZERO,
          Duration.ofSeconds(2),
          3,
          0);
    }

    public Settings withBlocksByHand() {
      return new Settings(id, nativeAsset, fee, rent, Duration.ZERO, finality, validBlocks);
    }
  }

  /// A transaction in a block.
  ///
  /// @param error null when it succeeded
  public record Landed(
      TransactionId id, FakeTransaction transaction, long height, @Nullable String error) {
    public boolean succeeded() {
      return error == null;
    }
  }

  private final Settings settings;
  private final InstantSource clock;
  private final ChainFaults faults;
  private final FakeCodec codec;
  private final FakeBlocks blocks;
  private final Map<AssetId, Asset> tokens = new HashMap<>();
  private final Map<Address, FakeLedger.Market> markets = new HashMap<>();
  private final Map<TransactionId, Integer> submissions = new HashMap<>();
  private Instant lastBlock;

  public FakeChain(Settings settings, InstantSource clock, ChainFaults faults) {
    this.settings = settings;
    this.clock = clock;
    this.faults = faults;
    codec = new FakeCodec(settings.id().namespace());
    AssetId coin = settings.nativeAsset().id();
    blocks =
        new FakeBlocks(coin, settings.finality(), new FakeLedger(coin, settings.rent(), markets));
    tokens.put(coin, settings.nativeAsset());
    lastBlock = clock.instant();
  }

  /// Gives an account something from nowhere, and makes the asset known.
  public synchronized void credit(Address owner, Amount amount) {
    tokens.put(amount.asset().id(), amount.asset());
    blocks.credit(owner, amount.asset().id(), amount.baseUnits());
  }

  /// Adds one block.
  public synchronized void mine() {
    blocks.mine();
  }

  /// Lets another fork win over the newest blocks.
  public synchronized void reorganise(ChainFaults.Reorganisation fork) {
    blocks.reorganise(fork.depth(), fork.forgets());
  }

  public synchronized long height() {
    catchUp();
    return blocks.height();
  }

  /// Every transaction in the blocks as they stand now, oldest first.
  public synchronized List<Landed> landed() {
    catchUp();
    return blocks.all().stream()
        .map(each ->
            new Landed(each.id(), each.transaction(), each.height(), each.outcome().error()))
        .toList();
  }

  /// How often a transaction is in the blocks as they stand now: never more than once.
  public synchronized long landings(TransactionId id) {
    return landed().stream().filter(each -> each.id().equals(id)).count();
  }

  /// How often a transaction was sent, whatever became of it.
  public synchronized int submissions(TransactionId id) {
    return submissions.getOrDefault(id, 0);
  }

  synchronized void open(Address venue, FakeLedger.Market market) {
    markets.put(venue, market);
  }

  synchronized BigInteger allowance(Address owner, AssetId asset, Address spender) {
    beginCall();
    return blocks.head().allowance(owner, asset, spender);
  }

  private void catchUp() {
    if (settings.blockTime().isZero()) {
      return;
    }
    while (!lastBlock.plus(settings.blockTime()).isAfter(clock.instant())) {
      lastBlock = lastBlock.plus(settings.blockTime());
      blocks.mine();
    }
  }

  private void beginCall() {
    catchUp();
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
  public synchronized String genesis() {
    return blocks.genesisHash();
  }

  @Override
  public Address address(String text) {
    return FakeCodec.read(settings.id(), text);
  }

  @Override
  public synchronized int decimals(AssetId asset) {
    beginCall();
    Asset known = tokens.get(asset);
    if (known == null) {
      throw SupercargoException.user(
          asset + " does not exist on " + settings.id().name(), "Check the asset's address.");
    }
    return known.decimals();
  }

  @Override
  public synchronized Amount balance(Address owner, Asset asset) {
    beginCall();
    return new Amount(asset, blocks.head().balance(own(owner), asset.id()));
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
  public synchronized long nextNonce(Address wallet) {
    beginCall();
    return settings.validBlocks() > 0 ? 0 : blocks.nextNonce(own(wallet));
  }

  @Override
  public synchronized Draft prepare(DraftRequest request) {
    beginCall();
    Address wallet = own(request.wallet());
    var effects = new ArrayList<>(effects(request.intent(), wallet, request.call()));
    effects.add(new Effect.Fee(wallet, settings.nativeAsset().id(), settings.fee()));
    boolean counts = settings.validBlocks() == 0;
    var transaction =
        new FakeTransaction(
            settings.id(),
            wallet,
            counts
                ? new Validity.Nonce(request.nonce())
                : new Validity.UntilHeight(blocks.finalHeight() + settings.validBlocks()),
            counts ? "" : blocks.finalHash(),
            effects);
    return new Draft(transaction.encode(), transaction.validity(), effects, simulate(transaction));
  }

  private List<Effect> effects(Intent intent, Address wallet, @Nullable ContractCall call) {
    if (call != null) {
      return FakeTransaction.callEffects(settings.id(), call.data());
    }
    return switch (intent) {
      case Intent.Transfer transfer -> effects(transfer, wallet);
      case Intent.Swap _ ->
          throw SupercargoException.user("A swap needs a venue's call", "Name a venue.");
    };
  }

  private List<Effect> effects(Intent.Transfer transfer, Address wallet) {
    Address payee = own(transfer.payee().address());
    AssetId asset = transfer.amount().asset().id();
    var effects = new ArrayList<Effect>();
    if (blocks.head().needsAccount(payee, asset)) {
      Address account = FakeCodec.account(settings.id(), payee + " " + asset);
      effects.add(new Effect.AccountCreation(wallet, account, payee));
    }
    effects.add(new Effect.Move(asset, wallet, payee, transfer.amount().baseUnits()));
    if (!transfer.memo().isEmpty()) {
      effects.add(new Effect.Memo(transfer.memo()));
    }
    return effects;
  }

  private Simulation simulate(FakeTransaction transaction) {
    FakeLedger.Outcome outcome = blocks.head().copy().execute(transaction);
    String objection = blocks.objection(transaction);
    return new Simulation(
        objection == null ? outcome.error() : objection,
        changes(outcome, transaction.payer(), tokens.keySet()),
        List.of());
  }

  private static List<BalanceChange> changes(
      FakeLedger.Outcome outcome, Address wallet, Set<AssetId> assets) {
    return assets.stream()
        .map(asset ->
            new BalanceChange(
                asset,
                outcome
                    .changes()
                    .getOrDefault(new FakeLedger.Holding(wallet, asset), BigInteger.ZERO)))
        .filter(change -> change.baseUnits().signum() != 0)
        .toList();
  }

  @Override
  public synchronized SubmitResult submit(SignedTransaction signed) {
    catchUp();
    submissions.merge(signed.id(), 1, Integer::sum);
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
  public synchronized TransactionStatus status(
      SignedTransaction signed, Address wallet, List<Asset> assets) {
    beginCall();
    ChainFaults.Reorganisation fork = faults.reorganisation();
    if (fork != null) {
      reorganise(fork);
    }
    if (faults.hidesTransaction()) {
      return new TransactionStatus.Unseen();
    }
    FakeBlocks.Included landed = blocks.find(signed.id());
    if (landed == null) {
      String proof = deathProof(signed.validity(), wallet);
      return proof == null ? new TransactionStatus.Unseen() : new TransactionStatus.Dead(proof);
    }
    return landed.height() > blocks.finalHeight()
        ? new TransactionStatus.Seen(landed.height())
        : new TransactionStatus.Final(receipt(landed, own(wallet), assets));
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
          blocks.finalLedger().nonce(wallet) > nonce.number()
              ? "another transaction with nonce " + nonce.number() + " is final"
              : null;
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
