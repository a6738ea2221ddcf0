package org.supercargo.plugin.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.supercargo.plugin.solana.LocalChain.SOL;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.p2p.solanaj.rpc.RpcClient;
import org.p2p.solanaj.rpc.RpcException;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Receipt;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// Against a real Solana virtual machine on this machine.
class SolanaChainTest {
  private static final long ONE_SOL = 1_000_000_000;
  private static final BigInteger TOKEN_ACCOUNT_RENT = BigInteger.valueOf(2_039_280);

  private static LocalChain local;

  @BeforeAll
  static void start() {
    local = new LocalChain();
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  @Test
  void a_payment_in_sol_arrives_and_its_receipt_equals_the_balances() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);

    Draft draft = local.draft(wallet, payee.address(), sol(250_000_000), "invoice 7");
    assertThat(draft.simulation().error()).isNull();
    assertThat(draft.effects())
        .contains(
            new Effect.Move(
                SOL.id(), wallet.address(), payee.address(), BigInteger.valueOf(250_000_000)),
            new Effect.Memo("invoice 7"))
        .noneMatch(Effect.Undecodable.class::isInstance);
    SignedTransaction signed = wallet.sign(draft);
    assertThat(local.chain.submit(signed)).isEqualTo(new SubmitResult.Accepted());
    Receipt receipt = local.settle(signed, wallet);

    assertThat(receipt.succeeded()).isTrue();
    assertThat(receipt.rent()).isZero();
    assertThat(change(receipt, SOL))
        .isEqualTo(receipt.fee().add(BigInteger.valueOf(250_000_000)).negate());
    assertThat(change(receipt, SOL)).isEqualTo(change(draft.simulation().changes(), SOL));
    assertThat(local.balance(wallet, SOL))
        .isEqualTo(BigInteger.valueOf(ONE_SOL).add(change(receipt, SOL)));
    assertThat(local.balance(payee, SOL)).isEqualTo(BigInteger.valueOf(ONE_SOL + 250_000_000));
    assertThat(fee(draft)).as("the fee paid is the most the bytes allow").isEqualTo(receipt.fee());
  }

  @Test
  void the_first_payment_in_usdc_creates_the_payees_account_and_the_second_does_not() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = TestWallet.create();
    Asset usdc = local.usdc();
    local.fund(wallet, usdc, 10_000_000);

    Draft first =
        local.draft(wallet, payee.address(), new Amount(usdc, BigInteger.valueOf(2_500_000)), "");
    Receipt firstReceipt = landed(wallet, first, usdc);
    Draft second = local.draft(wallet, payee.address(), new Amount(usdc, BigInteger.ONE), "");
    Receipt secondReceipt = landed(wallet, second, usdc);

    PublicKey account =
        ProgramAddress.associatedToken(
            payee.key(), PublicKey.parse(usdc.id().reference()), TokenProgram.TOKEN);
    assertThat(first.effects())
        .contains(
            new Effect.AccountCreation(
                wallet.address(),
                account.address(ChainId.SOLANA),
                payee.address(),
                TOKEN_ACCOUNT_RENT),
            new Effect.Move(
                usdc.id(), wallet.address(), payee.address(), BigInteger.valueOf(2_500_000)));
    assertThat(second.effects()).noneMatch(Effect.AccountCreation.class::isInstance);
    assertThat(firstReceipt.rent()).isEqualTo(TOKEN_ACCOUNT_RENT);
    assertThat(secondReceipt.rent()).isZero();
    assertThat(change(firstReceipt, SOL))
        .isEqualTo(firstReceipt.fee().add(TOKEN_ACCOUNT_RENT).negate());
    assertThat(change(secondReceipt, SOL)).isEqualTo(secondReceipt.fee().negate());
    assertThat(change(firstReceipt, usdc)).isEqualTo(BigInteger.valueOf(-2_500_000));
    assertThat(change(secondReceipt, usdc)).isEqualTo(BigInteger.ONE.negate());
    assertThat(first.simulation().changes()).containsExactlyElementsOf(firstReceipt.changes());
    assertThat(local.balance(wallet, usdc)).isEqualTo(BigInteger.valueOf(7_499_999));
    assertThat(local.balance(payee, usdc)).isEqualTo(BigInteger.valueOf(2_500_001));
  }

  @Test
  void a_token_2022_payment_is_settled_like_any_other() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = TestWallet.create();
    Asset cargo = local.cargo();
    local.fund(wallet, cargo, 5_000_000_000L);

    Draft draft =
        local.draft(
            wallet,
            payee.address(),
            new Amount(cargo, BigInteger.valueOf(3_000_000_001L)),
            "thanks");
    Receipt receipt = landed(wallet, draft, cargo);

    assertThat(draft.effects()).noneMatch(Effect.Undecodable.class::isInstance);
    assertThat(change(receipt, cargo)).isEqualTo(BigInteger.valueOf(-3_000_000_001L));
    assertThat(change(receipt, SOL)).isEqualTo(receipt.fee().add(receipt.rent()).negate());
    assertThat(receipt.rent()).isPositive();
    assertThat(local.balance(payee, cargo)).isEqualTo(BigInteger.valueOf(3_000_000_001L));
    assertThat(local.balance(wallet, cargo)).isEqualTo(BigInteger.valueOf(1_999_999_999));
  }

  @Test
  void an_independent_client_sees_the_same_balances() throws RpcException {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    Asset usdc = local.usdc();
    local.fund(wallet, usdc, 42);
    var solanaj = new RpcClient(local.rpc().toString()).getApi();
    var key = new org.p2p.solanaj.core.PublicKey(wallet.address().text());
    var mint = new org.p2p.solanaj.core.PublicKey(usdc.id().reference());

    assertThat(BigInteger.valueOf(solanaj.getBalance(key))).isEqualTo(local.balance(wallet, SOL));
    assertThat(
            solanaj.getTokenAccountBalance(solanaj.getTokenAccountsByOwner(key, mint)).getAmount())
        .isEqualTo(local.balance(wallet, usdc).toString());
    Draft draft = local.draft(wallet, TestWallet.create().address(), sol(5_000_000), "");
    SignedTransaction signed = wallet.sign(draft);
    assertThat(local.chain.submit(signed)).isEqualTo(new SubmitResult.Accepted());
    Receipt receipt = local.settle(signed, wallet);
    assertThat(solanaj.getTransaction(signed.id().text()).getMeta().getFee())
        .isEqualTo(receipt.fee().longValueExact());
  }

  @Test
  void sending_the_same_bytes_again_pays_once() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);
    SignedTransaction signed =
        wallet.sign(local.draft(wallet, payee.address(), sol(1_000_000), ""));

    assertThat(local.chain.submit(signed)).isEqualTo(new SubmitResult.Accepted());
    assertThat(local.chain.submit(signed)).isEqualTo(new SubmitResult.Accepted());
    local.settle(signed, wallet);
    assertThat(local.chain.submit(signed)).isEqualTo(new SubmitResult.Accepted());

    assertThat(local.balance(payee, SOL)).isEqualTo(BigInteger.valueOf(ONE_SOL + 1_000_000));
  }

  @Test
  void a_lost_reply_is_no_answer_and_the_payment_is_found_on_the_chain() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);
    SignedTransaction signed =
        wallet.sign(local.draft(wallet, payee.address(), sol(1_000_000), ""));

    local.loseNextReply();
    assertThat(local.chain.submit(signed)).isInstanceOf(SubmitResult.NoAnswer.class);
    assertThat(local.chain.submit(signed))
        .as("the resend of the same bytes")
        .isEqualTo(new SubmitResult.Accepted());

    assertThat(local.settle(signed, wallet).succeeded()).isTrue();
    assertThat(local.balance(payee, SOL)).isEqualTo(BigInteger.valueOf(ONE_SOL + 1_000_000));
  }

  @Test
  void a_dropped_transaction_is_unseen_until_the_same_bytes_are_sent_again() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);
    SignedTransaction signed =
        wallet.sign(local.draft(wallet, payee.address(), sol(1_000_000), ""));

    local.dropNext();
    assertThat(local.chain.submit(signed)).isEqualTo(new SubmitResult.Accepted());
    local.advance(10);
    assertThat(local.chain.status(signed, wallet.address(), List.of()))
        .isEqualTo(new TransactionStatus.Unseen());
    assertThat(local.chain.submit(signed)).isEqualTo(new SubmitResult.Accepted());

    assertThat(local.chain.status(signed, wallet.address(), List.of()))
        .isInstanceOf(TransactionStatus.Seen.class);
    assertThat(local.settle(signed, wallet).succeeded()).isTrue();
    assertThat(local.balance(payee, SOL)).isEqualTo(BigInteger.valueOf(ONE_SOL + 1_000_000));
  }

  @Test
  void an_expired_blockhash_ends_dead_and_nothing_lands() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);
    SignedTransaction signed =
        wallet.sign(local.draft(wallet, payee.address(), sol(1_000_000), ""));
    long last = ((Validity.UntilHeight) signed.validity()).height();

    local.advance(150);
    assertThat(local.chain.status(signed, wallet.address(), List.of()))
        .as("expired, but not finally")
        .isEqualTo(new TransactionStatus.Unseen());
    local.advance(10);
    SubmitResult late = local.chain.submit(signed);

    assertThat(late).isInstanceOf(SubmitResult.Rejected.class);
    assertThat(((SubmitResult.Rejected) late).reason()).containsIgnoringCase("blockhash not found");
    TransactionStatus status = local.chain.status(signed, wallet.address(), List.of());
    assertThat(status).isInstanceOf(TransactionStatus.Dead.class);
    assertThat(((TransactionStatus.Dead) status).proof())
        .contains("finalized block height", "past " + last, "found no transaction");
    assertThat(local.balance(wallet, SOL)).isEqualTo(BigInteger.valueOf(ONE_SOL));
    assertThat(local.balance(payee, SOL)).isEqualTo(BigInteger.valueOf(ONE_SOL));
  }

  @Test
  void a_transaction_that_fails_on_the_chain_is_reported_with_its_fee() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);
    Asset usdc = local.usdc();
    local.fund(wallet, usdc, 1_000);
    Amount all = new Amount(usdc, BigInteger.valueOf(1_000));
    SignedTransaction first = wallet.sign(local.draft(wallet, payee.address(), all, "one"));
    SignedTransaction second = wallet.sign(local.draft(wallet, payee.address(), all, "two"));

    assertThat(local.chain.submit(first)).isEqualTo(new SubmitResult.Accepted());
    SubmitResult refused = local.chain.submit(second);
    assertThat(refused).isInstanceOf(SubmitResult.Rejected.class);
    assertThat(((SubmitResult.Rejected) refused).reason()).contains("custom program error: 0x1");
    local.sendWithoutPreflight(second.bytes());

    assertThat(local.settle(first, wallet, usdc).succeeded()).isTrue();
    Receipt failed = local.settle(second, wallet, usdc);
    assertThat(failed.error())
        .isEqualTo("instruction 5 (Token) failed: insufficient funds (error 1)");
    assertThat(failed.fee()).isPositive();
    assertThat(change(failed, SOL)).isEqualTo(failed.fee().negate());
    assertThat(change(failed, usdc)).isZero();
    assertThat(failed.rent()).isZero();
  }

  @Test
  void a_payment_beyond_the_balance_fails_in_simulation_and_says_why() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);
    Asset usdc = local.usdc();
    local.fund(wallet, usdc, 5);
    assertThat(local.draft(wallet, payee.address(), sol(2 * ONE_SOL), "").simulation().error())
        .isEqualTo("instruction 3 (System) failed: not enough lamports (error 1)");
    assertThat(
            local
                .draft(wallet, payee.address(), new Amount(usdc, BigInteger.TEN), "")
                .simulation()
                .error())
        .isEqualTo("instruction 4 (Token) failed: insufficient funds (error 1)");
    assertThat(local.draft(wallet, TestWallet.create().address(), sol(1), "").simulation().error())
        .contains("less SOL than its rent exemption");
    TestWallet empty = TestWallet.create();
    assertThat(local.draft(empty, payee.address(), sol(1), "").simulation().error())
        .contains("never held any SOL");
  }

  @Test
  void payees_that_are_no_wallets_are_refused_before_anything_is_built() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    Asset usdc = local.usdc();
    local.fund(wallet, usdc, 5);
    PublicKey mint = PublicKey.parse(usdc.id().reference());
    PublicKey account = ProgramAddress.associatedToken(wallet.key(), mint, TokenProgram.TOKEN);
    assertRefused(wallet, mint, "is a token account or a mint, not a wallet");
    assertRefused(wallet, account, "is a token account or a mint, not a wallet");
    assertRefused(wallet, wallet.key(), "to itself changes nothing");
    assertRefused(wallet, TokenProgram.TOKEN_2022.address(), "is a program of Solana");
  }

  @Test
  void a_token_that_is_not_what_it_seems_is_refused() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);
    var asNine = new Asset(local.usdc().id(), "USDC", 9);
    var noMint = new Asset(AssetId.token(wallet.address()), "FAKE", 6);
    var absent = new Asset(AssetId.token(TestWallet.create().address()), "NONE", 6);
    assertThatThrownBy(
            () -> local.draft(wallet, payee.address(), new Amount(asNine, BigInteger.ONE), ""))
        .hasMessage("USDC has 6 decimals on the chain and 9 in the configuration");
    assertThatThrownBy(
            () -> local.draft(wallet, payee.address(), new Amount(noMint, BigInteger.ONE), ""))
        .hasMessageContaining("is not the mint of a token");
    assertThatThrownBy(
            () -> local.draft(wallet, payee.address(), new Amount(absent, BigInteger.ONE), ""))
        .hasMessageContaining("There is no token");
    assertThatThrownBy(() ->
            local.draft(wallet, payee.address(), new Amount(local.usdc(), BigInteger.ONE), ""))
        .hasMessageContaining("holds no USDC");
  }

  @Test
  void a_token_account_its_owner_gave_away_is_not_paid_into() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = TestWallet.create();
    Asset usdc = local.usdc();
    local.fund(wallet, usdc, 5);
    PublicKey mint = PublicKey.parse(usdc.id().reference());
    PublicKey account = ProgramAddress.associatedToken(payee.key(), mint, TokenProgram.TOKEN);
    local.placeTokenAccount(account, mint, TestWallet.create().key());
    assertThatThrownBy(
            () -> local.draft(wallet, payee.address(), new Amount(usdc, BigInteger.ONE), ""))
        .hasMessage("The token account " + account + " no longer belongs to " + payee.key());
    assertThat(local.balance(payee, usdc)).isZero();
  }

  @Test
  void rent_counts_only_what_was_added_to_an_account_that_held_sol_before() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = TestWallet.create();
    Asset usdc = local.usdc();
    local.fund(wallet, usdc, 5);
    PublicKey account =
        ProgramAddress.associatedToken(
            payee.key(), PublicKey.parse(usdc.id().reference()), TokenProgram.TOKEN);
    landed(wallet, local.draft(wallet, account.address(ChainId.SOLANA), sol(2_000_000), ""), usdc);
    Receipt receipt =
        landed(
            wallet,
            local.draft(wallet, payee.address(), new Amount(usdc, BigInteger.ONE), ""),
            usdc);
    assertThat(receipt.rent()).isEqualTo(39_280);
    assertThat(change(receipt, SOL)).isEqualTo(receipt.fee().add(receipt.rent()).negate());
  }

  @Test
  void a_swap_is_refused_with_a_clear_message() {
    TestWallet wallet = TestWallet.create();
    var swap = new Intent.Swap(sol(5), new Amount(local.usdc(), BigInteger.ONE), "jupiter");
    assertThatThrownBy(() -> local.chain.prepare(new DraftRequest(swap, wallet.address(), null, 0)))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("No venue on Solana built the swap");
    var call = new ContractCall(wallet.address(), BigInteger.ZERO, Bytes.EMPTY);
    assertThatThrownBy(() -> local.chain.prepare(new DraftRequest(swap, wallet.address(), call, 0)))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("a contract call names none");
  }

  @Test
  void the_chain_names_itself_and_its_assets() {
    var plugin = new SolanaPlugin(local.rpc(), request -> fail(), SolanaSettings.DEFAULT);
    assertThat(plugin.name()).isEqualTo("solana");
    assertThat(plugin.chains()).singleElement().isInstanceOf(SolanaChain.class);
    assertThat(local.chain.id()).isEqualTo(ChainId.SOLANA);
    assertThat(local.chain.genesis()).hasSizeBetween(32, 44);
    assertThat(local.chain.decimals(SOL.id())).isEqualTo(9);
    assertThat(local.chain.decimals(local.usdc().id())).isEqualTo(6);
    assertThat(local.chain.decimals(local.cargo().id())).isEqualTo(9);
    assertThat(local.chain.nextNonce(TestWallet.create().address())).isZero();
    assertThat(local.balance(TestWallet.create(), SOL)).isZero();
    assertThat(local.balance(TestWallet.create(), local.usdc())).isZero();
  }

  private static void assertRefused(TestWallet wallet, PublicKey payee, String reason) {
    for (Amount amount : List.of(sol(5), new Amount(local.usdc(), BigInteger.ONE))) {
      assertThatThrownBy(() -> local.draft(wallet, payee.address(ChainId.SOLANA), amount, ""))
          .isInstanceOfSatisfying(
              SupercargoException.class,
              refusal ->
                  assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER))
          .hasMessageContaining(reason);
    }
  }

  private static Receipt landed(TestWallet wallet, Draft draft, Asset asset) {
    assertThat(draft.simulation().error()).isNull();
    SignedTransaction signed = wallet.sign(draft);
    assertThat(local.chain.submit(signed)).isEqualTo(new SubmitResult.Accepted());
    Receipt receipt = local.settle(signed, wallet, asset);
    assertThat(receipt.error()).isNull();
    return receipt;
  }

  private static Amount sol(long lamports) {
    return Amount.ofBaseUnits(SOL, lamports);
  }

  private static BigInteger fee(Draft draft) {
    return draft.effects().stream()
        .filter(Effect.Fee.class::isInstance)
        .map(Effect.Fee.class::cast)
        .map(Effect.Fee::baseUnits)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger change(Receipt receipt, Asset asset) {
    return change(receipt.changes(), asset);
  }

  private static BigInteger change(List<BalanceChange> changes, Asset asset) {
    List<BalanceChange> found =
        changes.stream().filter(change -> change.asset().equals(asset.id())).toList();
    assertThat(found).as("changes of %s among %s", asset.symbol(), changes).hasSize(1);
    return found.getFirst().baseUnits();
  }
}
