package org.supercargo.plugin.solana;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Simulation;
import org.supercargo.solana.AccountMeta;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Message;
import org.supercargo.solana.MessageCompiler;
import org.supercargo.solana.ProgramInstruction.UnitLimit;
import org.supercargo.solana.ProgramInstruction.UnitPrice;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.Transaction;

/// Builds, measures and simulates the message of one transfer.
final class TransferPreparation {
  private static final long MOST_UNITS = 1_400_000;

  /// What a node assumes for one instruction; used where a failed simulation measured nothing.
  private static final long USUAL_UNITS = 200_000;

  private final SolanaRpc rpc;
  private final SolanaSettings settings;
  private final TransactionCodec codec;

  TransferPreparation(SolanaRpc rpc, SolanaSettings settings, TransactionCodec codec) {
    this.rpc = rpc;
    this.settings = settings;
    this.codec = codec;
  }

  Draft prepare(Intent.Transfer transfer, Address wallet) {
    TransferInstructions.Plan plan = new TransferInstructions(rpc).plan(transfer, wallet);
    PublicKey payer = PublicKey.of(wallet);
    SolanaRpc.RecentBlockhash recent = rpc.recentBlockhash();
    Message measured =
        message(payer, plan, recent.blockhash(), new UnitLimit(MOST_UNITS), BigInteger.ZERO);
    SolanaRpc.SimulationReply trial = simulate(measured, recent, plan);
    BigInteger price =
        new PriorityFee(settings.lowestUnitPrice(), settings.highestUnitPrice())
            .choose(rpc.recentUnitPrices(writable(measured)));
    Message message = message(payer, plan, recent.blockhash(), limit(trial, plan), price);
    SolanaRpc.SimulationReply reply = simulate(message, recent, plan);
    return new Draft(
        message.serialize(),
        new Validity.UntilHeight(recent.lastValidBlockHeight()),
        codec.decode(wallet.chain(), message.serialize(), wallet, DecodingHints.of(transfer)),
        new Simulation(error(reply, message), changes(reply, plan, transfer), reply.logs()));
  }

  private static Message message(
      PublicKey payer,
      TransferInstructions.Plan plan,
      PublicKey blockhash,
      UnitLimit limit,
      BigInteger price) {
    var instructions = new ArrayList<Instruction>();
    instructions.add(limit.instruction());
    instructions.add(new UnitPrice(price).instruction());
    instructions.addAll(plan.instructions());
    return new MessageCompiler(payer, instructions).legacy(blockhash);
  }

  private SolanaRpc.SimulationReply simulate(
      Message message, SolanaRpc.RecentBlockhash recent, TransferInstructions.Plan plan) {
    return rpc.simulate(Transaction.unsigned(message).serialize(), recent.slot(), plan.watched());
  }

  private static List<PublicKey> writable(Message message) {
    return message.staticAccounts().stream()
        .filter(AccountMeta::writable)
        .map(AccountMeta::key)
        .toList();
  }

  /// A fifth more than measured.
  private static UnitLimit limit(SolanaRpc.SimulationReply trial, TransferInstructions.Plan plan) {
    long measured = trial.unitsConsumed().min(BigInteger.valueOf(MOST_UNITS)).longValueExact();
    long wanted =
        trial.error() != null || measured == 0
            ? USUAL_UNITS * plan.instructions().size()
            : (measured * 6 + 4) / 5;
    return new UnitLimit(Math.min(wanted, MOST_UNITS));
  }

  private static @Nullable String error(SolanaRpc.SimulationReply reply, Message message) {
    JsonValue error = reply.error();
    return error == null ? null : TransactionErrorText.describe(error.node(), message);
  }

  private static List<BalanceChange> changes(
      SolanaRpc.SimulationReply reply, TransferInstructions.Plan plan, Intent.Transfer transfer) {
    var changes = new ArrayList<BalanceChange>();
    List<Optional<SolanaRpc.AccountState>> after = reply.accounts();
    if (after.isEmpty()) {
      return changes;
    }
    changes.add(
        new BalanceChange(
            AssetId.nativeOf(transfer.chain()),
            lamports(after.getFirst()).subtract(lamports(plan.before().getFirst()))));
    if (after.size() > 1) {
      changes.add(
          new BalanceChange(
              transfer.amount().asset().id(),
              tokens(after.get(1)).subtract(tokens(plan.before().get(1)))));
    }
    return changes;
  }

  private static BigInteger lamports(Optional<SolanaRpc.AccountState> account) {
    return account.map(SolanaRpc.AccountState::lamports).orElse(BigInteger.ZERO);
  }

  private static BigInteger tokens(Optional<SolanaRpc.AccountState> account) {
    return account.flatMap(TokenAccount::read).map(TokenAccount::amount).orElse(BigInteger.ZERO);
  }
}
