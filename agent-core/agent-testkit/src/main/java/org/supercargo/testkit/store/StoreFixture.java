package org.supercargo.testkit.store;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;
import org.supercargo.engine.store.StoredIntent;

/// A store with an agent nobody used before, and the rows the rules write.
final class StoreFixture {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");
  static final String RULE = "pay people";
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final BigInteger LARGEST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
  static final String EVERY_SCRIPT =
      "Ünïcödé ☕ 木 \uD83D\uDEA2 \u202Eשלום\u202C e\u0301 \t\n\r \"'\\ %_ ?:name $1 \uFFFD\uFFFF";

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

  final AgentStore store;
  final AgentId agent;
  final Lease lease;
  final Address wallet;
  final StoreView committed;

  StoreFixture(AgentStore store) {
    this.store = store;
    this.committed = new CommittedState(store);
    this.agent = newAgent();
    this.wallet = new Address(ChainId.BASE, "0x" + agent);
    this.lease = acquire(agent);
  }

  static AgentId newAgent() {
    return new AgentId("%s-%04d".formatted(RUN, NAMES.incrementAndGet()));
  }

  Lease acquire(AgentId other) {
    return store.acquire(other, "first", NOW, MINUTE, 0).orElseThrow();
  }

  void write(Consumer<StoreTransaction> work) {
    write(lease, work);
  }

  void write(Lease by, Consumer<StoreTransaction> work) {
    store.transact(
        by,
        transaction -> {
          work.accept(transaction);
          return true;
        });
  }

  JournalRow row(long sequence, long tick) {
    return new JournalRow(
        agent,
        sequence,
        tick,
        NOW.plusNanos(sequence),
        "Observed",
        "{\"of\":" + sequence + "}",
        "%064x".formatted(sequence));
  }

  IntentId id(long tick, int sequence) {
    return new IntentId(new TickId(agent, tick), sequence);
  }

  static Intent transfer() {
    var payee = new Payee("alice", new Address(ChainId.BASE, "0xA11CE"), Provenance.OWNER);
    return new Intent.Transfer(payee, new Amount(ether(), LARGEST), EVERY_SCRIPT);
  }

  static Intent swap() {
    var sol = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
    var token = new Asset(new AssetId(ChainId.SOLANA, "token", "USDCmint"), "USDC", 6);
    return new Intent.Swap(
        Amount.ofBaseUnits(sol, 1_500_000_000), Amount.ofBaseUnits(token, 1), "venue");
  }

  static Asset ether() {
    return new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  }

  StoredIntent intent(long tick, int sequence) {
    return intent(id(tick, sequence), transfer());
  }

  static StoredIntent intent(IntentId id, Intent intent) {
    return new StoredIntent(
        id,
        intent,
        RULE,
        Map.of(Field.PAYEE, Provenance.OWNER, Field.AMOUNT, Provenance.MODEL),
        IntentState.RESERVED,
        NOW.plusSeconds(id.tick().number()).plusNanos(id.sequence()));
  }

  StoredIntent awaiting(long tick, int sequence) {
    return intent(tick, sequence).in(IntentState.AWAITING);
  }

  static SignedApproval approval(IntentId id, String approver, boolean approves) {
    return new SignedApproval(
        id,
        Bytes.fromHex("00".repeat(31) + "ff"),
        approver,
        approves,
        NOW.plusNanos(approver.hashCode()),
        Bytes.fromHex("7f".repeat(64)));
  }

  Attempt attempt(IntentId id, int number) {
    return new Attempt(
        id,
        number,
        AttemptState.PREPARED,
        number % 2 == 0,
        Bytes.fromHex("00ff7f80" + "%08x".formatted(number)),
        new Validity.UntilHeight(Long.MAX_VALUE - number),
        LARGEST.subtract(BigInteger.valueOf(number)),
        number % 2 == 0 ? null : simulation(),
        null,
        null,
        NOW.plusNanos(number));
  }

  static Simulation simulation() {
    return new Simulation(
        null,
        List.of(new BalanceChange(AssetId.nativeOf(ChainId.BASE), LARGEST.negate())),
        List.of(EVERY_SCRIPT, "half \uD83D and NUL \u0000"));
  }

  static TransactionId transactionId(String text) {
    return new TransactionId(ChainId.BASE, text);
  }

  static Reservation reservation(BigInteger baseUnits) {
    return reservation(RULE, baseUnits);
  }

  static Reservation reservation(String rule, BigInteger baseUnits) {
    return new Reservation(rule, AssetId.USD, baseUnits, "0xA11CE", ether().id());
  }

  BudgetQuestion everReserved() {
    return new BudgetQuestion(agent, RULE, AssetId.USD, null, null, null);
  }

  BigInteger reservedSince(Instant since) {
    return committed.reserved(new BudgetQuestion(agent, RULE, AssetId.USD, since, null, null));
  }

  LedgerEntry entry(String key, BigInteger baseUnits) {
    return new LedgerEntry(
        agent,
        key,
        NOW,
        EVERY_SCRIPT,
        "0xabc",
        List.of(
            new Posting("expense/payee/alice", AssetId.USD, baseUnits),
            new Posting("wallet/base", AssetId.USD, baseUnits.negate())));
  }

  static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }
}
