package org.supercargo.plugin.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Receipt;
import org.supercargo.solana.AccountMeta;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Message;
import org.supercargo.solana.MessageCompiler;
import org.supercargo.solana.Program;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.ProgramInstruction.TransferChecked;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.SolanaCodec;
import org.supercargo.solana.TokenProgram;

/// What a decoder without a network cannot tell from a right payment, the chain itself refuses; and
/// mints whose transfers do more are refused before anything is built.
class OnlyFailsTest {
  private static final long ONE_SOL = 1_000_000_000;
  private static final int TRANSFER_FEE = 1;
  private static final int PERMANENT_DELEGATE = 12;
  private static final int TRANSFER_HOOK = 14;
  private static final int TRANSFER_HOOK_ACCOUNT = 15;

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
  void a_wrong_number_of_decimals_only_makes_a_payment_fail() {
    for (int decimals : List.of(0, 5, 7, 9, 255)) {
      assertFailsOnly(TokenProgram.TOKEN, decimals, "the decimals are not those of the mint");
    }
  }

  @Test
  void the_other_token_program_only_makes_a_payment_fail() {
    assertFailsOnly(TokenProgram.TOKEN_2022, 6, "instruction 1 (Token-2022) failed");
  }

  /// Signs a payment that decodes like the right one, and sends it past every check of ours.
  private static void assertFailsOnly(TokenProgram program, int decimals, String reason) {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = TestWallet.create();
    Asset usdc = local.usdc();
    local.fund(wallet, usdc, 100);
    local.fund(payee, usdc, 1);
    Draft draft = local.draft(wallet, payee.address(), Amount.ofBaseUnits(usdc, 40), "");
    Message wrong = message(wallet, draft, usdc(wallet, payee, program, decimals));
    assertThat(effects(wallet, payee, wrong))
        .isEqualTo(
            effects(
                wallet, payee, message(wallet, draft, usdc(wallet, payee, TokenProgram.TOKEN, 6))))
        .noneMatch(Effect.Undecodable.class::isInstance);

    SignedTransaction signed = sign(wallet, draft, wrong);
    assertThat(local.chain.submit(signed)).isInstanceOf(SubmitResult.Rejected.class);
    local.sendWithoutPreflight(signed.bytes());
    Receipt receipt = local.settle(signed, wallet, usdc);

    assertThat(receipt.error()).contains(reason);
    assertThat(receipt.fee()).isEqualTo(5_000);
    assertThat(local.balance(wallet, usdc)).isEqualTo(100);
    assertThat(local.balance(payee, usdc)).isEqualTo(1);
  }

  private static Instruction usdc(
      TestWallet wallet, TestWallet payee, TokenProgram program, int decimals) {
    PublicKey mint = PublicKey.parse(local.usdc().id().reference());
    return new TransferChecked(
            program,
            ProgramAddress.associatedToken(wallet.key(), mint, program),
            mint,
            ProgramAddress.associatedToken(payee.key(), mint, program),
            wallet.key(),
            BigInteger.valueOf(40),
            decimals)
        .instruction();
  }

  @Test
  void a_token_with_a_hook_cannot_move_unless_the_hook_is_among_the_accounts() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = TestWallet.create();
    PublicKey hook = Program.MEMO.address();
    Bytes none = Bytes.of(new byte[64]);
    Bytes named = Bytes.fromHex("00".repeat(32) + hook.bytes().hex());
    for (Bytes content : List.of(none, named)) {
      var mint = ExtendedMint.create(TRANSFER_HOOK, content, TRANSFER_HOOK_ACCOUNT);
      mint.placeOn(local);
      mint.placeAccount(local, wallet, 100);
      mint.placeAccount(local, payee, 0);
      Draft draft =
          local.draft(wallet, payee.address(), Amount.ofBaseUnits(LocalChain.SOL, ONE_SOL / 2), "");
      Instruction transfer = transfer(mint, wallet, payee).instruction();
      SubmitResult result =
          local.chain.submit(sign(wallet, draft, message(wallet, draft, transfer)));
      local.advance(1);

      if (content.equals(none)) {
        assertThat(result).isEqualTo(new SubmitResult.Accepted());
        assertThat(mint.balance(local, payee)).isEqualTo(40);
      } else {
        assertThat(result)
            .isInstanceOfSatisfying(
                SubmitResult.Rejected.class,
                refusal -> assertThat(refusal.reason()).contains(hook.toString()));
        assertThat(mint.balance(local, payee)).isZero();
        var accounts = new ArrayList<>(transfer.accounts());
        accounts.add(AccountMeta.readonly(hook));
        assertThat(
                effects(
                    wallet,
                    payee,
                    message(
                        wallet,
                        draft,
                        new Instruction(transfer.program(), accounts, transfer.data()))))
            .as("the same with the hook among the accounts")
            .anyMatch(Effect.Undecodable.class::isInstance);
      }
    }
  }

  @Test
  void a_mint_whose_transfers_do_more_is_refused_at_every_attempt_to_pay() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = local.walletWithSol(ONE_SOL);
    for (int extension : List.of(TRANSFER_FEE, 9, PERMANENT_DELEGATE, TRANSFER_HOOK, 16, 28)) {
      var mint = ExtendedMint.create(extension, Bytes.of(new byte[108]), 0);
      mint.placeOn(local);
      mint.placeAccount(local, wallet, 100);
      mint.placeAccount(local, payee, 0);
      assertThat(mint.balance(local, wallet)).as("extension %d", extension).isEqualTo(100);
      for (String memo : List.of("", "again", "and again")) {
        assertThatThrownBy(() ->
                local.draft(wallet, payee.address(), Amount.ofBaseUnits(mint.asset(), 1), memo))
            .as("extension %d", extension)
            .isInstanceOfSatisfying(
                SupercargoException.class,
                refusal ->
                    assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER))
            .hasMessageStartingWith("ODD (" + mint.address() + ") ");
      }
    }
  }

  /// The signer has no network and cannot know of a fee; it knows which assets the owner listed.
  @Test
  void a_fee_of_the_issuer_never_takes_more_from_the_wallet_than_the_payment() {
    TestWallet wallet = local.walletWithSol(ONE_SOL);
    TestWallet payee = TestWallet.create();
    // Authorities, withheld, then twice: epoch, greatest fee, hundredths of a percent.
    String fee = "00".repeat(8) + "ff00000000000000" + "8813";
    var mint =
        ExtendedMint.create(TRANSFER_FEE, Bytes.fromHex("00".repeat(32 + 32 + 8) + fee + fee), 2);
    mint.placeOn(local);
    mint.placeAccount(local, wallet, 100);
    mint.placeAccount(local, payee, 0);
    Draft draft =
        local.draft(wallet, payee.address(), Amount.ofBaseUnits(LocalChain.SOL, ONE_SOL / 2), "");
    Message message = message(wallet, draft, transfer(mint, wallet, payee).instruction());

    assertThat(effects(wallet, payee, message))
        .contains(
            new Effect.Move(
                mint.asset().id(), wallet.address(), payee.address(), BigInteger.valueOf(40)));
    assertThat(local.chain.submit(sign(wallet, draft, message)))
        .isEqualTo(new SubmitResult.Accepted());
    local.advance(1);
    assertThat(mint.balance(local, wallet)).isEqualTo(60);
    assertThat(mint.balance(local, payee)).isEqualTo(20);
  }

  private static TransferChecked transfer(ExtendedMint mint, TestWallet wallet, TestWallet payee) {
    return new TransferChecked(
        TokenProgram.TOKEN_2022,
        mint.accountOf(wallet),
        mint.address(),
        mint.accountOf(payee),
        wallet.key(),
        BigInteger.valueOf(40),
        6);
  }

  private static Message message(TestWallet wallet, Draft draft, Instruction instruction) {
    return new MessageCompiler(wallet.key(), List.of(instruction))
        .legacy(Message.parse(draft.unsigned()).blockhash());
  }

  private static SignedTransaction sign(TestWallet wallet, Draft draft, Message message) {
    return wallet.sign(
        new Draft(message.serialize(), draft.validity(), List.of(), draft.simulation()));
  }

  private static List<Effect> effects(TestWallet wallet, TestWallet payee, Message message) {
    return new SolanaCodec()
        .decode(
            ChainId.SOLANA,
            message.serialize(),
            wallet.address(),
            new DecodingHints(Set.of(payee.address()), Set.of()));
  }
}
