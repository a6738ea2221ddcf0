package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.engine.WitnessedChain;

/// What one node says of a transaction, and what others make of it.
final class WitnessedChainTest {
  private static final TransactionId ID = new TransactionId(ChainId.BASE, "0x01");
  private static final Address WALLET = new Address(ChainId.BASE, "wallet");
  private static final SignedTransaction TRANSACTION =
      new SignedTransaction(ID, Bytes.EMPTY, new Validity.Nonce(1));
  private static final TransactionStatus UNSEEN = new TransactionStatus.Unseen();
  private static final TransactionStatus SEEN = new TransactionStatus.Seen(7);
  private static final TransactionStatus DEAD = new TransactionStatus.Dead("nonce 1 is used");
  private static final TransactionStatus PAID = ended(null, -5);
  private static final TransactionStatus FAILED = ended("reverted", 0);

  private static TransactionStatus ended(@Nullable String error, long change) {
    var changes =
        List.of(new BalanceChange(AssetId.nativeOf(ChainId.BASE), BigInteger.valueOf(change)));
    return new TransactionStatus.Final(
        new Receipt(ID, 7, error, changes, BigInteger.ONE, BigInteger.ZERO));
  }

  private static Chain saying(TransactionStatus status, String genesis) {
    return (Chain)
        Proxy.newProxyInstance(
            Chain.class.getClassLoader(),
            new Class<?>[] {Chain.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "id" -> ChainId.BASE;
                  case "genesis" -> genesis;
                  case "status" -> status;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static TransactionStatus believed(TransactionStatus node, TransactionStatus... others) {
    List<Chain> witnesses = List.of(others).stream().map(status -> saying(status, "one")).toList();
    return new WitnessedChain(saying(node, "one"), witnesses)
        .status(TRANSACTION, WALLET, List.of());
  }

  @Test
  void without_witnesses_a_node_is_believed() {
    assertThat(List.of(UNSEEN, SEEN, DEAD, PAID, FAILED))
        .allMatch(each -> believed(each).equals(each));
  }

  @Test
  void dead_is_what_all_nodes_call_dead() {
    assertThat(believed(DEAD, DEAD, DEAD)).isEqualTo(DEAD);
    assertThat(List.of(UNSEEN, SEEN, PAID, FAILED))
        .allMatch(other -> believed(DEAD, DEAD, other).equals(UNSEEN));
  }

  @Test
  void final_is_what_all_nodes_call_final_with_the_same_result() {
    assertThat(believed(PAID, PAID)).isEqualTo(PAID);
    assertThat(List.of(UNSEEN, SEEN, DEAD, FAILED))
        .allMatch(other -> believed(PAID, other).equals(SEEN));
  }

  @Test
  void what_another_node_has_seen_is_not_unseen() {
    assertThat(believed(UNSEEN, UNSEEN, SEEN)).isEqualTo(SEEN);
    assertThat(believed(UNSEEN, DEAD)).isEqualTo(UNSEEN);
  }

  @Test
  void a_witness_of_another_network_is_refused() {
    assertThatThrownBy(
            () -> new WitnessedChain(saying(SEEN, "one"), List.of(saying(SEEN, "other"))))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("belongs to another network");
  }
}
