package org.supercargo.plugin.solana;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.intent.Intent;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Program;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.ProgramInstruction;
import org.supercargo.solana.ProgramInstruction.CreateAssociatedToken;
import org.supercargo.solana.ProgramInstruction.TransferChecked;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// Turns a transfer into instructions, after reading from the chain what they depend on.
final class TransferInstructions {
  private final SolanaRpc rpc;

  TransferInstructions(SolanaRpc rpc) {
    this.rpc = rpc;
  }

  /// What a transfer does, apart from its compute budget.
  ///
  /// @param watched the wallet, and for tokens its token account
  /// @param before the watched accounts before the transfer, in the same order
  record Plan(
      List<Instruction> instructions,
      List<PublicKey> watched,
      List<Optional<SolanaRpc.AccountState>> before) {}

  Plan plan(Intent.Transfer transfer, Address walletAddress) {
    PublicKey wallet = PublicKey.of(walletAddress);
    PublicKey payee = PublicKey.of(transfer.payee().address());
    if (wallet.equals(payee)) {
      throw SupercargoException.user(
          "A payment from the agent's wallet to itself changes nothing", "Name another payee.");
    }
    if (Program.find(payee).isPresent()) {
      throw SupercargoException.user(
          payee + " is a program of Solana; what is sent there is lost", "Name a wallet.");
    }
    return transfer.amount().asset().id().isNative()
        ? nativePlan(transfer, wallet, payee)
        : tokenPlan(transfer, wallet, payee);
  }

  private Plan nativePlan(Intent.Transfer transfer, PublicKey wallet, PublicKey payee) {
    List<Optional<SolanaRpc.AccountState>> states = rpc.accounts(List.of(wallet, payee));
    requireWallet(payee, states.get(1));
    var instructions = new ArrayList<>(memo(transfer));
    instructions.add(NativeTransfer.of(wallet, payee, transfer.amount().baseUnits()));
    return new Plan(instructions, List.of(wallet), states.subList(0, 1));
  }

  private Plan tokenPlan(Intent.Transfer transfer, PublicKey wallet, PublicKey payee) {
    Amount amount = transfer.amount();
    PublicKey address = SolanaChain.mintOf(amount.asset().id());
    Mint mint = Mint.read(address, rpc.account(address));
    mint.requirePlainTransfers(amount.asset().symbol());
    requireDecimals(amount, mint);
    TokenProgram program = mint.program();
    PublicKey source = ProgramAddress.associatedToken(wallet, address, program);
    PublicKey destination = ProgramAddress.associatedToken(payee, address, program);
    List<Optional<SolanaRpc.AccountState>> states =
        rpc.accounts(List.of(wallet, source, payee, destination));
    requireHolding(amount, wallet, states.get(1));
    requireWallet(payee, states.get(2));
    var instructions = new ArrayList<Instruction>();
    if (!isAccountOf(payee, address, destination, states.get(3))) {
      instructions.add(
          new CreateAssociatedToken(wallet, payee, address, program, true).instruction());
    }
    // Some accounts take tokens only right after a memo.
    instructions.addAll(memo(transfer));
    instructions.add(
        new TransferChecked(
                program, source, address, destination, wallet, amount.baseUnits(), mint.decimals())
            .instruction());
    return new Plan(instructions, List.of(wallet, source), states.subList(0, 2));
  }

  private static List<Instruction> memo(Intent.Transfer transfer) {
    return transfer.memo().isBlank()
        ? List.of()
        : List.of(new ProgramInstruction.Memo(transfer.memo()).instruction());
  }

  private static void requireDecimals(Amount amount, Mint mint) {
    if (amount.asset().decimals() != mint.decimals()) {
      throw SupercargoException.user(
          "%s has %d decimals on the chain and %d in the configuration"
              .formatted(amount.asset().symbol(), mint.decimals(), amount.asset().decimals()),
          "Correct the asset's decimals; the amount would be wrong by powers of ten.");
    }
  }

  private static void requireHolding(
      Amount amount, PublicKey wallet, Optional<SolanaRpc.AccountState> source) {
    if (source.flatMap(TokenAccount::read).isEmpty()) {
      throw SupercargoException.user(
          "The wallet " + wallet + " holds no " + amount.asset().symbol(),
          "Fund it with " + amount.asset().symbol() + " first.");
    }
  }

  private static void requireWallet(PublicKey payee, Optional<SolanaRpc.AccountState> state) {
    boolean executable = state.map(SolanaRpc.AccountState::executable).orElse(false);
    boolean token =
        state.map(SolanaRpc.AccountState::owner).flatMap(TokenProgram::find).isPresent();
    if (executable || token) {
      throw SupercargoException.user(
          payee
              + (executable ? " is a program" : " is a token account or a mint")
              + ", not a wallet",
          "Name the address of the payee's wallet.");
    }
  }

  /// Whether the payee's token account exists already.
  ///
  /// A wallet may have handed its own token account to someone else; tokens sent there would reach
  /// that other person.
  private static boolean isAccountOf(
      PublicKey payee, PublicKey mint, PublicKey account, Optional<SolanaRpc.AccountState> state) {
    if (state.map(SolanaRpc.AccountState::owner).flatMap(TokenProgram::find).isEmpty()) {
      return false;
    }
    TokenAccount held = state.flatMap(TokenAccount::read).orElse(null);
    if (held == null || !held.owner().equals(payee) || !held.mint().equals(mint)) {
      throw SupercargoException.user(
          "The token account " + account + " no longer belongs to " + payee,
          "Ask the payee for another address.");
    }
    return true;
  }
}
