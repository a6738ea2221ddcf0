package org.supercargo.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.ForwardingChain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.testkit.FakeCodec;
import org.supercargo.testkit.engine.ForwardedStore;
import org.supercargo.testkit.engine.Trader;

/// One process that runs one agent, from its start to its end, with all that may go wrong around
/// its calls.
final class Life {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final long HEARTBEAT = 5_000;
  private static final int WRONG_SECONDS = 3_600;

  private final World world;
  private final Captain captain;
  private final String owner;
  private final AgentStore store;
  private @Nullable Lease lease;
  private @Nullable AgentRuntime runtime;
  private long renewed;
  private long wrongMillis;
  private boolean over;
  private boolean still;
  private boolean settled;

  private Life(World world, Captain captain, String owner) {
    this.world = world;
    this.captain = captain;
    this.owner = owner;
    this.store = new LifeStore(world.sabotage.store(world, world.store));
    misreadClock();
  }

  /// Starts a process and lets it take the agent.
  ///
  /// @throws SupercargoException as the engine threw it
  static Life begin(World world, Captain captain, String owner, Duration patience) {
    var life = new Life(world, captain, owner);
    world.tally.add(Tally.Count.PROCESSES);
    life.tell(() -> "starts");
    life.runtime = AgentRuntime.open(captain.file, life.wiring(patience), owner);
    int recovered = life.runtime().recovered();
    world.tally.add(Tally.Count.RECOVERED, recovered);
    if (recovered > 0) {
      life.tell(() -> "finds " + recovered + " signatures that the books had lost");
    }
    return life;
  }

  private Wiring wiring(Duration patience) {
    Map<ChainId, Chain> chains = new LinkedHashMap<>();
    world.nodes.forEach(
        (id, chain) -> chains.put(id, new LifeChain(world.sabotage.chain(world, chain))));
    InstantSource clock = () -> world.clock.instant().plusMillis(wrongMillis);
    return new Wiring(
        store,
        new LifeSigner(world.sabotage.signer(world, world.signer)),
        chains,
        Map.of(World.VENUE, world.venue),
        List.of(),
        List.of(new Trader(chains, captain.wallets)),
        ModelPool.only(new LifeModel(captain.model), clock),
        FakeCodec::read,
        clock,
        this::pause,
        patience,
        record -> world.auditor.heard(captain, record));
  }

  String owner() {
    return owner;
  }

  AgentRuntime runtime() {
    if (runtime == null) {
      throw new IllegalStateException("the process has not started");
    }
    return runtime;
  }

  boolean isOver() {
    return over;
  }

  /// Whether it stands still at the moment.
  boolean isStill() {
    return still;
  }

  /// Whether nobody has taken the agent since.
  boolean holds() {
    return !over && lease != null && lease.equals(world.auditor.lease(captain));
  }

  /// Whether it knows that no earlier tick is unfinished.
  boolean isSettled() {
    return settled;
  }

  void settled(boolean now) {
    settled = now;
  }

  /// Time has passed in which the process had nothing to do but to keep its lease.
  void wake() {
    misreadClock();
    heartbeat();
  }

  private void misreadClock() {
    if (world.chance.happens(Fault.WRONG_CLOCK)) {
      wrongMillis = 1_000L * (world.chance.detail(2 * WRONG_SECONDS) - WRONG_SECONDS);
      tell(() -> "has a clock that is wrong by " + wrongMillis / 1_000 + " s");
    }
  }

  private void heartbeat() {
    if (lease != null && world.clock.millis() - renewed >= HEARTBEAT) {
      renewed = world.clock.millis();
      try {
        world.store.renew(lease, world.clock.instant().plusMillis(wrongMillis), LEASE);
      } catch (StaleLeaseException e) {
        // It will hear of it when it writes.
      }
    }
  }

  private void pause(Duration duration) {
    world.clock.advance(duration);
    heartbeat();
    pass("while it waits");
  }

  /// Ends without closing anything.
  void end(String how) {
    if (!over) {
      over = true;
      tell(() -> "ends " + how);
      stopHeartbeatThread();
      world.sabotage.ended(world, captain);
    }
  }

  /// Closes as a process should.
  void close() {
    tell(() -> "closes");
    stopHeartbeatThread();
    over = true;
  }

  private void stopHeartbeatThread() {
    if (runtime != null) {
      runtime.close();
    }
  }

  private void tell(Supplier<String> text) {
    world.story.tell(captain.name, () -> "process " + owner + " " + text.get());
  }

  /// A place where the process may end.
  private void mayEnd(String where) {
    if (over) {
      throw new ProcessEnded("after its end");
    }
    if (world.chance.happens(Fault.CRASH)) {
      end(where);
      throw new ProcessEnded(where);
    }
  }

  /// A place where the process may end or stand still.
  private void pass(String where) {
    mayEnd(where);
    if (world.depth() < World.DEEPEST && world.chance.happens(Fault.STALL)) {
      standStill(where);
    }
  }

  private void standStill(String where) {
    tell(() -> "stands still " + where);
    still = true;
    world.meanwhile(captain);
    still = false;
    tell(() -> "goes on " + where);
  }

  private <T> T around(String what, Supplier<T> call) {
    pass("before " + what);
    T result = call.get();
    pass("after " + what);
    return result;
  }

  private static SupercargoException lost(String what) {
    return SupercargoException.transientFailure(what, "Try again.", null);
  }

  private final class LifeStore extends ForwardedStore {
    private final AgentStore behind;

    LifeStore(AgentStore behind) {
      super(behind);
      this.behind = behind;
    }

    @Override
    public Optional<Lease> acquire(
        AgentId agent, String name, Instant now, Duration length, long above) {
      return around(
          "taking the agent",
          () -> {
            Optional<Lease> taken = behind.acquire(agent, name, now, length, above);
            taken.ifPresent(got -> {
              lease = got;
              renewed = world.clock.millis();
              world.auditor.leased(captain, got);
            });
            return taken;
          });
    }

    @Override
    public void renew(Lease held, Instant now, Duration length) {
      // The world keeps leases in its own time; the engine's thread knows only the real one.
      throw new StaleLeaseException(held);
    }

    @Override
    public void release(Lease held) {
      if (!over) {
        behind.release(held);
      }
    }

    @Override
    public <T> T transact(Lease held, Function<StoreTransaction, T> work) {
      pass("before a write");
      T result =
          behind.transact(
              held,
              transaction -> {
                world.auditor.writes(captain, held);
                T done = work.apply(transaction);
                mayEnd("within a write");
                if (world.chance.happens(Fault.STORE_FAILS)) {
                  tell(() -> "is told that a write failed");
                  throw lost("The database has gone away");
                }
                return done;
              });
      pass("after a write");
      if (world.chance.happens(Fault.STORE_ANSWER_LOST)) {
        tell(() -> "does not hear that its write is done");
        throw lost("The database did not answer");
      }
      return result;
    }
  }

  private final class LifeSigner implements Signer {
    private final Signer behind;

    LifeSigner(Signer behind) {
      this.behind = behind;
    }

    private <T> T reach(String what, Supplier<T> call) {
      pass("before " + what);
      if (world.chance.happens(Fault.SIGNER_UNREACHABLE)) {
        tell(() -> "does not reach the signer for " + what);
        throw lost("The signer cannot be reached");
      }
      T answer = call.get();
      pass("after " + what);
      if (world.chance.happens(Fault.SIGNER_ANSWER_LOST)) {
        tell(() -> "loses the signer's answer to " + what);
        throw lost("The signer did not answer");
      }
      return answer;
    }

    @Override
    public Map<ChainId, Address> wallets(AgentId agent) {
      return behind.wallets(agent);
    }

    @Override
    public Standing enter(AgentId agent, long fence) {
      return reach(
          "entering",
          () -> {
            Standing standing = behind.enter(agent, fence);
            world.auditor.entered(captain, fence);
            return standing;
          });
    }

    @Override
    public List<GivenSignature> history(AgentId agent, long after, int limit) {
      return reach("the history", () -> behind.history(agent, after, limit));
    }

    @Override
    public SignAnswer sign(SignRequest request) {
      return reach(
          "a signature",
          () -> {
            if (!world.chance.isCalm()
                && world.sabotage.delaysRequests()
                && world.depth() < World.DEEPEST
                && world.chance.percent(10)) {
              standStill("on the way to the signer");
            }
            SignAnswer answer = behind.sign(request);
            world.auditor.answered(captain, request, answer);
            return answer;
          });
    }
  }

  private final class LifeChain extends ForwardingChain {
    LifeChain(Chain behind) {
      super(behind);
    }

    @Override
    public long nextNonce(Address wallet) {
      return around("a count", () -> super.nextNonce(wallet));
    }

    @Override
    public Draft prepare(DraftRequest request) {
      return around("building", () -> super.prepare(request));
    }

    @Override
    public SubmitResult submit(SignedTransaction transaction) {
      return around(
          "a submission",
          () -> {
            SubmitResult result = super.submit(transaction);
            tell(() -> "sends " + Auditor.brief(transaction.id()) + ": " + result);
            return result;
          });
    }

    @Override
    public TransactionStatus status(
        SignedTransaction transaction, Address wallet, List<Asset> assets) {
      return around("a status", () -> super.status(transaction, wallet, assets));
    }
  }

  private final class LifeModel implements ModelBackend {
    private final ModelBackend behind;

    LifeModel(ModelBackend behind) {
      this.behind = behind;
    }

    @Override
    public String name() {
      return behind.name();
    }

    @Override
    public ChatReply chat(ChatRequest request) {
      return around("a model call", () -> behind.chat(request));
    }
  }
}
