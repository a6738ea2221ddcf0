package org.supercargo.testkit;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;

/// A signer with keys in memory. It gives one signature for each attempt, and the same one again
/// when it is asked again with the same bytes.
public final class FakeSigner implements Signer {
  private record AttemptKey(IntentId id, int attempt) {}

  private record Given(Bytes unsigned, SignAnswer.Signed answer) {}

  private record Taken(IntentId id, Reservation reservation, Instant at) {}

  private final @Nullable Mandate mandate;
  private final InstantSource clock;
  private final Map<AgentId, Map<ChainId, FakeKey>> keys = new HashMap<>();
  private final Map<AttemptKey, Given> given = new HashMap<>();
  private final Map<IntentId, List<Taken>> budget = new HashMap<>();
  private final Deque<SignAnswer.Refused> refusals = new ArrayDeque<>();
  private final Map<Integer, Runnable> surprises = new HashMap<>();
  private int unreachable;
  private int unreachableAfterwards;

  private FakeSigner(@Nullable Mandate mandate, InstantSource clock) {
    this.mandate = mandate;
    this.clock = clock;
  }

  /// Signs whatever its keys can sign.
  public static FakeSigner trusting() {
    return new FakeSigner(null, InstantSource.system());
  }

  /// Judges every intent and the effects of its bytes, with a budget of its own.
  public static FakeSigner judging(Mandate mandate, InstantSource clock) {
    return new FakeSigner(mandate, clock);
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

  /// Cannot be reached by the next requests.
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

  /// How many attempts have a signature.
  public synchronized int signatures() {
    return given.size();
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
    var attempt = new AttemptKey(request.id(), request.attempt());
    Given before = given.get(attempt);
    if (before != null) {
      return before.unsigned().equals(request.unsigned())
          ? before.answer()
          : new SignAnswer.Refused(
              "one signature", "other bytes were signed for attempt " + request.attempt());
    }
    if (!refusals.isEmpty()) {
      return refusals.remove();
    }
    FakeKey key = keys.getOrDefault(request.id().agent(), Map.of()).get(request.chain());
    if (key == null) {
      return new SignAnswer.Refused("keys", "there is no key for this agent and chain");
    }
    var codec = new FakeCodec(request.chain().namespace());
    Address wallet = codec.address(request.chain(), key.publicKey());
    SignAnswer.Refused refusal = mandate == null ? null : judge(mandate, request, wallet, codec);
    if (refusal != null) {
      return refusal;
    }
    surprises.getOrDefault(given.size() + 1, () -> {}).run();
    Bytes payload;
    try {
      payload = codec.signingPayload(request.chain(), request.unsigned(), wallet);
    } catch (IllegalArgumentException e) {
      return new SignAnswer.Refused("bytes", String.valueOf(e.getMessage()));
    }
    var signed = codec.assemble(request.chain(), request.unsigned(), wallet, key.sign(payload));
    var answer = new SignAnswer.Signed(signed.id(), signed.bytes());
    given.put(attempt, new Given(request.unsigned(), answer));
    return answer;
  }

  private SignAnswer.@Nullable Refused judge(
      Mandate mandate, SignRequest request, Address wallet, FakeCodec codec) {
    Instant now = clock.instant();
    return switch (mandate.judge(request.intent(), facts(mandate, request.id(), now))) {
      case Verdict.Deny deny -> new SignAnswer.Refused(deny.rule(), deny.reason());
      case Verdict.NeedsApproval approval ->
          new SignAnswer.Refused(approval.rule(), approval.reason());
      case Verdict.Allow allow -> {
        Verdict.Deny denial =
            mandate.judgeEffects(
                request.intent(),
                allow.rule(),
                wallet,
                codec.decode(
                    request.chain(), request.unsigned(), wallet, new HashSet<>(List.of(wallet))));
        if (denial != null) {
          yield new SignAnswer.Refused(denial.rule(), denial.reason());
        }
        budget.put(
            request.id(),
            allow.reservations().stream()
                .map(reservation -> new Taken(request.id(), reservation, now))
                .toList());
        yield null;
      }
    };
  }

  /// What other intents than this one have taken.
  private Facts facts(Mandate mandate, IntentId self, Instant now) {
    var spent = new HashMap<BudgetKey, BigInteger>();
    for (BudgetKey key : mandate.budgets()) {
      BigInteger sum =
          budget.values().stream()
              .flatMap(List::stream)
              .filter(taken -> !taken.id().equals(self))
              .filter(taken -> taken.reservation().rule().equals(key.rule()))
              .filter(taken -> taken.reservation().unit().equals(key.unit()))
              .filter(taken -> !taken.at().isBefore(now.minus(key.window())))
              .map(taken -> taken.reservation().baseUnits())
              .reduce(BigInteger.ZERO, BigInteger::add);
      spent.put(key, sum);
    }
    return new Facts(now, spent);
  }
}
