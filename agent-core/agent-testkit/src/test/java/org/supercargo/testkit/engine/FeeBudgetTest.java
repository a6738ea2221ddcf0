package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.testkit.FakeChain;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// What transactions may cost is bounded to the base unit, whatever they pay.
final class FeeBudgetTest {
  private static final String ROLLING = "rolling: 0.2 SOL per 24h";
  private static final BigInteger MOST = BigInteger.valueOf(10_000_000);

  private Harbour harbour = harbour(ROLLING);

  private static Harbour harbour(String rolling) {
    return new Harbour(
        Harbour.FILE.replace(ROLLING, rolling), new ScriptedFaults(), new ScriptedFaults());
  }

  private Outcome run(ActionCall... calls) {
    ScriptedModel model = ScriptedModel.byTurn(Harbour.calls(calls), Harbour.answer("Done."));
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      return runtime.run(new Goal("Pay alice.")).outcome();
    }
  }

  private Outcome pay(String amount) {
    return run(Harbour.send("1", "alice", amount, "solana"));
  }

  private BigInteger reserved(ChainId chain) {
    return new Books(harbour, "fees")
        .reserved(Mandate.FEES, harbour.chain(chain).nativeAsset().id());
  }

  @Test
  void dust_that_no_other_cap_counts_ends_where_the_fees_do() {
    harbour = harbour("rolling: 0.02 SOL per 24h");
    assertThat(pay("0.000001 USDC")).as("opens an account").isEqualTo(Outcome.DONE);
    assertThat(reserved(ChainId.SOLANA)).isEqualTo(MOST);
    assertThat(pay("0.000002 USDC")).as("just fits").isEqualTo(Outcome.DONE);
    assertThat(reserved(ChainId.SOLANA)).isEqualTo(MOST.add(BigInteger.valueOf(5_000)));
    assertThat(pay("0.000003 USDC")).as("one fee too many").isEqualTo(Outcome.REFUSED);
    assertThat(harbour.solana.landed()).hasSize(2);
    harbour.clock.advance(Duration.ofHours(24).plusMinutes(1));
    assertThat(pay("0.000003 USDC")).as("a day later").isEqualTo(Outcome.DONE);
    new Books(harbour, "dust").mustBeTrue();
  }

  @Test
  void the_last_base_unit_of_the_budget_can_be_spent_and_not_one_more() {
    harbour = harbour("rolling: 0.020005 SOL per 24h");
    assertThat(pay("1 USDC")).isEqualTo(Outcome.DONE);
    assertThat(pay("2 USDC")).isEqualTo(Outcome.DONE);
    assertThat(pay("3 USDC")).isEqualTo(Outcome.DONE);
    assertThat(pay("4 USDC")).isEqualTo(Outcome.REFUSED);

    harbour = harbour("rolling: 0.020009999 SOL per 24h");
    pay("1 USDC");
    pay("2 USDC");
    assertThat(pay("3 USDC")).isEqualTo(Outcome.DONE);
    assertThat(pay("4 USDC")).as("one lamport is missing").isEqualTo(Outcome.REFUSED);

    harbour = harbour("rolling: 0.02001 SOL per 24h");
    pay("1 USDC");
    pay("2 USDC");
    pay("3 USDC");
    assertThat(pay("4 USDC")).as("no lamport is missing").isEqualTo(Outcome.DONE);
  }

  @Test
  void what_was_reserved_covers_what_the_chain_took() {
    run(
        Harbour.send("1", "alice", "2 USDC", "solana"),
        Harbour.send("2", "alice", "0.1 SOL", "solana"),
        Harbour.swap("3", "25 USDC", "0.0099 ETH"));
    for (FakeChain chain : java.util.List.of(harbour.solana, harbour.base)) {
      BigInteger took =
          chain.landed().stream()
              .map(FakeChain.Landed::cost)
              .reduce(BigInteger.ZERO, BigInteger::add);
      assertThat(took).isPositive();
      assertThat(reserved(chain.id())).isGreaterThanOrEqualTo(took);
    }
    assertThat(reserved(ChainId.BASE))
        .as("an approval and an exchange")
        .isEqualTo(BigInteger.valueOf(4_000_000_000_000L));
    new Books(harbour, "fees").mustBeTrue();
  }

  @Test
  void a_payment_that_was_never_signed_costs_nothing() {
    harbour.signer.refuseNext("own counter", "not now");
    assertThat(pay("1 USDC")).isEqualTo(Outcome.REFUSED);
    assertThat(reserved(ChainId.SOLANA)).isZero();
  }

  @Test
  void a_transaction_that_failed_has_cost_its_fee() {
    harbour.signer.beforeSignature(
        2,
        () ->
            harbour.venue.price(
                harbour.amount("2600", "USDC", ChainId.BASE),
                harbour.amount("1", "ETH", ChainId.BASE)));
    assertThat(run(Harbour.swap("1", "25 USDC", "0.0099 ETH"))).isEqualTo(Outcome.FAILED);
    assertThat(reserved(ChainId.BASE)).isEqualTo(BigInteger.valueOf(4_000_000_000_000L));
    new Books(harbour, "fees").mustBeTrue();
  }

  @Test
  void while_an_intent_is_open_the_most_it_may_still_cost_is_held() {
    harbour.signer.stop();
    run(Harbour.swap("1", "25 USDC", "0.0099 ETH"));
    assertThat(reserved(ChainId.BASE))
        .as("the approval's fee, and all that the exchange may cost")
        .isEqualTo(new BigInteger("1002000000000000"));
    harbour.signer.resume();
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      runtime.sweep();
    }
    assertThat(reserved(ChainId.BASE)).isEqualTo(BigInteger.valueOf(4_000_000_000_000L));
    new Books(harbour, "fees").mustBeTrue();
  }
}
