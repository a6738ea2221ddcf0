package org.supercargo.testkit.engine;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.Usage;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.testkit.ChainFaults;
import org.supercargo.testkit.FakeChain;
import org.supercargo.testkit.FakeCodec;
import org.supercargo.testkit.FakeKey;
import org.supercargo.testkit.FakePaymentHost;
import org.supercargo.testkit.FakeSigner;
import org.supercargo.testkit.FakeVenue;
import org.supercargo.testkit.ManualClock;

/// A small world around one agent: two chains, a venue, a signer, a store, a clock.
final class Harbour {
  static final String VENUE = "exchange";

  /// A host that is paid in advance, on Base.
  static final String ORACLE = "oracle.example.com";

  static final AgentId AGENT = new AgentId("captain");
  static final String OWNER = "test process";

  static final Address ALICE_ON_SOLANA = FakeCodec.account(ChainId.SOLANA, "alice");
  static final Address ALICE_ON_BASE = FakeCodec.account(ChainId.BASE, "alice");
  static final Address BOB_ON_BASE = FakeCodec.account(ChainId.BASE, "bob");
  static final Address EXCHANGE = FakeCodec.account(ChainId.BASE, "exchange contract");

  static final String FILE =
      """
      agent: captain
      purpose: It pays the crew and trades.
      model: scripted
      plugins: [trader]
      wallets: {solana: main, base: main}
      address-book:
        alice: {solana: %s, base: %s}
        bob: {base: %s}
      mandate:
        expires: 2028-01-01
        fees:
          solana: {per-transaction: 0.01 SOL, tip: 0.001 SOL, rolling: 0.2 SOL per 24h}
          base: {per-transaction: 0.001 ETH, tip: 0.0001 ETH, rolling: 0.02 ETH per 24h}
        valuations: {USDC: 1, ETH: 2500, SOL: 100}
        rules:
          - name: crew
            allow: transfer
            chains: [solana, base]
            assets: [USDC, SOL, ETH]
            payees: [alice, bob]
            per-transaction: [10 USDC, 1 SOL, 0.1 ETH]
            rolling: [40 USDC per 24h, $500 per 24h]
          - name: trade
            allow: swap
            chains: base
            assets: USDC
            buys: ETH
            contracts: [%s]
            per-transaction: 50 USDC
            rolling: 60 USDC per 24h
            maximum-loss: 5%%
          - name: oracle
            allow: payment
            chains: base
            assets: USDC
            hosts: [oracle.example.com]
            per-transaction: 10 USDC
            rolling: 30 USDC per 24h
      """
          .formatted(ALICE_ON_SOLANA, ALICE_ON_BASE, BOB_ON_BASE, EXCHANGE);

  final ManualClock clock = new ManualClock();
  final RewindableStore store = new RewindableStore();
  final AgentFile file;
  final FakeChain solana;
  final FakeChain base;
  final FakeVenue venue;
  final FakePaymentHost oracle;
  final FakeSigner signer;
  final Map<ChainId, Address> wallets;
  private List<Effect> bribe = List.of();

  private static final int LONG_VALIDITY = 150;

  Harbour(ChainFaults onSolana, ChainFaults onBase) {
    this(FILE, onSolana, onBase);
  }

  Harbour(String agentFile, ChainFaults onSolana, ChainFaults onBase) {
    this(agentFile, onSolana, onBase, LONG_VALIDITY);
  }

  /// @param validBlocks for how many blocks a transaction on Solana may land
  Harbour(String agentFile, ChainFaults onSolana, ChainFaults onBase, int validBlocks) {
    file =
        AgentFile.parse(
            "captain.yaml", agentFile.getBytes(StandardCharsets.UTF_8), FakeCodec::read);
    solana = new FakeChain(quick(FakeChain.Settings.likeSolana(), validBlocks), clock, onSolana);
    base = new FakeChain(quick(FakeChain.Settings.likeBase(), 0), clock, onBase);
    signer =
        FakeSigner.judging(clock)
            .withAgent(file.spec())
            .withKey(AGENT, ChainId.SOLANA, "captain's key on solana")
            .withKey(AGENT, ChainId.BASE, "captain's key on base");
    wallets = signer.wallets(AGENT);
    solana.credit(wallet(ChainId.SOLANA), amount("2", "SOL", ChainId.SOLANA));
    solana.credit(wallet(ChainId.SOLANA), amount("100", "USDC", ChainId.SOLANA));
    base.credit(wallet(ChainId.BASE), amount("1", "ETH", ChainId.BASE));
    base.credit(wallet(ChainId.BASE), amount("200", "USDC", ChainId.BASE));
    oracle = new FakePaymentHost(ORACLE, base, asset("USDC", ChainId.BASE));
    venue =
        new FakeVenue(base, VENUE, EXCHANGE)
            .price(amount("2500", "USDC", ChainId.BASE), amount("1", "ETH", ChainId.BASE));
  }

  /// Few blocks and few polls until a transaction is final.
  private static FakeChain.Settings quick(FakeChain.Settings settings, int validBlocks) {
    return new FakeChain.Settings(
        settings.id(),
        settings.nativeAsset(),
        settings.fee(),
        settings.rent(),
        Duration.ofMillis(250),
        2,
        validBlocks);
  }

  Address wallet(ChainId chain) {
    Address wallet = wallets.get(chain);
    if (wallet == null) {
      throw new IllegalStateException("no wallet on " + chain);
    }
    return wallet;
  }

  FakeChain chain(ChainId id) {
    return id.equals(ChainId.SOLANA) ? solana : base;
  }

  /// From now on the venue's first call has these effects instead of its own.
  void venueSends(List<Effect> effects) {
    bribe = effects;
  }

  /// A payment with the agent's own key that the agent knows nothing of.
  void someoneElsePaysFrom(ChainId id) {
    FakeChain chain = chain(id);
    Address wallet = wallet(id);
    var intent =
        new Intent.Transfer(
            new Payee("x", FakeCodec.account(id, "x"), Provenance.OWNER),
            amount("1", "USDC", id),
            "");
    Draft draft = chain.prepare(new DraftRequest(intent, wallet, null, chain.nextNonce(wallet)));
    var codec = new FakeCodec(id.namespace());
    FakeKey key = FakeKey.named("captain's key on " + id.name());
    var signed =
        codec.assemble(
            id,
            draft.unsigned(),
            wallet,
            key.sign(codec.signingPayload(id, draft.unsigned(), wallet)));
    chain.submit(new SignedTransaction(signed.id(), signed.bytes(), draft.validity()));
    clock.advance(Duration.ofSeconds(5));
  }

  Asset asset(String symbol, ChainId chain) {
    return file.spec().assets(symbol).stream()
        .filter(asset -> asset.chain().equals(chain))
        .findFirst()
        .orElseThrow();
  }

  Amount amount(String number, String symbol, ChainId chain) {
    return Amount.parse(number, asset(symbol, chain));
  }

  /// The assets the agent can hold: those on a chain where it has a wallet.
  List<Asset> assets() {
    return file.spec().assets().stream()
        .filter(asset -> wallets.containsKey(asset.chain()))
        .toList();
  }

  BigInteger onChain(Asset asset) {
    return balance(wallet(asset.chain()), asset).baseUnits();
  }

  Amount balance(Address owner, Asset asset) {
    return Patiently.until(() -> chain(asset.chain()).balance(owner, asset));
  }

  Wiring wiring(ModelBackend model) {
    return wiring(model, new CrashPoints(0));
  }

  Wiring wiring(ModelBackend model, CrashPoints points) {
    return wiring(store, signer, model, points);
  }

  /// @param store instead of the harbour's own
  /// @param signer instead of the harbour's own
  Wiring wiring(AgentStore store, Signer signer, ModelBackend model, CrashPoints points) {
    return wiring(store, signer, ModelPool.only(new CrashingModel(model, points), clock), points);
  }

  /// @param models asked as the agent file says
  Wiring wiring(AgentStore store, Signer signer, ModelPool models, CrashPoints points) {
    var host = new CrashingHost(oracle, points);
    return new Wiring(
        new CrashingStore(store, points),
        new CrashingSigner(signer, points),
        Map.of(
            ChainId.SOLANA,
            new CrashingChain(solana, points),
            ChainId.BASE,
            new CrashingChain(base, points)),
        Map.of(VENUE, new BribedVenue(venue, () -> bribe)),
        List.of(),
        List.of(host),
        List.of(
            new Trader(Map.of(ChainId.SOLANA, solana, ChainId.BASE, base), wallets, List.of(host))),
        models,
        FakeCodec::read,
        clock,
        clock.pause(),
        Duration.ofMinutes(2),
        _ -> {});
  }

  AgentRuntime open(ModelBackend model) {
    return AgentRuntime.open(file, wiring(model), OWNER);
  }

  /// Opens an agent whose books agree with the chains, so that every later change has a reason.
  AgentRuntime openWithBooks(ModelBackend model) {
    AgentRuntime runtime = open(model);
    runtime.reconcile();
    return runtime;
  }

  static ActionCall send(String id, String payee, String amount, String chain) {
    return new ActionCall(
        id,
        "send",
        "{\"payee\":\"%s\",\"amount\":\"%s\",\"chain\":\"%s\"}".formatted(payee, amount, chain));
  }

  static ActionCall swap(String id, String sell, String minimum) {
    return new ActionCall(
        id, "swap", "{\"sell\":\"%s\",\"minimum\":\"%s\"}".formatted(sell, minimum));
  }

  static ChatReply calls(ActionCall... calls) {
    return new ChatReply.Calls("", null, List.of(calls), usage());
  }

  static ChatReply answer(String text) {
    return new ChatReply.Answer(text, null, usage());
  }

  /// A call that costs something, so that the books hold model costs too.
  static Usage usage() {
    return new Usage(1_000, 200, 50, 10, Amount.parse("0.000123", Asset.USD));
  }
}
