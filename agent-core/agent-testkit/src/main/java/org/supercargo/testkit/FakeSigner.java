package org.supercargo.testkit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;

/// A signer with keys and a log in memory, as strict as a real one.
///
/// It gives one signature for each attempt, and the same one again when it is asked again with the
/// same bytes. For an intent it signs one movement, and another one only when all earlier ones are
/// dead by the evidence or can never land beside it.
public final class FakeSigner implements Signer {
  private final boolean trusting;
  private final InstantSource clock;
  private final Map<AgentId, AgentSpec> specs = new HashMap<>();
  private final Map<AgentId, SignedBefore> memories = new HashMap<>();
  private final Map<AgentId, Map<ChainId, FakeKey>> keys = new HashMap<>();
  private final Deque<SignAnswer.Refused> refusals = new ArrayDeque<>();
  private final Map<Integer, Runnable> surprises = new HashMap<>();
  private boolean stopped;
  private int unreachable;
  private int unreachableAfterwards;

  private FakeSigner(boolean trusting, InstantSource clock) {
    this.trusting = trusting;
    this.clock = clock;
  }

  /// Signs whatever its keys can sign, and judges nothing.
  public static FakeSigner trusting() {
    return new FakeSigner(true, InstantSource.system());
  }

  /// Judges every intent and the effects of its bytes, by the files it is given and with sums of
  /// its own.
  public static FakeSigner judging(InstantSource clock) {
    return new FakeSigner(false, clock);
  }

  /// Gives it an agent's file, or a newer version of it.
  public synchronized FakeSigner withAgent(AgentSpec spec) {
    specs.put(spec.id(), spec);
    memory(spec.id())
        .adopt(
            spec.addressBook().entries().values().stream().flatMap(Collection::stream).toList(),
            clock.instant());
    return this;
  }

  /// Lets an agent use the key of this name on a chain.
  public synchronized FakeSigner withKey(AgentId agent, ChainId chain, String name) {
    keys.computeIfAbsent(agent, _ -> new HashMap<>()).put(chain, FakeKey.named(name));
    return this;
  }

  /// Refuses the next request for an attempt that has no signature yet.
  public synchronized FakeSigner refuseNext(String rule, String reason) {
    refusals.add(new SignAnswer.Refused(rule, reason));
    return this;
  }

  /// Cannot be reached by the next requests for a signature.
  public synchronized FakeSigner unreachable(int requests) {
    unreachable += requests;
    return this;
  }

  /// Can be reached again at once.
  public synchronized FakeSigner reachable() {
    unreachable = 0;
    unreachableAfterwards = 0;
    return this;
  }

  /// Signs at the next requests, but the answers are lost.
  public synchronized FakeSigner loseAnswers(int requests) {
    unreachableAfterwards += requests;
    return this;
  }

  /// Runs something just before the signature of this number is given, counted from 1.
  public synchronized FakeSigner beforeSignature(int number, Runnable surprise) {
    surprises.put(number, surprise);
    return this;
  }

  /// From now on it signs nothing.
  public synchronized FakeSigner stop() {
    stopped = true;
    return this;
  }

  /// Signs again after [#stop()].
  public synchronized FakeSigner resume() {
    stopped = false;
    return this;
  }

  /// Loses the log of an agent's signatures and fences, as if its file had been thrown away.
  public synchronized FakeSigner forget(AgentId agent) {
    memory(agent).forget();
    return this;
  }

  /// How many attempts have a signature.
  public synchronized int signatures() {
    return memories.values().stream().mapToInt(SignedBefore::size).sum();
  }

  private SignedBefore memory(AgentId agent) {
    return memories.computeIfAbsent(agent, _ -> new SignedBefore());
  }

  @Override
  public synchronized Map<ChainId, Address> wallets(AgentId agent) {
    var wallets = new HashMap<ChainId, Address>();
    keys.getOrDefault(agent, Map.of())
        .forEach((chain, key) ->
            wallets.put(chain, new FakeCodec(chain.namespace()).address(chain, key.publicKey())));
    return Map.copyOf(wallets);
  }

  @Override
  public synchronized Standing enter(AgentId agent, long fence) {
    SignedBefore memory = memory(agent);
    var standing = new Standing(memory.fence(), memory.size());
    memory.fence(fence);
    return standing;
  }

  @Override
  public synchronized List<GivenSignature> history(AgentId agent, long after, int limit) {
    return memory(agent).history(after, limit);
  }

  @Override
  public synchronized SignAnswer sign(SignRequest request) {
    if (unreachable > 0) {
      unreachable--;
      throw gone();
    }
    SignAnswer answer = answer(request);
    if (unreachableAfterwards > 0) {
      unreachableAfterwards--;
      throw gone();
    }
    return answer;
  }

  private static SupercargoException gone() {
    return SupercargoException.transientFailure("The signer cannot be reached", "Start it.", null);
  }

  private SignAnswer answer(SignRequest request) {
    AgentId agent = request.id().agent();
    SignedBefore memory = memory(agent);
    SignAnswer.Halted halted = halted(request, memory);
    if (halted != null) {
      return halted;
    }
    memory.fence(request.fence());
    SignedBefore.Entry before = memory.find(request.id(), request.attempt()).orElse(null);
    if (before != null) {
      // Not judged again: the signature may be out, and a refusal would free a budget it spends.
      return before.given().unsigned().equals(request.unsigned())
          ? before.answer()
          : new SignAnswer.Refused(
              "one signature", "other bytes were signed for attempt " + request.attempt());
    }
    SignAnswer.Halted unequal = unequal(request, memory);
    if (unequal != null) {
      return unequal;
    }
    if (!refusals.isEmpty()) {
      return refusals.remove();
    }
    FakeKey key = keys.getOrDefault(agent, Map.of()).get(request.chain());
    if (key == null || request.attempt() < 1) {
      return new SignAnswer.Refused("keys", "there is no key for this agent and chain");
    }
    return judged(request, memory, key);
  }

  private SignAnswer.@Nullable Halted halted(SignRequest request, SignedBefore memory) {
    if (stopped) {
      return new SignAnswer.Halted(
          SignAnswer.Cause.STOPPED, "The signer is stopped", "Let it go on when all is well.");
    }
    if (request.fence() < memory.fence()) {
      return new SignAnswer.Halted(
          SignAnswer.Cause.FENCED,
          "Fence " + request.fence() + " is old, " + memory.fence() + " was seen",
          "Stop this process.");
    }
    return null;
  }

  private static SignAnswer.@Nullable Halted unequal(SignRequest request, SignedBefore memory) {
    if (request.known() < memory.size()) {
      return new SignAnswer.Halted(
          SignAnswer.Cause.BOOKS_BEHIND,
          "The books hold " + request.known() + " signatures of " + memory.size(),
          "Take the agent again, so that its books are put right.");
    }
    if (request.known() > memory.size()) {
      return new SignAnswer.Halted(
          SignAnswer.Cause.LOG_BEHIND,
          "The log holds " + memory.size() + " signatures of " + request.known(),
          "Put the newest log back.");
    }
    return null;
  }

  private SignAnswer judged(SignRequest request, SignedBefore memory, FakeKey key) {
    var codec = new FakeCodec(request.chain().namespace());
    Address wallet = codec.address(request.chain(), key.publicKey());
    Instant now = Instant.ofEpochMilli(clock.millis());
    FakeJudge.Allowed allowed;
    if (trusting) {
      allowed = trusted(request, wallet, codec);
    } else {
      AgentSpec spec = specs.get(request.id().agent());
      if (spec == null) {
        return new SignAnswer.Refused("agent file", "the signer was given no file of the agent");
      }
      FakeJudge.Outcome outcome = new FakeJudge(spec, memory, now).judge(request, wallet, codec);
      if (outcome.refused() != null) {
        return outcome.refused();
      }
      allowed = outcome.allowed();
    }
    return allowed == null
        ? new SignAnswer.Refused("judge", "nothing was judged")
        : signed(request, memory, key, wallet, allowed, now);
  }

  private static FakeJudge.Allowed trusted(SignRequest request, Address wallet, FakeCodec codec) {
    boolean moves =
        codec
            .decode(
                request.chain(),
                request.unsigned(),
                wallet,
                org.supercargo.api.chain.DecodingHints.of(request.intent()))
            .stream()
            .noneMatch(Effect.Approval.class::isInstance);
    return new FakeJudge.Allowed(request.intent(), "trust", moves, List.of(), List.of(), List.of());
  }

  private SignAnswer signed(
      SignRequest request,
      SignedBefore memory,
      FakeKey key,
      Address wallet,
      FakeJudge.Allowed allowed,
      Instant now) {
    surprises.getOrDefault(signatures() + 1, () -> {}).run();
    var codec = new FakeCodec(request.chain().namespace());
    Bytes payload;
    String exclusion;
    try {
      payload = codec.signingPayload(request.chain(), request.unsigned(), wallet);
      exclusion = codec.exclusion(request.chain(), request.unsigned(), wallet).orElse(null);
    } catch (IllegalArgumentException e) {
      return new SignAnswer.Refused("bytes", String.valueOf(e.getMessage()));
    }
    TransactionCodec.Signed signed =
        codec.assemble(request.chain(), request.unsigned(), wallet, key.sign(payload));
    var answer = new SignAnswer.Signed(signed.id(), signed.bytes());
    var given =
        new GivenSignature(
            memory.size() + 1L,
            request.id(),
            request.attempt(),
            allowed.moves(),
            allowed.proposal(),
            allowed.rule(),
            allowed.reservations(),
            request.unsigned(),
            request.validity(),
            now);
    memory.add(
        new SignedBefore.Entry(given, answer, allowed.charges(), exclusion), allowed.replaces());
    return answer;
  }
}
