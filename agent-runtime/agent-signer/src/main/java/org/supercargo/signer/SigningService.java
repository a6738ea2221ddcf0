package org.supercargo.signer;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.log.SignedIntent;
import org.supercargo.signer.log.SignedIntent.SignedAttempt;
import org.supercargo.signer.log.SigningLog;
import org.supercargo.signer.log.SigningRecord;
import org.supercargo.signer.log.SigningStep;

/// Signs what the owner's mandate allows, and believes nothing the engine says.
///
/// It decodes the bytes itself, judges them against the mandate it read itself and the sums of its
/// own log, writes the log, and only then lets the signature go. For one intent it signs one
/// approval and one movement at the most, whatever becomes of them, because either may still land.
///
/// Safe for use by several threads.
public final class SigningService implements Signer, AutoCloseable {
  private static final String REQUEST = "request";
  private static final String AGENT = "agent file";
  private static final String BYTES = "transaction bytes";
  private static final String ATTEMPT = "one signature per attempt";
  private static final String INTENT = "one proposal per intent";
  private static final String EFFECT = "one effect per intent";
  private static final String TRANSACTION = "one intent per transaction";

  private final Map<AgentId, AgentSpec> specs = new HashMap<>();
  private final Map<AgentId, Map<ChainId, Wallet>> wallets;
  private final SigningLog log;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock();

  /// Opens the key of every wallet; the keys stay open until [#close()].
  ///
  /// @param agents as the signer itself read them from the owner's files
  /// @param codecs one for each namespace of chains the agents have wallets on
  /// @throws SupercargoException of category USER if two agents have one name, a key is missing or
  ///   does not open, or no codec understands a wallet's chain
  public SigningService(
      List<AgentSpec> agents,
      KeyStore keys,
      List<TransactionCodec> codecs,
      SigningLog log,
      InstantSource clock) {
    for (AgentSpec spec : agents) {
      if (specs.put(spec.id(), spec) != null) {
        throw SupercargoException.user(
            "Two agent files are called " + spec.id(), "Give every agent its own name.");
      }
    }
    this.wallets = new WalletOpener(keys, codecs).open(agents);
    this.log = log;
    this.clock = clock;
  }

  @Override
  public Map<ChainId, Address> wallets(AgentId agent) {
    var addresses = new HashMap<ChainId, Address>();
    wallets
        .getOrDefault(agent, Map.of())
        .forEach((chain, wallet) -> addresses.put(chain, wallet.address()));
    return Map.copyOf(addresses);
  }

  public SignerHealth health() {
    turn.lock();
    try {
      return new SignerHealth(specs.size(), log.records(), log.head());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    AgentSpec spec = specs.get(request.id().agent());
    if (spec == null) {
      return new Refused(
          AGENT, "the signer was given no file of the agent " + request.id().agent());
    }
    Wallet wallet = wallets.getOrDefault(spec.id(), Map.of()).get(request.chain());
    if (wallet == null) {
      return new Refused(AGENT, "the agent has no wallet on " + request.chain().name());
    }
    if (request.attempt() < 1 || !request.intent().chain().equals(request.chain())) {
      return new Refused(REQUEST, "the attempt or the chain does not fit the intent");
    }
    Bytes digest = SigningRecord.digest(request.unsigned());
    turn.lock();
    try {
      SignAnswer known = repeated(request, wallet, digest);
      return known == null ? judged(request, spec, wallet, digest) : known;
    } finally {
      turn.unlock();
    }
  }

  /// The answer to a request that was answered with a signature before. It is not judged again: the
  /// signature may be out, and a refusal now would make the engine free a budget that may be spent.
  private @Nullable SignAnswer repeated(SignRequest request, Wallet wallet, Bytes digest) {
    Optional<SignedAttempt> before =
        log.find(request.id()).flatMap(signed -> signed.attempt(request.attempt()));
    if (before.isEmpty()) {
      return null;
    }
    if (!before.get().fingerprint().equals(SignedAttempt.fingerprint(wallet.address(), digest))) {
      return new Refused(
          ATTEMPT,
          "attempt " + request.attempt() + " of " + request.id() + " is signed over other bytes");
    }
    return signed(wallet.sign(request.unsigned()));
  }

  private SignAnswer judged(SignRequest request, AgentSpec spec, Wallet wallet, Bytes digest) {
    Proposal proposal = Proposal.of(request.intent(), spec);
    Intent intent = proposal.intent();
    if (intent == null) {
      return new Refused(AGENT, proposal.objection());
    }
    Instant now = clock.instant();
    return switch (spec.mandate().judge(intent, facts(request, spec, now))) {
      case Verdict.Deny deny -> new Refused(deny.rule(), deny.reason());
      case Verdict.NeedsApproval approval -> new Refused(approval.rule(), approval.reason());
      case Verdict.Allow allow -> {
        List<Effect> effects =
            wallet
                .codec()
                .decode(
                    request.chain(),
                    request.unsigned(),
                    wallet.address(),
                    Proposal.counterparties(intent));
        Verdict.Deny mismatch =
            spec.mandate().judgeEffects(intent, allow.rule(), wallet.address(), effects);
        yield mismatch == null
            ? allowed(request, intent, allow, wallet, digest, step(effects), now)
            : new Refused(mismatch.rule(), mismatch.reason());
      }
    };
  }

  private SignAnswer allowed(
      SignRequest request,
      Intent intent,
      Verdict.Allow allow,
      Wallet wallet,
      Bytes digest,
      SigningStep step,
      Instant now) {
    Refused conflict = conflict(request, intent, wallet, digest, step);
    if (conflict != null) {
      return conflict;
    }
    TransactionCodec.Signed signed;
    try {
      signed = wallet.sign(request.unsigned());
    } catch (IllegalArgumentException e) {
      return new Refused(BYTES, "the wallet cannot sign them: " + e.getMessage());
    }
    // Whatever fails from here on, the signature above is dropped and no one has seen it.
    log.append(
        new SigningRecord(
            now,
            request.id(),
            request.attempt(),
            step,
            wallet.address(),
            intent,
            allow.rule(),
            allow.reservations(),
            digest,
            signed.id()));
    return signed(signed);
  }

  private @Nullable Refused conflict(
      SignRequest request, Intent intent, Wallet wallet, Bytes digest, SigningStep step) {
    Bytes fingerprint = SignedAttempt.fingerprint(wallet.address(), digest);
    if (log.signedFor(fingerprint).isPresent()) {
      return new Refused(
          TRANSACTION,
          "the same transaction is signed for "
              + log.signedFor(fingerprint).get()
              + " already and lands only once");
    }
    SignedIntent before = log.find(request.id()).orElse(null);
    if (before == null) {
      return null;
    }
    if (before.has(SigningStep.MOVE) || before.has(step)) {
      return new Refused(EFFECT, "an earlier transaction of this intent may still land");
    }
    if (!log.isSameProposal(intent, before)) {
      return new Refused(INTENT, request.id() + " was signed for another proposal");
    }
    return null;
  }

  private Facts facts(SignRequest request, AgentSpec spec, Instant now) {
    var spent = new HashMap<BudgetKey, BigInteger>();
    for (BudgetKey key : spec.mandate().budgets()) {
      spent.put(key, log.spent(spec.id(), key, now.minus(key.window()), request.id()));
    }
    return new Facts(now, spent);
  }

  /// Judged effects hold exactly one movement: an approval, or one that moves value.
  private static SigningStep step(List<Effect> effects) {
    return effects.stream().anyMatch(Effect.Approval.class::isInstance)
        ? SigningStep.APPROVE
        : SigningStep.MOVE;
  }

  private static SignAnswer signed(TransactionCodec.Signed signed) {
    return new SignAnswer.Signed(signed.id(), signed.bytes());
  }

  /// Overwrites the private keys.
  @Override
  public void close() {
    turn.lock();
    try {
      wallets.values().forEach(byChain -> byChain.values().forEach(each -> each.key().close()));
    } finally {
      turn.unlock();
    }
  }
}
