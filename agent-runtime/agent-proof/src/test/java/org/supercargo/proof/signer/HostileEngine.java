package org.supercargo.proof.signer;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.proof.owner.Consent;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.owner.Parties;
import org.supercargo.proof.owner.Taken;
import org.supercargo.proof.reading.EvmReading;
import org.supercargo.proof.reading.Outflow;
import org.supercargo.proof.reading.SignedReading;
import org.supercargo.proof.reading.SolanaReading;

/// An engine that builds what the attacker wants and asks the signer for it. It keeps the account
/// of what it got, by reading the bytes and not by asking anyone.
public final class HostileEngine {
  /// A request still to be made.
  record Ask(
      IntentId id,
      int attempt,
      Intent intent,
      Bytes bytes,
      Evidence evidence,
      long fence,
      long known) {
    Ask as(IntentId other, int number) {
      return new Ask(other, number, intent, bytes, evidence, fence, known);
    }

    Ask with(Evidence other) {
      return new Ask(id, attempt, intent, bytes, other, fence, known);
    }

    Ask under(long lease) {
      return new Ask(id, attempt, intent, bytes, evidence, lease, known);
    }

    Ask knowing(long signatures) {
      return new Ask(id, attempt, intent, bytes, evidence, fence, signatures);
    }
  }

  private final AgentId agent;
  private final Signer signer;
  private final boolean naive;
  private final Vault vault;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<ChainId, SolanaReading> solana;
  private final EvmReading evm;
  private final Map<AgentId, List<Taken>> taken = new HashMap<>();
  private final Map<AgentId, Long> signatures = new HashMap<>();
  private final List<Consent> consents = new ArrayList<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Honest honest;
  private Instant last = Instant.MIN;
  private long tick;
  private int requests;

  HostileEngine(
      AgentId agent,
      Signer signer,
      Vault vault,
      Readings readings,
      Clock clock,
      RandomGenerator random) {
    this.agent = agent;
    this.signer = signer;
    this.naive = signer instanceof NaiveSigner;
    this.vault = vault;
    this.clock = clock;
    this.random = random;
    this.solana = readings.solana();
    this.evm = readings.evm();
    this.honest = new Honest(vault.word(), random, clock);
  }

  OwnerWord word() {
    return vault.word();
  }

  Parties parties() {
    return vault.parties();
  }

  Honest honest() {
    return honest;
  }

  RandomGenerator random() {
    return random;
  }

  AgentId agent() {
    return agent;
  }

  Clock clock() {
    return clock;
  }

  Signer signer() {
    return signer;
  }

  @SafeVarargs
  final <T> T pick(T... some) {
    return some[random.nextInt(some.length)];
  }

  /// From `least` to `most`, both of them too.
  long number(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  BigInteger big(long least, long most) {
    return BigInteger.valueOf(number(least, most));
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  IntentId fresh() {
    return new IntentId(new TickId(agent, ++tick), 0);
  }

  /// A request as an honest engine would make it, but for the intent and the bytes.
  Ask of(Intent intent, Bytes bytes) {
    return new Ask(
        fresh(), 1, intent, bytes, honest.evidence(intent), 1, signatures.getOrDefault(agent, 0L));
  }

  boolean ask(Intent intent, Bytes bytes) {
    return ask(of(intent, bytes));
  }

  /// Proposes honestly and builds what it proposes.
  boolean ask(Intent intent) {
    return ask(intent, honest.bytes(intent));
  }

  /// Asks for one signature over the same bytes under several names.
  void smuggle(Bytes bytes, List<Intent> claims) {
    for (Intent claim : claims) {
      ask(claim, bytes);
    }
  }

  /// @return whether it was signed
  boolean ask(Ask ask) {
    requests++;
    ChainId chain = ask.intent().chain();
    SignAnswer answer;
    try {
      answer =
          signer.sign(
              new SignRequest(
                  ask.id(),
                  ask.attempt(),
                  chain,
                  ask.intent(),
                  ask.bytes(),
                  validity(chain),
                  ask.fence(),
                  ask.known(),
                  ask.evidence()));
    } catch (SupercargoException | IllegalArgumentException e) {
      count("threw: " + e.getClass().getSimpleName());
      return false;
    }
    return switch (answer) {
      case SignAnswer.Refused refused -> count(refused.rule());
      case SignAnswer.Halted halted -> count("halted: " + halted.cause());
      case SignAnswer.Signed signed -> take(ask, chain, signed);
    };
  }

  private Validity validity(ChainId chain) {
    return chain.equals(ChainId.SOLANA)
        ? new Validity.UntilHeight(number(1_000, 1_000_000))
        : new Validity.Nonce(number(1, 1_000_000));
  }

  private boolean count(String answer) {
    answers.merge(answer, 1, Integer::sum);
    return false;
  }

  private boolean take(Ask ask, ChainId chain, SignAnswer.Signed signed) {
    count("signed");
    AgentId asked = ask.id().agent();
    signatures.merge(asked, 1L, Long::sum);
    Address wallet = parties().wallet(chain);
    List<Outflow> outflows =
        naive || SignedReading.covers(wallet, ask.bytes(), signed.bytes())
            ? read(wallet, ask.bytes())
            : List.of(new Outflow.Ruin(chain, "something else is signed"));
    // A clock that was turned back is no reason to spend again: the owner's day goes on.
    last = clock.instant().isBefore(last) ? last : clock.instant();
    String excludes =
        SignedReading.exclusion(wallet, ask.bytes())
            .map(exclusion -> chain + " " + exclusion)
            .orElse(signed.transaction().text());
    List<Taken> before = taken.computeIfAbsent(asked, _ -> new ArrayList<>());
    boolean known =
        before.stream()
            .anyMatch(each -> each.excludes().equals(excludes) && each.outflows().equals(outflows));
    if (!known) {
      before.add(new Taken(last, excludes, outflows));
    }
    return true;
  }

  private List<Outflow> read(Address wallet, Bytes bytes) {
    SolanaReading reading = solana.get(wallet.chain());
    return reading == null ? evm.read(bytes, clock.instant()) : reading.read(bytes);
  }

  void consent(Consent consent) {
    consents.add(consent);
  }

  Map<AgentId, List<Taken>> taken() {
    return taken;
  }

  List<Consent> consents() {
    return consents;
  }

  Map<String, Integer> answers() {
    return answers;
  }

  int requests() {
    return requests;
  }
}
