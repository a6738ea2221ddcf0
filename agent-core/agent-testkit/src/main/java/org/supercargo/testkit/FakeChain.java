package org.supercargo.testkit;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.TransactionId;

/// A chain in memory that behaves as real ones do at their worst, and the same way every time.
///
/// Its blocks come with the clock or by hand. A transaction lands at most once, however often it is
/// sent; one that fails pays its fee.
public final class FakeChain implements Chain {
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
  /// @param cost fee and rent that it took, in base units of the native coin
  public record Landed(
      TransactionId id,
      FakeTransaction transaction,
      long height,
      @Nullable String error,
      BigInteger cost) {
    public boolean succeeded() {
      return error == null;
    }
  }

  private final Settings settings;
  private final InstantSource clock;
  private final FakeLedger ledger;
  private final FakeBlocks blocks;
  private final FakeNode node;
  private final Map<AssetId, Asset> tokens = new LinkedHashMap<>();
  private final Map<TransactionId, Integer> submissions = new HashMap<>();
  private Instant lastBlock;

  public FakeChain(Settings settings, InstantSource clock, ChainFaults faults) {
    this.settings = settings;
    this.clock = clock;
    AssetId coin = settings.nativeAsset().id();
    ledger = new FakeLedger(coin, settings.rent());
    blocks = new FakeBlocks(coin, settings.finality(), ledger);
    node = new FakeNode(this, blocks, faults);
    tokens.put(coin, settings.nativeAsset());
    lastBlock = clock.instant();
  }

  /// Another node of this chain, which has its own faults and the same blocks.
  public Chain node(ChainFaults faults) {
    return new FakeNode(this, blocks, faults);
  }

  /// Gives an account something from nowhere, and makes the asset known.
  public synchronized void credit(Address owner, Amount amount) {
    tokens.put(amount.asset().id(), amount.asset());
    ledger.credit(owner, amount.asset().id(), amount.baseUnits());
    blocks.stir();
  }

  /// From now on calls of this contract do what `code` says; calls of others do nothing.
  public synchronized void deploy(Address contract, FakeContract code) {
    ledger.deploy(contract, code);
  }

  /// Lets a spender take what it was approved for, in a transaction of its own.
  ///
  /// @throws IllegalStateException if it was not approved for so much
  public synchronized void takeByAllowance(Address owner, Address spender, Amount amount) {
    catchUp();
    ledger.takeByAllowance(owner, amount.asset().id(), spender, amount.baseUnits());
  }

  /// Adds one block.
  public synchronized void mine() {
    blocks.mine(1);
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
  public List<Landed> landed() {
    return landed(0);
  }

  /// The same without the oldest ones. Those in final blocks never change their place.
  ///
  /// @param skip so many are left out
  public synchronized List<Landed> landed(int skip) {
    catchUp();
    return blocks.all(skip).stream()
        .map(each ->
            new Landed(
                each.id(),
                each.transaction(),
                each.height(),
                each.outcome().error(),
                each.outcome().fee().add(each.outcome().rent())))
        .toList();
  }

  /// How many transactions are in final blocks.
  public synchronized int finals() {
    catchUp();
    return blocks.finals();
  }

  /// How often a transaction is in the blocks as they stand now: never more than once.
  public synchronized long landings(TransactionId id) {
    return landed().stream().filter(each -> each.id().equals(id)).count();
  }

  /// How often a transaction was sent, whatever became of it.
  public synchronized int submissions(TransactionId id) {
    return submissions.getOrDefault(id, 0);
  }

  Settings settings() {
    return settings;
  }

  Map<AssetId, Asset> tokens() {
    return tokens;
  }

  void count(TransactionId id) {
    submissions.merge(id, 1, Integer::sum);
  }

  synchronized void open(Address venue, FakeLedger.Market market) {
    ledger.open(venue, market);
  }

  BigInteger allowance(Address owner, AssetId asset, Address spender) {
    return node.allowance(owner, asset, spender);
  }

  void catchUp() {
    if (settings.blockTime().isZero()) {
      return;
    }
    long blockMillis = settings.blockTime().toMillis();
    long passed = (clock.millis() - lastBlock.toEpochMilli()) / blockMillis;
    if (passed > 0) {
      lastBlock = lastBlock.plusMillis(passed * blockMillis);
      blocks.mine(passed);
    }
  }

  @Override
  public ChainId id() {
    return node.id();
  }

  @Override
  public Asset nativeAsset() {
    return node.nativeAsset();
  }

  @Override
  public String genesis() {
    return node.genesis();
  }

  @Override
  public Address address(String text) {
    return node.address(text);
  }

  @Override
  public int decimals(AssetId asset) {
    return node.decimals(asset);
  }

  @Override
  public Amount balance(Address owner, Asset asset) {
    return node.balance(owner, asset);
  }

  @Override
  public long nextNonce(Address wallet) {
    return node.nextNonce(wallet);
  }

  @Override
  public Draft prepare(DraftRequest request) {
    return node.prepare(request);
  }

  @Override
  public SubmitResult submit(SignedTransaction transaction) {
    return node.submit(transaction);
  }

  @Override
  public TransactionStatus status(
      SignedTransaction transaction, Address wallet, List<Asset> assets) {
    return node.status(transaction, wallet, assets);
  }
}
