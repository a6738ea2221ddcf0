package org.supercargo.testkit.simulation;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.engine.WitnessedChain;
import org.supercargo.testkit.FakeChain;
import org.supercargo.testkit.FakeSigner;
import org.supercargo.testkit.FakeVenue;
import org.supercargo.testkit.engine.RewindableStore;

/// Many agents over two chains, one store and one signer, on one thread and one clock. Everything
/// that happens follows from the seed.
final class World {
  static final String VENUE = "exchange";
  static final int DEEPEST = 2;

  /// How a world is made.
  ///
  /// @param agents how many
  /// @param wishes of each owner
  /// @param engineScale multiplies the caps of the engine's mandates; the limits that are checked
  ///   stay
  /// @param signerScale the same for the signer's mandates
  record Plan(int agents, int wishes, int engineScale, int signerScale, Sabotage sabotage) {
    static Plan of(int agents, int wishes) {
      return new Plan(agents, wishes, 1, 1, Sabotage.NONE);
    }

    Plan with(Sabotage defect) {
      return new Plan(agents, wishes, engineScale, signerScale, defect);
    }

    Plan withEngineAlone() {
      return new Plan(agents, wishes, 1, 1_000, sabotage);
    }
  }

  private static final Duration STALL = Duration.ofSeconds(16);
  private static final Duration BOUND = Duration.ofSeconds(60 + 60 + Charter.DELAY.toSeconds());
  private static final int MOST_STEPS = 40;
  private static final int RESTORED = 300;

  final Chance chance;
  final WorldClock clock = new WorldClock();
  final Story story;
  final Tally tally = new Tally();
  final RewindableStore store = new RewindableStore();
  final Map<ChainId, Chain> nodes = new LinkedHashMap<>();
  final Map<ChainId, FakeChain> chains = new LinkedHashMap<>();
  final FakeSigner signer;
  final FakeVenue venue;
  final Charter charter;
  final Sabotage sabotage;
  final Auditor auditor;
  final People people;
  final Duration patience;
  private final List<Captain> captains = new ArrayList<>();
  private final Plan plan;
  private final long seed;
  private int depth;
  private int stopped;
  private int steps;

  /// @param only the faults that may happen; null for all
  /// @param told whether its story is kept
  World(long seed, Plan plan, @Nullable BitSet only, boolean told) {
    this.seed = seed;
    this.plan = plan;
    this.sabotage = plan.sabotage();
    this.chance = new Chance(seed, only);
    this.story = new Story(told, clock);
    this.charter = new Charter(plan.engineScale());
    this.signer = FakeSigner.judging(clock);
    FakeChain solana = chain(quick(FakeChain.Settings.likeSolana()));
    FakeChain base = chain(quick(FakeChain.Settings.likeBase()));
    this.venue = new FakeVenue(base, VENUE, Charter.EXCHANGE);
    this.patience = Duration.ofSeconds(List.of(0, 3, 120).get(chance.below(3)));
    this.auditor = new Auditor(this);
    this.people = new People(this);
    price();
    for (int number = 1; number <= plan.agents(); number++) {
      captains.add(captain(number, solana, base));
    }
  }

  private Captain captain(int number, FakeChain solana, FakeChain base) {
    var captain = new Captain(this, number, plan.wishes());
    signer.withAgent(new Charter(plan.signerScale()).spec(captain.id));
    for (Asset asset : captain.file.spec().assets()) {
      Amount wealth = Amount.parse("1000", asset);
      (asset.chain().equals(ChainId.SOLANA) ? solana : base).credit(captain.wallet(asset), wealth);
      auditor.credited(captain, wealth);
    }
    return captain;
  }

  private static FakeChain.Settings quick(FakeChain.Settings settings) {
    return new FakeChain.Settings(
        settings.id(),
        settings.nativeAsset(),
        settings.validBlocks() > 0 ? settings.fee() : BigInteger.valueOf(20_000_000_000_000L),
        settings.rent(),
        settings.blockTime(),
        settings.finality(),
        settings.validBlocks() > 0 ? 100 : 0);
  }

  /// Two nodes of one chain, of which one lies now and then.
  private FakeChain chain(FakeChain.Settings settings) {
    boolean firstLies = chance.below(2) == 0;
    var chain = new FakeChain(settings, clock, new NodeFaults(chance, firstLies));
    Chain witness = chain.node(new NodeFaults(chance, !firstLies));
    nodes.put(settings.id(), new WitnessedChain(chain, List.of(witness)));
    chains.put(settings.id(), chain);
    return chain;
  }

  /// The chain an asset is on, as it is and not as a node tells it.
  FakeChain chain(Asset asset) {
    return Objects.requireNonNull(chains.get(asset.chain()));
  }

  /// The first of the nodes of a chain, which may be the one that lies.
  Chain node(ChainId id) {
    return Objects.requireNonNull(chains.get(id));
  }

  /// How many steps it has lived through.
  int steps() {
    return steps;
  }

  Captain captain(AgentId agent) {
    return captains.stream().filter(each -> each.id.equals(agent)).findFirst().orElseThrow();
  }

  List<Captain> captains() {
    return captains;
  }

  /// Whether the signer's mandates are too loose to hold any limit.
  boolean isJudgedByEngineAlone() {
    return plan.signerScale() > plan.engineScale();
  }

  int depth() {
    return depth;
  }

  /// Lives through everything, or finds what must not be.
  ///
  /// @throws Violation if an invariant does not hold
  Tally live() {
    return live(mostSteps());
  }

  int mostSteps() {
    return plan.agents() * MOST_STEPS;
  }

  /// The same, with at most so many steps before all goes well.
  Tally live(int mostSteps) {
    while (steps < mostSteps && captains.stream().anyMatch(Captain::wantsMore)) {
      steps++;
      step();
      auditor.look();
    }
    chance.calm();
    signer.resume();
    story.tell("", () -> "all is well from now on");
    for (Captain captain : captains) {
      captain.comeHome(BOUND);
      auditor.look();
    }
    auditor.finish();
    tally.add(Tally.Count.WORLDS);
    tally.add(Tally.Count.WISHES, (long) plan.agents() * plan.wishes());
    tally.add(Tally.Count.WRITES, store.position());
    tally.add(chance);
    tally.mix(seed);
    tally.mix(clock.millis());
    return tally;
  }

  private void step() {
    clock.advance(Duration.ofMillis(chance.below(4_000)));
    if (chance.below(20) == 0) {
      clock.advance(Duration.ofMinutes(chance.below(20)));
    }
    mischief();
    Captain captain = captains.get(chance.below(captains.size()));
    people.look(captain);
    captain.act();
  }

  private void mischief() {
    if (chance.below(10) == 0) {
      price();
    }
    if (chance.below(30) == 0) {
      deposit();
    }
    if (chance.happens(Fault.STOP)) {
      stopped = 1 + chance.detail(10);
      signer.stop();
      story.tell("", () -> "the signer is stopped");
    } else if (stopped > 0 && --stopped == 0) {
      signer.resume();
      story.tell("", () -> "the signer goes on");
    }
    if (chance.happens(Fault.RESTORE)) {
      restore();
    }
  }

  private void price() {
    BigInteger eth = BigInteger.valueOf(2_400 + chance.below(200));
    venue.price(Amount.parse(eth.toString(), Charter.USDC_ON_BASE), Amount.parse("1", Charter.ETH));
  }

  /// What a swap of so much has to bring: a little less than now.
  String minimum(Amount sell) {
    Amount quote = venue.quote(sell, Charter.ETH);
    return new Amount(
            Charter.ETH,
            quote.baseUnits().multiply(BigInteger.valueOf(98)).divide(BigInteger.valueOf(100)))
        .toString();
  }

  private void deposit() {
    Captain captain = captains.get(chance.below(captains.size()));
    List<Asset> assets = captain.file.spec().assets();
    Asset asset = assets.get(chance.below(assets.size()));
    Amount gift = Amount.ofBaseUnits(asset, 1L + chance.below(1_000_000));
    chain(asset).credit(captain.wallet(asset), gift);
    auditor.credited(captain, gift);
    story.tell(captain.name, () -> "receives " + gift);
  }

  /// All processes end, and the store comes back from an older backup.
  private void restore() {
    captains.forEach(Captain::powerOff);
    int lost = 1 + chance.detail(RESTORED);
    store.rewind(Math.max(0, store.position() - lost));
    captains.forEach(Captain::booksWerePutBack);
    people.forget();
    story.tell("", () -> "the store is put back by " + lost + " writes");
  }

  /// While one process stands still, others of the same agent may act.
  void meanwhile(Captain captain) {
    depth++;
    try {
      if (chance.below(4) > 0) {
        clock.advance(STALL.plusSeconds(chance.below(60)));
      } else {
        clock.advance(Duration.ofSeconds(chance.below(10)));
      }
      for (int deeds = 1 + chance.below(3); deeds > 0; deeds--) {
        captain.act();
      }
    } finally {
      depth--;
    }
  }
}
