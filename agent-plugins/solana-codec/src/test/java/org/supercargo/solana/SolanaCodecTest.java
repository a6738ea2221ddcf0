package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.solana.Samples.ALICE;
import static org.supercargo.solana.Samples.BLOCKHASH;
import static org.supercargo.solana.Samples.BOB;
import static org.supercargo.solana.Samples.CARGO;
import static org.supercargo.solana.Samples.CAROL;
import static org.supercargo.solana.Samples.USDC;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;

class SolanaCodecTest {
  private static final AssetId SOL = AssetId.nativeOf(ChainId.SOLANA);
  private static final AssetId USDC_ID = AssetId.token(USDC.address(ChainId.SOLANA));
  private static final AssetId CARGO_ID = AssetId.token(CARGO.address(ChainId.SOLANA));

  private final SolanaCodec codec = new SolanaCodec();

  @Test
  void a_transfer_of_sol_is_a_fee_and_a_move() {
    assertThat(decode(Samples.lamports(1_500_000_000)))
        .containsExactly(
            fee(5_000),
            new Effect.Move(
                SOL, ALICE.address(), BOB.address(), BigInteger.valueOf(1_500_000_000)));
  }

  @Test
  void a_payment_of_tokens_names_wallets_instead_of_token_accounts() {
    assertThat(
            decode(
                Samples.limit(30_000),
                Samples.price(12_345),
                Samples.accountOfBob(USDC, TokenProgram.TOKEN),
                Samples.usdc(2_500_000),
                new ProgramInstruction.Memo("café №7")))
        .containsExactly(
            fee(5_371, 371), // 30,000 × 12,345 micro-lamports = 370.35 lamports
            new Effect.AccountCreation(
                ALICE.address(),
                Samples.account(BOB, USDC, TokenProgram.TOKEN).address(ChainId.SOLANA),
                BOB.address(),
                BigInteger.valueOf(2_039_280)),
            new Effect.Move(USDC_ID, ALICE.address(), BOB.address(), BigInteger.valueOf(2_500_000)),
            new Effect.Memo("café №7"));
  }

  @Test
  void token_2022_is_read_like_token_with_its_own_accounts() {
    assertThat(
            decode(
                Samples.accountOfBob(CARGO, TokenProgram.TOKEN_2022),
                Samples.tokens(TokenProgram.TOKEN_2022, CARGO, 9, 9)))
        .contains(new Effect.Move(CARGO_ID, ALICE.address(), BOB.address(), BigInteger.valueOf(9)));
  }

  @Test
  void a_token_account_that_nobody_named_stays_a_token_account() {
    PublicKey stranger = Samples.account(CAROL, USDC, TokenProgram.TOKEN);
    var transfer =
        new ProgramInstruction.TransferChecked(
            TokenProgram.TOKEN,
            Samples.account(ALICE, USDC, TokenProgram.TOKEN),
            USDC,
            stranger,
            ALICE.key(),
            BigInteger.TEN,
            6);
    assertThat(decode(transfer))
        .contains(
            new Effect.Move(
                USDC_ID, ALICE.address(), stranger.address(ChainId.SOLANA), BigInteger.TEN));
  }

  @Test
  void the_account_of_the_other_token_program_is_not_taken_for_the_payees() {
    PublicKey wrong = Samples.account(BOB, USDC, TokenProgram.TOKEN_2022);
    var transfer =
        new ProgramInstruction.TransferChecked(
            TokenProgram.TOKEN,
            Samples.account(ALICE, USDC, TokenProgram.TOKEN),
            USDC,
            wrong,
            ALICE.key(),
            BigInteger.TEN,
            6);
    assertThat(decode(transfer))
        .contains(
            new Effect.Move(
                USDC_ID, ALICE.address(), wrong.address(ChainId.SOLANA), BigInteger.TEN));
  }

  @Test
  void a_delegate_who_moves_the_wallets_tokens_is_undecodable() {
    var transfer =
        new ProgramInstruction.TransferChecked(
            TokenProgram.TOKEN,
            Samples.account(ALICE, USDC, TokenProgram.TOKEN),
            USDC,
            Samples.account(BOB, USDC, TokenProgram.TOKEN),
            CAROL.key(),
            BigInteger.TEN,
            6);
    assertUndecodable(decode(transfer), "as a delegate");
  }

  @Test
  void hidden_changes_of_control_are_seen_although_no_balance_moves() {
    PublicKey account = Samples.account(ALICE, USDC, TokenProgram.TOKEN);
    assertControl(token(6, List.of(account, ALICE.key()), "0201" + CAROL.key().bytes().hex()));
    assertControl(token(4, List.of(account, CAROL.key(), ALICE.key()), "ffffffffffffffff"));
    assertControl(token(5, List.of(account, ALICE.key()), ""));
    assertControl(token(8, List.of(account, USDC, ALICE.key()), "0100000000000000"));
    assertControl(token(9, List.of(account, CAROL.key(), ALICE.key()), ""));
    assertControl(system(1, List.of(ALICE.key()), CAROL.key().bytes().hex()));
    assertControl(system(0, List.of(ALICE.key(), CAROL.key()), "00".repeat(48)));
    assertControl(system(7, List.of(CAROL.key(), ALICE.key()), BOB.key().bytes().hex()));
    assertControl(new ProgramInstruction.AdvanceNonce(CAROL.key(), ALICE.key()).instruction());
  }

  @Test
  void an_approval_that_names_its_mint_is_an_approval() {
    PublicKey account = Samples.account(ALICE, USDC, TokenProgram.TOKEN);
    assertThat(
            decode(
                token(13, List.of(account, USDC, CAROL.key(), ALICE.key()), "0a0000000000000006")))
        .contains(new Effect.Approval(USDC_ID, ALICE.address(), CAROL.address(), BigInteger.TEN));
  }

  @Test
  void what_is_not_known_is_undecodable() {
    PublicKey account = Samples.account(ALICE, USDC, TokenProgram.TOKEN);
    assertUndecodable(
        decode(token(3, List.of(account, account, ALICE.key()), "0100000000000000")),
        "names no mint");
    assertUndecodable(decode(token(200, List.of(account), "")), "instruction 200 is not known");
    assertUndecodable(decode(system(14, List.of(ALICE.key()), "")), "instruction 14 is not known");
    assertUndecodable(
        decode(new Instruction(TestKey.of(77).key(), List.of(), Bytes.EMPTY)),
        "the program " + TestKey.of(77).key() + " is not known");
    assertUndecodable(
        decode(new Instruction(Program.MEMO.address(), List.of(), Bytes.fromHex("ff"))),
        "not UTF-8");
    assertUndecodable(
        decode(new Instruction(Program.COMPUTE_BUDGET.address(), List.of(), Bytes.fromHex("05"))),
        "Compute Budget instruction 5");
  }

  @Test
  void bytes_or_accounts_beyond_those_an_instruction_needs_are_undecodable() {
    Instruction transfer = Samples.lamports(5).instruction();
    assertUndecodable(
        decode(
            new Instruction(
                transfer.program(),
                transfer.accounts(),
                Bytes.fromHex(transfer.data().hex() + "00"))),
        "1 bytes follow");
    var accounts = new ArrayList<>(Samples.usdc(5).instruction().accounts());
    accounts.add(AccountMeta.readonlySigner(CAROL.key()));
    assertUndecodable(
        decode(
            new Instruction(
                TokenProgram.TOKEN.address(), accounts, Samples.usdc(5).instruction().data())),
        "Token is given 5 accounts instead of 4");
  }

  @Test
  void an_account_that_is_not_the_derived_one_is_not_an_account_creation() {
    Instruction honest = Samples.accountOfBob(USDC, TokenProgram.TOKEN).instruction();
    for (int index : List.of(1, 2, 3)) {
      var accounts = new ArrayList<>(honest.accounts());
      AccountMeta old = accounts.get(index);
      accounts.set(index, new AccountMeta(CAROL.key(), old.signer(), old.writable()));
      assertUndecodable(
          decode(new Instruction(honest.program(), accounts, honest.data())),
          "is not the associated token account of");
    }
  }

  @Test
  void a_compute_setting_given_twice_is_undecodable() {
    assertUndecodable(decode(Samples.limit(1), Samples.limit(1)), "limit is given twice");
    assertUndecodable(decode(Samples.price(1), Samples.price(2)), "price is given twice");
  }

  @Test
  void the_fee_counts_200000_units_for_each_instruction_unless_a_limit_is_given() {
    assertThat(decode(Samples.price(1_000_000), Samples.lamports(1)))
        .contains(fee(405_000, 400_000));
    assertThat(decode(Samples.price(1), Samples.limit(1), Samples.lamports(1)))
        .contains(fee(5_001, 1));
    assertThat(decode(Samples.price(1_000_000), Samples.limit(0xffff_ffffL)))
        .contains(fee(1_405_000, 1_400_000));
  }

  @Test
  void a_fee_payer_besides_the_wallet_is_named_and_costs_another_5000_lamports() {
    Message message =
        new MessageCompiler(CAROL.key(), List.of(Samples.lamports(5).instruction()))
            .legacy(BLOCKHASH);
    assertThat(decode(message))
        .containsExactly(
            new Effect.Fee(CAROL.address(), SOL, BigInteger.valueOf(10_000), BigInteger.ZERO),
            new Effect.Move(SOL, ALICE.address(), BOB.address(), BigInteger.valueOf(5)));
  }

  @Test
  void whoever_else_has_to_sign_is_named_and_nothing_is_decodable() {
    Message message =
        new MessageCompiler(
                ALICE.key(),
                List.of(
                    Samples.lamports(5).instruction(),
                    new ProgramInstruction.SystemTransfer(CAROL.key(), BOB.key(), BigInteger.TEN)
                        .instruction()))
            .legacy(BLOCKHASH);
    assertUndecodable(decode(message), CAROL.key() + " has to sign it too");
  }

  @Test
  void a_wallet_that_does_not_have_to_sign_is_told_so() {
    Bytes message = Samples.message(Samples.lamports(5)).serialize();
    assertUndecodable(
        codec.decode(ChainId.SOLANA, message, BOB.address(), DecodingHints.NONE),
        "does not have to sign");
    assertThatThrownBy(() -> codec.signingPayload(ChainId.SOLANA, message, BOB.address()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not have to sign");
    assertThat(codec.signingPayload(ChainId.SOLANA, message, ALICE.address())).isEqualTo(message);
    assertThatThrownBy(
            () -> codec.signingPayload(ChainId.SOLANA, Bytes.fromHex("00"), ALICE.address()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void accounts_from_an_unknown_lookup_table_are_undecodable_and_from_a_known_one_not() {
    var table = new AddressLookupTable(TestKey.of(9).key(), List.of(BOB.key()));
    Bytes message =
        new MessageCompiler(ALICE.key(), List.of(Samples.lamports(5).instruction()))
            .versioned(BLOCKHASH, List.of(table))
            .serialize();
    assertUndecodable(
        codec.decode(ChainId.SOLANA, message, ALICE.address(), DecodingHints.NONE), "lookup table");
    assertThat(
            codec.decode(
                ChainId.SOLANA, message, ALICE.address(), DecodingHints.NONE, List.of(table)))
        .containsExactly(
            fee(5_000),
            new Effect.Move(SOL, ALICE.address(), BOB.address(), BigInteger.valueOf(5)));
  }

  @Test
  void an_assembled_transaction_carries_the_wallets_signature_and_its_name() {
    Message message = Samples.message(Samples.lamports(5));
    Bytes signature = ALICE.sign(message.serialize());
    TransactionCodec.Signed signed =
        codec.assemble(ChainId.SOLANA, message.serialize(), ALICE.address(), signature);
    assertThat(signed.id().text()).isEqualTo(Base58.encode(signature));
    assertThat(Transaction.parse(signed.bytes()).isFullySigned()).isTrue();
    assertThatThrownBy(() ->
            codec.assemble(
                ChainId.SOLANA,
                message.serialize(),
                ALICE.address(),
                BOB.sign(message.serialize())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not verify");
  }

  @Test
  void a_transaction_that_others_have_to_sign_too_is_not_assembled() {
    var both =
        new Instruction(
            Program.MEMO.address(), List.of(AccountMeta.readonlySigner(BOB.key())), Bytes.EMPTY);
    Bytes message = Samples.message(List.of(both)).serialize();
    assertThatThrownBy(
            () -> codec.assemble(ChainId.SOLANA, message, ALICE.address(), ALICE.sign(message)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the signatures of [" + BOB.key() + "] are missing");
  }

  @Test
  void an_address_is_the_base58_of_its_public_key() {
    assertThat(codec.address(ChainId.SOLANA, ALICE.key().bytes())).isEqualTo(ALICE.address());
    PublicKey derived = Samples.account(ALICE, USDC, TokenProgram.TOKEN);
    assertThatThrownBy(() -> codec.address(ChainId.SOLANA, derived.bytes()))
        .hasMessageContaining("is not an Ed25519 public key");
    assertThatThrownBy(() -> codec.address(ChainId.BASE, ALICE.key().bytes()))
        .hasMessageContaining("is not a Solana chain");
  }

  private List<Effect> decode(ProgramInstruction... instructions) {
    return decode(Samples.message(instructions));
  }

  private List<Effect> decode(Instruction... instructions) {
    return decode(Samples.message(List.of(instructions)));
  }

  private List<Effect> decode(Message message) {
    var foreign = new Address(ChainId.BASE, "0x1111111111111111111111111111111111111111");
    return codec.decode(
        ChainId.SOLANA,
        message.serialize(),
        ALICE.address(),
        new DecodingHints(Set.of(BOB.address(), foreign), Set.of()));
  }

  private void assertControl(Instruction instruction) {
    assertThat(decode(instruction))
        .as("%s", instruction)
        .anyMatch(Effect.AuthorityChange.class::isInstance)
        .noneMatch(Effect.Move.class::isInstance);
  }

  private static void assertUndecodable(List<Effect> effects, String reason) {
    assertThat(effects)
        .anySatisfy(effect ->
            assertThat(effect)
                .isInstanceOfSatisfying(
                    Effect.Undecodable.class,
                    unknown -> assertThat(unknown.what()).contains(reason)));
  }

  private static Effect fee(long lamports) {
    return fee(lamports, 0);
  }

  private static Effect fee(long lamports, long tip) {
    return new Effect.Fee(
        ALICE.address(), SOL, BigInteger.valueOf(lamports), BigInteger.valueOf(tip));
  }

  /// The first account is writable, the last one signs.
  private static Instruction token(int tag, List<PublicKey> accounts, String dataHex) {
    return call(Program.TOKEN, accounts, "%02x".formatted(tag) + dataHex);
  }

  private static Instruction system(int tag, List<PublicKey> accounts, String dataHex) {
    return call(Program.SYSTEM, accounts, "%02x000000".formatted(tag) + dataHex);
  }

  private static Instruction call(Program program, List<PublicKey> keys, String dataHex) {
    var accounts = new ArrayList<AccountMeta>();
    for (int index = 0; index < keys.size(); index++) {
      accounts.add(new AccountMeta(keys.get(index), index == keys.size() - 1, index == 0));
    }
    return new Instruction(program.address(), accounts, Bytes.fromHex(dataHex));
  }
}
