package org.supercargo.plugin.solana;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.p2p.solanaj.core.Account;
import org.p2p.solanaj.core.Transaction;
import org.p2p.solanaj.core.TransactionInstruction;
import org.p2p.solanaj.programs.AssociatedTokenProgram;
import org.p2p.solanaj.programs.ComputeBudgetProgram;
import org.p2p.solanaj.programs.SystemProgram;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;
import org.supercargo.solana.CompiledInstruction;
import org.supercargo.solana.Message;
import org.supercargo.solana.MessageCompiler;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.ProgramInstruction;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.SolanaCodec;
import org.supercargo.solana.TokenProgram;

/// Payments that solanaj builds mean what ours mean: the same roles, the same calls, the same
/// effects, whatever the order of accounts.
///
/// solanaj has no Token-2022, and its memos make the payer vouch for them, so those are compared
/// with web3.js in solana-codec instead.
class SolanajAgreementTest {
  private static final TestWallet WALLET = wallet(1);
  private static final PublicKey PAYEE = wallet(2).key();
  private static final PublicKey USDC =
      PublicKey.parse("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
  private static final PublicKey BLOCKHASH = wallet(7).key();

  private static TestWallet wallet(int number) {
    var secret = new byte[32];
    Arrays.fill(secret, (byte) number);
    return TestWallet.of(secret);
  }

  @Test
  void a_transfer_of_sol_is_the_same() {
    assertSame(
        List.of(SystemProgram.transfer(vendor(WALLET.key()), vendor(PAYEE), 1_500_000_000L)),
        new ProgramInstruction.SystemTransfer(
            WALLET.key(), PAYEE, BigInteger.valueOf(1_500_000_000)));
  }

  @Test
  void a_compute_budget_is_the_same() {
    assertSame(
        List.of(
            ComputeBudgetProgram.setComputeUnitLimit(30_000),
            ComputeBudgetProgram.setComputeUnitPrice(12_345),
            SystemProgram.transfer(vendor(WALLET.key()), vendor(PAYEE), 1)),
        new ProgramInstruction.UnitLimit(30_000),
        new ProgramInstruction.UnitPrice(BigInteger.valueOf(12_345)),
        new ProgramInstruction.SystemTransfer(WALLET.key(), PAYEE, BigInteger.ONE));
  }

  @Test
  void a_payment_of_tokens_into_a_new_account_is_the_same() {
    PublicKey source = ProgramAddress.associatedToken(WALLET.key(), USDC, TokenProgram.TOKEN);
    PublicKey destination = ProgramAddress.associatedToken(PAYEE, USDC, TokenProgram.TOKEN);
    assertSame(
        List.of(
            AssociatedTokenProgram.createIdempotent(
                vendor(WALLET.key()), vendor(PAYEE), vendor(USDC)),
            org.p2p.solanaj.programs.TokenProgram.transferChecked(
                vendor(source),
                vendor(destination),
                2_500_000,
                (byte) 6,
                vendor(WALLET.key()),
                vendor(USDC))),
        new ProgramInstruction.CreateAssociatedToken(
            WALLET.key(), PAYEE, USDC, TokenProgram.TOKEN, true),
        new ProgramInstruction.TransferChecked(
            TokenProgram.TOKEN,
            source,
            USDC,
            destination,
            WALLET.key(),
            BigInteger.valueOf(2_500_000),
            6));
  }

  private static void assertSame(List<TransactionInstruction> theirs, ProgramInstruction... ours) {
    Message foreign = compiledBySolanaj(theirs);
    Message own =
        new MessageCompiler(
                WALLET.key(), Arrays.stream(ours).map(ProgramInstruction::instruction).toList())
            .legacy(BLOCKHASH);
    assertThat(foreign.feePayer()).isEqualTo(own.feePayer());
    assertThat(new HashSet<>(foreign.staticAccounts()))
        .isEqualTo(new HashSet<>(own.staticAccounts()));
    assertThat(calls(foreign)).isEqualTo(calls(own));
    assertThat(decode(foreign))
        .isEqualTo(decode(own))
        .noneMatch(Effect.Undecodable.class::isInstance);
  }

  private static Message compiledBySolanaj(List<TransactionInstruction> instructions) {
    var transaction = new Transaction();
    instructions.forEach(transaction::addInstruction);
    transaction.setRecentBlockHash(BLOCKHASH.toString());
    byte[] secret = Arrays.copyOf(WALLET.secret().toArray(), 64);
    System.arraycopy(WALLET.key().bytes().toArray(), 0, secret, 32, 32);
    transaction.sign(new Account(secret));
    return org.supercargo.solana.Transaction.parse(Bytes.of(transaction.serialize())).message();
  }

  private record Call(PublicKey program, List<PublicKey> accounts, Bytes data) {}

  private static List<Call> calls(Message message) {
    var calls = new ArrayList<Call>();
    for (CompiledInstruction each : message.instructions()) {
      var accounts = new ArrayList<PublicKey>();
      for (byte index : each.accounts().toArray()) {
        accounts.add(message.staticAccounts().get(index).key());
      }
      calls.add(new Call(message.keys().get(each.program()), accounts, each.data()));
    }
    return calls;
  }

  private static List<Effect> decode(Message message) {
    return new SolanaCodec()
        .decode(
            ChainId.SOLANA,
            message.serialize(),
            WALLET.address(),
            new DecodingHints(Set.of(PAYEE.address(ChainId.SOLANA)), Set.of()));
  }

  private static org.p2p.solanaj.core.PublicKey vendor(PublicKey key) {
    return new org.p2p.solanaj.core.PublicKey(key.bytes().toArray());
  }
}
