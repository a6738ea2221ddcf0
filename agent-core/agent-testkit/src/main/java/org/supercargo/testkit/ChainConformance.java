package org.supercargo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Receipt;

/// What every [Chain] does, whatever is behind it. A subclass connects one and says how its time
/// passes; each test gets an instance of its own.
///
/// The wallet needs a whole unit of the native coin and ten of the token, and nobody else may use
/// it during a test.
public abstract class ChainConformance {
  private static final int PATIENCE = 2_000;

  protected abstract Chain chain();

  /// The account that pays, with funds.
  protected abstract Address wallet();

  /// Signs a draft with the wallet's key.
  protected abstract SignedTransaction sign(Draft draft);

  /// An account of someone else that can be paid.
  protected abstract Address payee();

  /// A token of which the wallet holds ten whole units or more.
  protected abstract Asset token();

  /// A good address of another chain family.
  protected abstract String foreignAddress();

  /// Lets some time pass: adds a block, turns the clock, or waits a little.
  protected abstract void moveOn();

  /// Lets time pass until blocks of this height can no longer become final with anything new in
  /// them. Called only on chains whose transactions are valid until a height.
  protected void passHeight(long height) {
    throw new UnsupportedOperationException("this chain's transactions expire by height");
  }

  /// Sends bytes that will fail, past any check a node makes beforehand.
  protected void sendUnchecked(SignedTransaction transaction) {
    chain().submit(transaction);
  }

  private Intent.Transfer transfer(Amount amount) {
    return new Intent.Transfer(new Payee("payee", payee(), Provenance.MANDATE), amount, "");
  }

  private Draft prepare(Amount amount, long nonce) {
    return chain().prepare(new DraftRequest(transfer(amount), wallet(), null, nonce));
  }

  private Draft prepare(Amount amount) {
    return prepare(amount, chain().nextNonce(wallet()));
  }

  private TransactionStatus status(SignedTransaction transaction) {
    return chain().status(transaction, wallet(), List.of(token()));
  }

  private Receipt send(SignedTransaction transaction) {
    chain().submit(transaction);
    return settled(transaction);
  }

  private Receipt settled(SignedTransaction transaction) {
    for (int tries = 0; tries < PATIENCE; tries++) {
      switch (status(transaction)) {
        case TransactionStatus.Final landed -> {
          return landed.receipt();
        }
        case TransactionStatus.Dead dead ->
            throw new AssertionError(transaction.id() + " is dead: " + dead.proof());
        case TransactionStatus.Unseen _, TransactionStatus.Seen _ -> moveOn();
      }
    }
    throw new AssertionError(transaction.id() + " did not become final");
  }

  /// What the wallet holds, in base units.
  private record Holdings(BigInteger coin, BigInteger token) {
    Holdings less(Holdings other) {
      return new Holdings(coin.subtract(other.coin), token.subtract(other.token));
    }
  }

  private Holdings holdings() {
    return new Holdings(
        chain().balance(wallet(), chain().nativeAsset()).baseUnits(),
        chain().balance(wallet(), token()).baseUnits());
  }

  private static Amount share(Asset asset, String number) {
    return Amount.parse(number, asset);
  }

  private void receiptExplains(Receipt receipt, Holdings before, Holdings after) {
    Holdings gained = after.less(before);
    var expected = new ArrayList<BalanceChange>();
    expected.add(new BalanceChange(chain().nativeAsset().id(), gained.coin()));
    expected.add(new BalanceChange(token().id(), gained.token()));
    expected.removeIf(change -> change.baseUnits().signum() == 0);
    assertThat(receipt.changes())
        .as("changes in the receipt, and differences of balances")
        .filteredOn(change -> change.baseUnits().signum() != 0)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(receipt.fee()).as("fee").isPositive();
    assertThat(receipt.rent()).as("rent").isNotNegative();
  }

  @Test
  protected void a_payment_in_the_native_coin_changes_balances_as_its_receipt_says() {
    Asset coin = chain().nativeAsset();
    Amount amount = share(coin, "0.01");
    Holdings before = holdings();
    BigInteger payeeBefore = chain().balance(payee(), coin).baseUnits();

    SignedTransaction signed = sign(prepare(amount));
    Receipt receipt = send(signed);

    assertThat(receipt.transaction()).isEqualTo(signed.id());
    assertThat(receipt.error()).as("error").isNull();
    receiptExplains(receipt, before, holdings());
    assertThat(chain().balance(payee(), coin).baseUnits().subtract(payeeBefore))
        .as("what the payee received")
        .isEqualTo(amount.baseUnits());
    assertThat(before.less(holdings()).coin())
        .as("what the wallet spent: the amount, the fee and the rent")
        .isEqualTo(amount.baseUnits().add(receipt.fee()).add(receipt.rent()));
  }

  @Test
  protected void a_payment_in_a_token_changes_balances_as_its_receipt_says() {
    Amount amount = share(token(), "2.5");
    Holdings before = holdings();
    BigInteger payeeBefore = chain().balance(payee(), token()).baseUnits();

    Receipt receipt = send(sign(prepare(amount)));

    assertThat(receipt.error()).as("error").isNull();
    receiptExplains(receipt, before, holdings());
    assertThat(chain().balance(payee(), token()).baseUnits().subtract(payeeBefore))
        .as("what the payee received")
        .isEqualTo(amount.baseUnits());
    assertThat(before.less(holdings()).coin())
        .as("what it cost: the fee and the rent")
        .isEqualTo(receipt.fee().add(receipt.rent()));
  }

  @Test
  protected void a_draft_says_what_its_bytes_do_and_nothing_happens() {
    Amount amount = share(token(), "1");
    Holdings before = holdings();
    long nonce = chain().nextNonce(wallet());

    Draft draft = prepare(amount);

    assertThat(draft.effects())
        .filteredOn(Effect.Move.class::isInstance)
        .as("moves")
        .containsExactly(new Effect.Move(token().id(), wallet(), payee(), amount.baseUnits()));
    assertThat(draft.effects())
        .filteredOn(Effect.Fee.class::isInstance)
        .as("fees")
        .isNotEmpty()
        .allSatisfy(fee -> assertThat(((Effect.Fee) fee).payer()).isEqualTo(wallet()));
    assertThat(draft.effects())
        .as("nothing but a move, fees and an account for the payee")
        .allMatch(effect ->
            effect instanceof Effect.Move
                || effect instanceof Effect.Fee
                || effect instanceof Effect.AccountCreation);
    assertThat(draft.simulation().error()).as("prediction").isNull();
    moveOn();
    assertThat(holdings()).isEqualTo(before);
    assertThat(chain().nextNonce(wallet())).isEqualTo(nonce);
  }

  @Test
  protected void a_payment_the_wallet_cannot_make_is_predicted_to_fail() {
    Amount held = chain().balance(wallet(), token());
    var tooMuch = new Amount(token(), held.baseUnits().add(BigInteger.ONE));
    try {
      assertThat(prepare(tooMuch).simulation().error()).as("prediction").isNotNull();
    } catch (SupercargoException refusal) {
      assertThat(refusal.category())
          .as("an adapter may say so at once, and not as something that will pass")
          .isNotEqualTo(SupercargoException.Category.TRANSIENT);
      assertThat(refusal.what()).isNotBlank();
    }
  }

  @Test
  protected void the_same_bytes_sent_again_and_again_land_once() {
    Amount amount = share(token(), "1");
    BigInteger before = chain().balance(wallet(), token()).baseUnits();
    SignedTransaction signed = sign(prepare(amount));
    chain().submit(signed);
    chain().submit(signed);
    moveOn();
    chain().submit(signed);
    Receipt receipt = settled(signed);
    chain().submit(signed);
    moveOn();
    assertThat(settled(signed)).as("the receipt after another submission").isEqualTo(receipt);
    assertThat(before.subtract(chain().balance(wallet(), token()).baseUnits()))
        .as("what left the wallet")
        .isEqualTo(amount.baseUnits());
  }

  @Test
  protected void what_was_never_sent_is_unseen_and_provably_dead_in_the_end() {
    long nonce = chain().nextNonce(wallet());
    Draft draft = prepare(share(token(), "1"), nonce);
    SignedTransaction forgotten = sign(draft);
    Holdings before = holdings();
    assertThat(status(forgotten)).isEqualTo(new TransactionStatus.Unseen());
    switch (draft.validity()) {
      case Validity.UntilHeight until -> {
        passHeight(until.height());
        isDead(forgotten);
        chain().submit(forgotten);
        moveOn();
        isDead(forgotten);
        assertThat(holdings()).as("holdings after an expired submission").isEqualTo(before);
      }
      case Validity.Nonce _ -> {
        SignedTransaction other = sign(prepare(share(token(), "2"), nonce));
        assertThat(send(other).error()).isNull();
        isDead(forgotten);
        chain().submit(forgotten);
        moveOn();
        isDead(forgotten);
        assertThat(before.less(holdings()).token())
            .as("what left the wallet: the other payment only")
            .isEqualTo(share(token(), "2").baseUnits());
      }
      case Validity.UntilTime _ -> throw handedIn();
    }
  }

  private static AssertionError handedIn() {
    return new AssertionError("a transfer is sent by the wallet and handed in by nobody");
  }

  private void isDead(SignedTransaction transaction) {
    assertThat(status(transaction))
        .as("status of bytes that can never land")
        .isInstanceOf(TransactionStatus.Dead.class);
  }

  @Test
  protected void a_transaction_that_fails_is_final_and_costs_its_fee_alone() {
    BigInteger held = chain().balance(wallet(), token()).baseUnits();
    var most = new Amount(token(), held.multiply(BigInteger.valueOf(6)).divide(BigInteger.TEN));
    var rest = new Amount(token(), most.baseUnits().add(BigInteger.ONE));
    long nonce = chain().nextNonce(wallet());
    SignedTransaction first = sign(prepare(most, nonce));
    // Prepared while there is enough, sent when there no longer is.
    SignedTransaction second = sign(prepare(rest, nonce + 1));
    assertThat(send(first).error()).isNull();
    Holdings before = holdings();

    sendUnchecked(second);
    Receipt receipt = settled(second);

    assertThat(receipt.error()).as("error").isNotNull();
    assertThat(receipt.rent()).as("rent").isZero();
    receiptExplains(receipt, before, holdings());
    assertThat(before.less(holdings()))
        .as("what it cost")
        .isEqualTo(new Holdings(receipt.fee(), BigInteger.ZERO));
  }

  @Test
  protected void each_landed_transaction_counts_on_chains_that_count() {
    long before = chain().nextNonce(wallet());
    Draft draft = prepare(share(chain().nativeAsset(), "0.001"));
    send(sign(draft));
    switch (draft.validity()) {
      case Validity.UntilHeight _ -> assertThat(chain().nextNonce(wallet())).isZero();
      case Validity.Nonce nonce -> {
        assertThat(nonce.number()).isEqualTo(before);
        assertThat(chain().nextNonce(wallet())).isEqualTo(before + 1);
      }
      case Validity.UntilTime _ -> throw handedIn();
    }
  }

  @Test
  protected void a_good_address_reads_back_as_itself() {
    assertThat(chain().address(payee().text())).isEqualTo(payee());
    assertThat(payee().chain()).isEqualTo(chain().id());
  }

  @Test
  protected void what_is_no_address_here_is_refused_as_the_users_mistake() {
    String good = payee().text();
    for (String bad :
        List.of(
            "",
            " ",
            "alice",
            foreignAddress(),
            // Not just one character less or more: without a checksum that can be another address.
            good.substring(0, good.length() / 2),
            good + good,
            good.replace(good.charAt(good.length() - 3), '!'))) {
      assertThatThrownBy(() -> chain().address(bad))
          .as("\"%s\"", bad)
          .isInstanceOfSatisfying(
              SupercargoException.class,
              refusal ->
                  assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER));
    }
  }

  @Test
  protected void the_chain_knows_itself_and_its_assets() {
    assertThat(chain().nativeAsset().id()).isEqualTo(AssetId.nativeOf(chain().id()));
    assertThat(chain().genesis()).isNotBlank().isEqualTo(chain().genesis());
    assertThat(chain().decimals(token().id())).isEqualTo(token().decimals());
    assertThat(chain().decimals(chain().nativeAsset().id()))
        .isEqualTo(chain().nativeAsset().decimals());
  }
}
