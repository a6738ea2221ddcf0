package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Intent;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Halted;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignInAnswer;
import org.supercargo.engine.signing.SignInRequest;
import org.supercargo.engine.signing.SignInSigner;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.signer.Judging.Judgement;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.log.Grounds;
import org.supercargo.signer.log.SigningLog;
import org.supercargo.signer.log.SigningRecord;

/// Signs what the owner's mandate allows, and believes nothing the engine says.
///
/// It decodes the bytes itself, judges them against the mandate it read itself and the sums of its
/// own log, writes the log, and only then lets the signature go. What may be signed twice for one
/// intent, and how it counts, [Conflicts] tells.
///
/// One process at a time asks for an agent, one request after the other: the number of signatures
/// in its books must be the log's, so a request made while another is under way is turned away.
///
/// Safe for use by several threads.
public final class SigningService implements Signer, SignInSigner, AutoCloseable {
  private static final String REQUEST = "request";
  private static final String AGENT = "agent file";
  private static final String BYTES = "transaction bytes";
  private static final String ATTEMPT = "one signature per attempt";

  /// Four times what any of the chains takes as a transaction.
  private static final int LONGEST_TRANSACTION = 128 << 10;

  private static final int LONGEST_INTENT = 64 << 10;

  /// Longer than any address or name of a host; each one is kept in memory.
  private static final int LONGEST_COUNTERPARTY = 256;

  private final Map<AgentId, AgentSpec> specs;
  private final Map<AgentId, Map<ChainId, Wallet>> wallets;
  private final SigningLog log;
  private final Stops stops;
  private final Gate gate;
  private final Judging judging;
  private final Conflicts conflicts;
  private final SignIns signIns;
  private final InstantSource clock;
  private final DomainJson json = new DomainJson();
  private final ReentrantLock turn = new ReentrantLock();

  /// Takes over the agent files, and opens the key of every wallet; the keys stay open until
  /// [#close()].
  ///
  /// @param agents as the signer itself read them from the owner's files
  /// @param codecs one for each namespace of chains the agents have wallets on
  /// @param switches where stops are looked for
  /// @throws SupercargoException of category USER if two agents have one name, a file is older than
  ///   one signed by before, a key is missing or does not open, or no codec understands a wallet's
  ///   chain
  public SigningService(
      List<AgentFile> agents,
      KeyStore keys,
      List<TransactionCodec> codecs,
      SigningLog log,
      StopSwitch switches,
      InstantSource clock) {
    new Adoptions(log).adopt(agents, clock.instant());
    this.specs =
        agents.stream().map(AgentFile::spec).collect(Collectors.toMap(AgentSpec::id, spec -> spec));
    this.wallets = new WalletOpener(keys, codecs).open(List.copyOf(specs.values()));
    this.log = log;
    this.stops = new Stops(switches, log, clock);
    this.gate = new Gate(stops, log);
    this.judging = new Judging(log);
    this.conflicts = new Conflicts(log);
    this.signIns = new SignIns(log, gate, clock);
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

  /// What it sees now. No signature is made by anyone else's request while this is answered.
  public SignerHealth health() {
    return inTurn(() ->
        new SignerHealth(specs.size(), log.signatures(), log.head(), stops.all(specs.keySet())));
  }

  /// @throws SupercargoException of category USER if it has no file of the agent
  @Override
  public Standing enter(AgentId agent, long fence) {
    if (!specs.containsKey(agent) || fence < 0) {
      throw SupercargoException.user(
          "The signer was given no file of the agent " + agent, "Start it with --agent FILE.");
    }
    return inTurn(() -> gate.enter(agent, fence));
  }

  @Override
  public List<GivenSignature> history(AgentId agent, long after, int limit) {
    return page(agent, after, limit, Integer.MAX_VALUE);
  }

  /// @param size bytes of JSON after which it stops, though never before the first
  public List<GivenSignature> page(AgentId agent, long after, int limit, int size) {
    return inTurn(
        () -> log.history(agent, after, limit, size).stream().map(SigningRecord::given).toList());
  }

  /// Whether an answer must not leave any more.
  public @Nullable Halted stopped(AgentId agent) {
    return inTurn(() -> gate.stopped(agent));
  }

  private <T extends @Nullable Object> T inTurn(Supplier<T> action) {
    turn.lock();
    try {
      return action.get();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public SignInAnswer signIn(SignInRequest request) {
    AgentSpec spec = specs.get(request.agent());
    Wallet wallet = wallets.getOrDefault(request.agent(), Map.of()).get(request.chain());
    return spec == null || wallet == null
        ? SignIns.unknown(request)
        : inTurn(() -> signIns.answer(request, spec, wallet));
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    AgentSpec spec = specs.get(request.id().agent());
    if (spec == null) {
      return new Refused(
          AGENT, "the signer was given no file of the agent " + request.id().agent());
    }
    if (request.intent() instanceof Intent.Order) {
      return new Refused(REQUEST, "an order has no bytes to sign");
    }
    Wallet wallet = wallets.getOrDefault(spec.id(), Map.of()).get(request.chain());
    if (wallet == null) {
      return new Refused(AGENT, "the agent has no wallet on " + request.chain().name());
    }
    if (request.attempt() < 1
        || request.fence() < 0
        || !request.intent().chain().equals(request.chain())) {
      return new Refused(REQUEST, "the attempt, the lease or the chain does not fit the intent");
    }
    if (request.unsigned().size() > LONGEST_TRANSACTION
        || request.intent().counterparty().length() > LONGEST_COUNTERPARTY
        || json.write(request.intent()).length() > LONGEST_INTENT) {
      return new Refused(REQUEST, "it is larger than any transaction");
    }
    return inTurn(() -> signInTurn(request, spec, wallet));
  }

  private SignAnswer signInTurn(SignRequest request, AgentSpec spec, Wallet wallet) {
    Halted halted = gate.stopped(spec.id());
    if (halted == null) {
      halted = gate.fenced(spec.id(), request.fence());
    }
    if (halted != null) {
      return halted;
    }
    List<SigningRecord> before = log.find(request.id());
    SigningRecord same =
        before.stream()
            .filter(each -> each.attempt() == request.attempt())
            .findFirst()
            .orElse(null);
    if (same != null && isRepeated(same, request, wallet)) {
      return repeated(same, wallet);
    }
    halted = gate.apart(spec.id(), request.known());
    if (halted != null) {
      return halted;
    }
    return same == null
        ? judged(request, spec, wallet, before)
        : new Refused(
            ATTEMPT,
            "attempt " + request.attempt() + " of " + request.id() + " is signed over other bytes");
  }

  private static boolean isRepeated(SigningRecord same, SignRequest request, Wallet wallet) {
    return same.wallet().equals(wallet.address()) && same.unsigned().equals(request.unsigned());
  }

  /// The answer to a request that was answered with a signature before. It is not judged again: the
  /// signature may be out, and a refusal now would make the engine free a budget that may be spent.
  private SignAnswer repeated(SigningRecord same, Wallet wallet) {
    TransactionCodec.Signed signed =
        wallet
            .codec()
            .assemble(
                wallet.address().chain(), same.unsigned(), wallet.address(), same.signature());
    return leaving(same, signed);
  }

  private SignAnswer judged(
      SignRequest request, AgentSpec spec, Wallet wallet, List<SigningRecord> before) {
    Proposal proposal = Proposal.of(request.intent(), spec);
    Intent intent = proposal.intent();
    if (intent == null) {
      return new Refused(AGENT, proposal.objection());
    }
    Candidate candidate = Candidate.of(request, spec, wallet, intent);
    Refused conflict = conflicts.refusal(candidate, before);
    if (conflict != null) {
      return conflict;
    }
    SigningRecord replaced = conflicts.replaced(candidate, before);
    Instant now = log.time(clock.instant());
    return switch (judging.judge(candidate, replaced, now)) {
      case Judgement.Denied denied -> denied.refused();
      case Judgement.Allowed allowed -> signed(candidate, allowed, replaced, now);
    };
  }

  private SignAnswer signed(
      Candidate candidate,
      Judgement.Allowed allowed,
      @Nullable SigningRecord replaced,
      Instant now) {
    SignRequest request = candidate.request();
    Wallet wallet = candidate.wallet();
    Address address = wallet.address();
    if (candidate.fault() != null) {
      return unsignable(candidate.fault());
    }
    Bytes signature;
    TransactionCodec.Signed signed;
    try {
      signature =
          wallet
              .key()
              .sign(wallet.codec().signingPayload(request.chain(), request.unsigned(), address));
      signed = wallet.codec().assemble(request.chain(), request.unsigned(), address, signature);
    } catch (IllegalArgumentException e) {
      return unsignable(String.valueOf(e.getMessage()));
    }
    // Whatever fails from here on, the signature above is dropped and no one has seen it.
    Halted halted = gate.stopped(request.id().agent());
    if (halted != null) {
      return halted;
    }
    SigningRecord record = record(candidate, allowed, replaced, signed, signature, now);
    log.append(record);
    return leaving(record, signed);
  }

  private static Refused unsignable(String fault) {
    return new Refused(BYTES, "the wallet cannot sign them: " + fault);
  }

  /// The last look before a signature leaves.
  private SignAnswer leaving(SigningRecord record, TransactionCodec.Signed signed) {
    Halted halted = gate.stopped(record.agent());
    return halted == null ? new SignAnswer.Signed(signed.id(), signed.bytes()) : halted;
  }

  private SigningRecord record(
      Candidate candidate,
      Judgement.Allowed allowed,
      @Nullable SigningRecord replaced,
      TransactionCodec.Signed signed,
      Bytes signature,
      Instant now) {
    SignRequest request = candidate.request();
    Address address = candidate.wallet().address();
    boolean excludes = replaced != null && replaced.excludes(address, candidate.exclusion());
    Charges charges = Charges.of(allowed.reservations(), replaced, excludes);
    return new SigningRecord(
        now,
        log.signatures(request.id().agent()) + 1,
        request.id(),
        request.attempt(),
        candidate.step(),
        replaced == null ? 0 : replaced.number(),
        address,
        candidate.intent(),
        allowed.rule(),
        charges.reservations(),
        charges.carried(),
        request.unsigned(),
        candidate.exclusion(),
        request.validity(),
        request.fence(),
        signed.id(),
        signature,
        new Grounds(
            digest(json.write(request.evidence())),
            request.evidence().deaths(),
            allowed.approvals()));
  }

  private static Bytes digest(String text) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("This JDK has no SHA-256", e);
    }
  }

  /// Overwrites the private keys.
  @Override
  public void close() {
    inTurn(() -> {
      wallets.values().forEach(byChain -> byChain.values().forEach(each -> each.key().close()));
      return specs;
    });
  }
}
