package org.supercargo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.testkit.ChainFaults.Reorganisation;
import org.supercargo.testkit.ChainFaults.Submission;

/// The faults of a fake chain are the ones they are called by, and no more.
final class FakeChainTest {
  private final ScriptedFaults faults = new ScriptedFaults();
  private final FakeChain chain =
      new FakeChain(FakeChain.Settings.likeBase().withBlocksByHand(), new ManualClock(), faults);
  private final FakeWallet wallet = new FakeWallet(chain);

  private void mine(int blocks) {
    for (int count = 0; count < blocks; count++) {
      chain.mine();
    }
  }

  @Test
  void blocks_come_with_the_clock() {
    var clock = new ManualClock();
    var timed = new FakeChain(FakeChain.Settings.likeSolana(), clock, faults);
    assertThat(timed.height()).isZero();
    clock.advance(Duration.ofMillis(399));
    assertThat(timed.height()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(timed.height()).isEqualTo(1);
    clock.advance(Duration.ofHours(1));
    assertThat(timed.height()).isEqualTo(9_001);
  }

  @Test
  void a_transaction_is_seen_in_a_block_and_final_only_deeper_down() {
    SignedTransaction signed = wallet.signed("1");
    assertThat(wallet.submit(signed)).isEqualTo(new SubmitResult.Accepted());
    assertThat(wallet.status(signed)).isEqualTo(new TransactionStatus.Unseen());
    mine(1);
    assertThat(wallet.status(signed)).isEqualTo(new TransactionStatus.Seen(1));
    mine(2);
    assertThat(wallet.status(signed)).isInstanceOf(TransactionStatus.Seen.class);
    mine(1);
    assertThat(wallet.status(signed)).isInstanceOf(TransactionStatus.Final.class);
  }

  @ParameterizedTest
  @EnumSource(Submission.class)
  void each_fate_of_a_submission_is_what_it_says(Submission fate) {
    SignedTransaction signed = wallet.signed("1");
    faults.submissions(fate);
    switch (fate) {
      case DELIVERED, DROPPED, DUPLICATED, DELAYED ->
          assertThat(wallet.submit(signed)).isEqualTo(new SubmitResult.Accepted());
      case REPLY_LOST ->
          assertThat(wallet.submit(signed)).isInstanceOf(SubmitResult.NoAnswer.class);
      case ANSWERED_WITH_ERROR ->
          assertThat(wallet.submit(signed)).isInstanceOf(SubmitResult.Rejected.class);
      case CALL_FAILED, CALL_FAILED_AFTERWARDS ->
          assertThatThrownBy(() -> wallet.submit(signed))
              .isInstanceOfSatisfying(
                  SupercargoException.class,
                  failure ->
                      assertThat(failure.category())
                          .isEqualTo(SupercargoException.Category.TRANSIENT));
    }
    mine(1);
    assertThat(chain.landings(signed.id()))
        .as("landed in the first block after %s", fate)
        .isEqualTo(
            switch (fate) {
              case DROPPED, CALL_FAILED, DELAYED -> 0;
              case DELIVERED, REPLY_LOST, ANSWERED_WITH_ERROR, DUPLICATED, CALL_FAILED_AFTERWARDS ->
                  1;
            });
    mine(11);
    assertThat(wallet.paid())
        .as("paid in the end after %s", fate)
        .isEqualTo(fate == Submission.DROPPED || fate == Submission.CALL_FAILED ? "0" : "1");
    assertThat(chain.submissions(signed.id())).isEqualTo(1);
  }

  @Test
  void a_reorganisation_unsees_a_transaction_that_then_lands_again() {
    SignedTransaction signed = wallet.signed("1");
    wallet.submit(signed);
    mine(2);
    assertThat(wallet.paid()).isEqualTo("1");
    long height = chain.height();
    chain.reorganise(new Reorganisation(2, false));
    assertThat(chain.height()).isEqualTo(height);
    assertThat(wallet.status(signed)).isEqualTo(new TransactionStatus.Unseen());
    assertThat(wallet.paid()).isEqualTo("0");
    mine(1);
    assertThat(wallet.paid()).isEqualTo("1");
    assertThat(chain.landings(signed.id())).isEqualTo(1);
  }

  @Test
  void a_reorganisation_may_forget_a_transaction_until_it_is_sent_again() {
    SignedTransaction signed = wallet.signed("1");
    wallet.submit(signed);
    mine(1);
    chain.reorganise(new Reorganisation(1, true));
    mine(5);
    assertThat(wallet.paid()).isEqualTo("0");
    wallet.submit(signed);
    mine(1);
    assertThat(wallet.paid()).isEqualTo("1");
  }

  @Test
  void final_blocks_are_never_reorganised() {
    SignedTransaction signed = wallet.signed("1");
    wallet.submit(signed);
    mine(4);
    chain.reorganise(new Reorganisation(100, true));
    assertThat(wallet.status(signed)).isInstanceOf(TransactionStatus.Final.class);
  }

  @Test
  void a_node_may_pretend_for_a_while_not_to_have_seen_anything() {
    SignedTransaction signed = wallet.signed("1");
    wallet.submit(signed);
    mine(4);
    faults.hide(2);
    assertThat(wallet.status(signed)).isEqualTo(new TransactionStatus.Unseen());
    assertThat(wallet.status(signed)).isEqualTo(new TransactionStatus.Unseen());
    assertThat(wallet.status(signed)).isInstanceOf(TransactionStatus.Final.class);
  }

  @Test
  void a_node_may_ask_to_slow_down_at_any_call() {
    faults.failCalls(1);
    assertThatThrownBy(wallet::paid).hasMessageContaining("asks to slow down");
    assertThat(wallet.paid()).isEqualTo("0");
  }

  @Test
  void a_gap_in_the_numbering_keeps_a_transaction_waiting() {
    SignedTransaction first = wallet.signed("1");
    wallet.submit(first);
    SignedTransaction second = wallet.signed("2");
    chain.reorganise(new Reorganisation(0, false));
    mine(1);
    wallet.submit(second);
    mine(1);
    assertThat(wallet.paid()).isEqualTo("3");
  }

  @Test
  void bytes_that_were_changed_after_signing_never_land() {
    SignedTransaction signed = wallet.signed("1");
    byte[] bytes = signed.bytes().toArray();
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      var forged =
          new SignedTransaction(
              new TransactionId(chain.id(), FakeKey.sha256(Bytes.of(changed)).hex()),
              Bytes.of(changed),
              signed.validity());
      assertThat(chain.submit(forged))
          .as("bytes changed at %s", at)
          .isInstanceOf(SubmitResult.Rejected.class);
    }
    mine(2);
    assertThat(wallet.paid()).isEqualTo("0");
  }

  @Test
  void a_node_may_claim_that_what_will_land_is_dead() {
    SignedTransaction signed = wallet.signed("1");
    wallet.submit(signed);
    faults.claimDeath(1);
    assertThat(wallet.status(signed)).isInstanceOf(TransactionStatus.Dead.class);
    mine(4);
    faults.claimDeath(1);
    assertThat(wallet.status(signed))
        .as("what is final is not denied")
        .isInstanceOf(TransactionStatus.Final.class);
    assertThat(wallet.paid()).isEqualTo("1");
  }

  @Test
  void another_node_has_its_own_faults_and_the_same_blocks() {
    var others = new ScriptedFaults();
    Chain other = chain.node(others);
    others.hide(1).failCalls(0);
    SignedTransaction signed = wallet.signed("1");
    wallet.submit(signed);
    mine(1);
    assertThat(wallet.status(signed)).isInstanceOf(TransactionStatus.Seen.class);
    assertThat(other.status(signed, wallet.address, List.of()))
        .isEqualTo(new TransactionStatus.Unseen());
    assertThat(other.status(signed, wallet.address, List.of()))
        .isInstanceOf(TransactionStatus.Seen.class);
    assertThat(other.genesis()).isEqualTo(chain.genesis());
  }

  @Test
  void a_node_that_lags_knows_only_what_is_final() {
    var lagging =
        chain.node(
            new ChainFaults() {
              @Override
              public Submission submission() {
                return Submission.DELIVERED;
              }

              @Override
              public boolean failsCall() {
                return false;
              }

              @Override
              public boolean hidesTransaction() {
                return false;
              }

              @Override
              public @Nullable Reorganisation reorganisation() {
                return null;
              }

              @Override
              public boolean lags() {
                return true;
              }
            });
    wallet.submit(wallet.signed("1"));
    mine(3);
    assertThat(wallet.paid()).isEqualTo("1");
    assertThat(lagging.balance(wallet.payee, wallet.token).number()).isEqualTo("0");
    assertThat(lagging.nextNonce(wallet.address)).isZero();
    mine(1);
    assertThat(lagging.balance(wallet.payee, wallet.token).number()).isEqualTo("1");
    assertThat(lagging.nextNonce(wallet.address)).isEqualTo(1);
  }

  @Test
  void a_contract_does_what_it_was_deployed_with_and_others_do_nothing() {
    Address contract = FakeCodec.account(chain.id(), "contract");
    Amount none = Amount.zero(chain.nativeAsset());
    Amount value = Amount.parse("0.5", chain.nativeAsset());
    var call = new Intent.Call(contract, "claim(uint256)", List.of("7"), value, value);
    var nothing = new Intent.Call(contract, "claim(uint256)", List.of("7"), none, none);
    assertThat(land(nothing)).isNull();
    assertThat(wallet.paid()).isEqualTo("0");
    chain.deploy(
        contract,
        made ->
            List.of(
                new Effect.Move(
                    wallet.token.id(),
                    wallet.address,
                    wallet.payee,
                    new BigInteger(made.arguments().getFirst()))));
    assertThat(land(call)).isNull();
    assertThat(wallet.paid()).isEqualTo("0.000007");
    assertThat(chain.balance(contract, chain.nativeAsset()).number()).isEqualTo("0.5");
    chain.deploy(contract, _ -> List.of(new Effect.Undecodable("it reverts")));
    assertThat(land(call)).contains("it reverts");
    assertThat(wallet.paid()).isEqualTo("0.000007");
  }

  private @Nullable String land(Intent intent) {
    var request = new DraftRequest(intent, wallet.address, null, chain.nextNonce(wallet.address));
    Draft draft = chain.prepare(request);
    assertThat(
            new FakeCodec("eip155")
                .decode(chain.id(), draft.unsigned(), wallet.address, DecodingHints.NONE))
        .isEqualTo(draft.effects());
    SignedTransaction signed = wallet.sign(draft);
    wallet.submit(signed);
    mine(4);
    return chain.landed().getLast().error();
  }

  @Test
  void a_payment_is_an_authorization_without_a_fee_or_a_number() {
    var payment =
        new Intent.Payment(
            new Payee("shop", wallet.payee, Provenance.TOOL),
            Amount.parse("2", wallet.token),
            "api.example.com",
            "/weather");
    Draft draft = chain.prepare(new DraftRequest(payment, wallet.address, null, 0));
    assertThat(draft.validity()).isInstanceOf(Validity.UntilHeight.class);
    assertThat(draft.effects()).noneMatch(Effect.Fee.class::isInstance);
    var codec = new FakeCodec("eip155");
    assertThat(codec.exclusion(chain.id(), draft.unsigned(), wallet.address)).isEmpty();
    wallet.submit(wallet.sign(draft));
    mine(4);
    assertThat(wallet.paid()).isEqualTo("2");
    assertThat(chain.nextNonce(wallet.address)).isZero();
    assertThat(chain.landed().getLast().cost()).isZero();
    assertThat(codec.exclusion(chain.id(), wallet.prepare("1").unsigned(), wallet.address))
        .contains("nonce 0");
  }

  @Test
  void an_allowance_lets_its_spender_take_so_much_and_no_more() {
    Address spender = FakeCodec.account(chain.id(), "spender");
    Amount two = Amount.parse("2", wallet.token);
    var approval = new Effect.Approval(wallet.token.id(), wallet.address, spender, two.baseUnits());
    var bytes =
        new FakeTransaction(
            chain.id(), wallet.address, new Validity.Nonce(0), "", List.of(approval));
    wallet.submit(
        wallet.sign(
            new Draft(
                bytes.encode(),
                bytes.validity(),
                List.of(),
                new Simulation(null, List.of(), List.of()))));
    mine(1);
    chain.takeByAllowance(wallet.address, spender, two);
    assertThat(chain.balance(wallet.address, wallet.token).number()).isEqualTo("8");
    assertThatThrownBy(() ->
            chain.takeByAllowance(wallet.address, spender, Amount.ofBaseUnits(wallet.token, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_million_empty_blocks_pass_in_no_time_and_what_waits_lands_or_dies_on_the_way() {
    var clock = new ManualClock();
    var timed = new FakeChain(FakeChain.Settings.likeSolana(), clock, faults);
    var holder = new FakeWallet(timed);
    SignedTransaction landing = holder.signed("1");
    SignedTransaction late = holder.signed("2");
    holder.submit(landing);
    clock.advance(Duration.ofDays(400));
    assertThat(timed.height()).isEqualTo(86_400_000L);
    assertThat(holder.status(landing)).isInstanceOf(TransactionStatus.Final.class);
    assertThat(timed.landed().getFirst().height()).isEqualTo(1);
    assertThat(holder.status(late)).isInstanceOf(TransactionStatus.Dead.class);
  }

  @Test
  void seeded_faults_are_the_same_every_time_and_end() {
    var first = new SeededFaults(7, 50, 20);
    var second = new SeededFaults(7, 50, 20);
    int happened = 0;
    for (int call = 0; call < 1_000; call++) {
      Submission submission = first.submission();
      assertThat(second.submission()).as("call %s of seed 7", call).isEqualTo(submission);
      happened += submission == Submission.DELIVERED ? 0 : 1;
    }
    assertThat(happened).isEqualTo(20);
  }

  @Test
  void a_model_whose_script_ran_out_says_what_it_was_asked() {
    ScriptedModel model = ScriptedModel.inOrder();
    var request = new ChatRequest("", List.of(new ChatMessage.Owner("pay alice")), List.of());
    assertThatThrownBy(() -> model.chat(request))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("script has 0 replies")
        .hasMessageContaining("pay alice");
    assertThat(model.requests()).containsExactly(request);
  }
}
