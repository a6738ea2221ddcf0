package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Receipt;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.TokenDomain;

/// Whatever nodes answer meanwhile, a payment is never said to be dead that lands, nor final that
/// does not; and once they agree, what is said is what happened.
class PaymentOnUnreliableNodesTest {
  private static final int CASES = 150;
  private static final long FIRST_SEED = 20_261_124;
  private static final int STEPS = 60;
  private static final TestWallet WALLET = TestWallet.of(79);
  private static final EvmAddress TOKEN =
      EvmAddress.parse("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
  private static final Asset USDC = new Asset(AssetId.token(TOKEN.on(ChainId.BASE)), "USDC", 6);
  private static final BigInteger VALUE = BigInteger.valueOf(2_500_000);

  /// How a payment may end.
  private enum End {
    USED,
    CANCELED,
    EXPIRED
  }

  @Test
  void no_answer_of_a_lagging_or_forked_node_makes_a_wrong_end() {
    var ends = new EnumMap<End, Integer>(End.class);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      ends.merge(endOf(seed), 1, Integer::sum);
    }
    assertThat(ends).as("every end is among the cases").containsOnlyKeys(End.values());
  }

  private static End endOf(long seed) {
    var random = new Random(seed);
    int confirmations = 2 + random.nextInt(5);
    PaymentAuthorization authorization = authorization(random);
    var nodes = new UnreliableNodes(random, authorization, confirmations);
    var chain =
        new EvmChain(
            ChainId.BASE,
            URI.create("http://127.0.0.1:1"),
            nodes,
            EvmSettings.BASE.withConfirmations(confirmations).withLogRange(1 + random.nextInt(50)));
    SignedTransaction signed = WALLET.sign(authorization.bytes(), 0);
    for (int step = 0; step < STEPS; step++) {
      nodes.moveOn();
      int at = step;
      answer(chain, signed)
          .ifPresent(status -> requireTrue(status, nodes, "seed " + seed + ", step " + at));
    }
    nodes.becomeReliable();
    while (!nodes.isOver()) {
      nodes.moveOn();
    }
    // The newest branch may be shorter than the one it replaced.
    for (int block = 0; block < 2 * confirmations; block++) {
      nodes.moveOn();
    }
    TransactionStatus last = chain.status(signed, WALLET.address(), List.of(USDC));
    requireTrue(last, nodes, "seed " + seed + ", at last");
    assertThat(last)
        .as("seed %s: when all is final, an end is known", seed)
        .isInstanceOfAny(TransactionStatus.Final.class, TransactionStatus.Dead.class);
    return nodes
        .end()
        .map(end -> end.event() == UnreliableNodes.Event.USE ? End.USED : End.CANCELED)
        .orElse(End.EXPIRED);
  }

  private static Optional<TransactionStatus> answer(EvmChain chain, SignedTransaction signed) {
    try {
      return Optional.of(chain.status(signed, WALLET.address(), List.of(USDC)));
    } catch (SupercargoException failure) {
      assertThat(failure.category())
          .as(failure.what())
          .isIn(SupercargoException.Category.TRANSIENT, SupercargoException.Category.EXTERNAL);
      return Optional.empty();
    }
  }

  private static void requireTrue(TransactionStatus status, UnreliableNodes nodes, String where) {
    Optional<UnreliableNodes.Block> end = nodes.end();
    switch (status) {
      case TransactionStatus.Final(Receipt receipt) -> {
        assertThat(end).as(where).isPresent();
        assertThat(end.get().event()).as(where).isEqualTo(UnreliableNodes.Event.USE);
        assertThat(nodes.isFinal(end.get())).as(where).isTrue();
        assertThat(receipt.position()).as(where).isEqualTo(end.get().number());
        assertThat(receipt.transaction().text()).as(where).isEqualTo(end.get().transaction());
        assertThat(receipt.changes())
            .as(where)
            .containsExactly(new BalanceChange(USDC.id(), VALUE.negate()));
      }
      case TransactionStatus.Dead(String proof) -> {
        boolean canceled =
            end.filter(block -> block.event() == UnreliableNodes.Event.CANCELLATION)
                .filter(nodes::isFinal)
                .isPresent();
        boolean used = end.filter(one -> one.event() == UnreliableNodes.Event.USE).isPresent();
        assertThat(used).as("%s: used, but %s", where, proof).isFalse();
        assertThat(canceled || nodes.isOver()).as("%s: %s", where, proof).isTrue();
      }
      case TransactionStatus.Seen _, TransactionStatus.Unseen _ -> {}
    }
  }

  private static PaymentAuthorization authorization(Random random) {
    byte[] nonce = new byte[32];
    random.nextBytes(nonce);
    return new PaymentAuthorization(
        new TokenDomain("USD Coin", "2", new BigInteger(ChainId.BASE.reference()), TOKEN),
        EvmAddress.of(WALLET.address()),
        EvmAddress.parse("0x3535353535353535353535353535353535353535"),
        VALUE,
        1_790_000_000,
        1_790_000_000 + 20 + random.nextInt(80),
        Bytes.of(nonce));
  }
}
