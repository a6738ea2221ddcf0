package org.supercargo.testkit.simulation;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.ForwardingChain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.testkit.engine.ForwardedStore;
import org.supercargo.testkit.engine.ForwardedTransaction;

/// What a [Sabotage] puts between the engine and the world.
final class Defects {
  private Defects() {}

  /// A chain that takes what it does not see for dead.
  static final class ImpatientChain extends ForwardingChain {
    ImpatientChain(Chain chain) {
      super(chain);
    }

    @Override
    public TransactionStatus status(
        SignedTransaction transaction, Address wallet, List<Asset> assets) {
      TransactionStatus status = super.status(transaction, wallet, assets);
      return status instanceof TransactionStatus.Unseen
          ? new TransactionStatus.Dead("it was not seen")
          : status;
    }
  }

  /// The newest lease of an agent, whoever holds it.
  private static Lease newest(World world, Lease held) {
    Lease newest = world.auditor.lease(world.captain(held.agent()));
    return Objects.requireNonNullElse(newest, held);
  }

  /// A store that takes every write as if the newest holder of the lease made it.
  static final class UnfencedStore extends ForwardedStore {
    private final World world;

    UnfencedStore(World world, AgentStore store) {
      super(store);
      this.world = world;
    }

    @Override
    public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
      return super.transact(newest(world, lease), work);
    }
  }

  /// A signer that takes every request as if the newest holder of the lease made it.
  record UnfencedSigner(World world, Signer signer) implements Signer {
    @Override
    public Map<ChainId, Address> wallets(AgentId agent) {
      return signer.wallets(agent);
    }

    @Override
    public Standing enter(AgentId agent, long fence) {
      return signer.enter(agent, fence);
    }

    @Override
    public List<GivenSignature> history(AgentId agent, long after, int limit) {
      return signer.history(agent, after, limit);
    }

    @Override
    public SignAnswer sign(SignRequest request) {
      Lease newest = world.auditor.lease(world.captain(request.id().agent()));
      long fence = newest == null ? 0 : newest.fence();
      return signer.sign(
          new SignRequest(
              request.id(),
              request.attempt(),
              request.chain(),
              request.intent(),
              request.unsigned(),
              request.validity(),
              Math.max(fence, request.fence()),
              request.known(),
              request.evidence()));
    }
  }

  /// A store whose transactions do something else than they say.
  static final class AlteredStore extends ForwardedStore {
    private final UnaryOperator<StoreTransaction> change;

    AlteredStore(AgentStore store, UnaryOperator<StoreTransaction> change) {
      super(store);
      this.change = change;
    }

    @Override
    public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
      return super.transact(lease, transaction -> work.apply(change.apply(transaction)));
    }
  }

  /// Budgets of which half is forgotten.
  static final class HalfCounted extends ForwardedTransaction {
    HalfCounted(StoreTransaction transaction) {
      super(transaction);
    }

    @Override
    public BigInteger reserved(BudgetQuestion question) {
      return super.reserved(question).shiftRight(1);
    }
  }

  /// Budgets of which one rule's are forgotten.
  static final class Uncounted extends ForwardedTransaction {
    private final String rule;

    Uncounted(StoreTransaction transaction, String rule) {
      super(transaction);
      this.rule = rule;
    }

    @Override
    public BigInteger reserved(BudgetQuestion question) {
      return question.rule().equals(rule) ? BigInteger.ZERO : super.reserved(question);
    }
  }

  /// A ledger in which entries of one kind are not posted.
  static final class Unposted extends ForwardedTransaction {
    private final String kind;

    Unposted(StoreTransaction transaction, String kind) {
      super(transaction);
      this.kind = kind;
    }

    @Override
    public boolean post(LedgerEntry entry) {
      return entry.key().startsWith(kind) || super.post(entry);
    }
  }
}
