package org.supercargo.plugin.solana;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Receipt;
import org.supercargo.solana.Message;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.Transaction;

/// Reads from the chain's own record what a final transaction did to a wallet.
final class ReceiptReader {
  private static final PublicKey WRAPPED_SOL =
      PublicKey.parse("So11111111111111111111111111111111111111112");

  private final SignedTransaction sent;
  private final PublicKey wallet;
  private final SolanaRpc.LandedTransaction landed;
  private final Message message;
  private final List<BigInteger> lamportsBefore;
  private final List<BigInteger> lamportsAfter;
  private final List<Holding> tokensBefore;
  private final List<Holding> tokensAfter;

  /// A token account's content.
  ///
  /// @param account index among all accounts of the transaction
  private record Holding(int account, PublicKey mint, PublicKey owner, BigInteger amount) {}

  ReceiptReader(SignedTransaction sent, Address wallet, SolanaRpc.LandedTransaction landed) {
    this.sent = sent;
    this.wallet = PublicKey.of(wallet);
    this.landed = landed;
    if (!landed.transaction().equals(sent.bytes())) {
      throw landed.meta().wrong("belongs to other bytes than those that were sent");
    }
    message = Transaction.parse(sent.bytes()).message();
    lamportsBefore = numbers(landed.meta().get("preBalances"));
    lamportsAfter = numbers(landed.meta().get("postBalances"));
    if (lamportsBefore.size() != lamportsAfter.size()
        || lamportsBefore.size() < message.keys().size()) {
      throw landed.meta().wrong("has balances of fewer accounts than the transaction has");
    }
    tokensBefore = holdings("preTokenBalances");
    tokensAfter = holdings("postTokenBalances");
  }

  private static List<BigInteger> numbers(JsonValue list) {
    return list.list().stream().map(JsonValue::u64).toList();
  }

  private List<Holding> holdings(String name) {
    return landed
        .meta()
        .find(name)
        .map(list -> list.list().stream().map(this::holding).toList())
        .orElse(List.of());
  }

  private Holding holding(JsonValue value) {
    long account = value.get("accountIndex").number();
    if (account >= lamportsAfter.size()) {
      throw value.wrong("is of an account the transaction does not have");
    }
    return new Holding(
        (int) account,
        value.get("mint").key(),
        value.get("owner").key(),
        value.get("uiTokenAmount").get("amount").u64Text());
  }

  /// @param assets named even where they did not change
  Receipt read(List<Asset> assets) {
    return new Receipt(sent.id(), landed.slot(), error(), changes(assets), fee(), rentForOthers());
  }

  private @Nullable String error() {
    return landed
        .meta()
        .find("err")
        .map(error -> TransactionErrorText.describe(error.node(), message))
        .orElse(null);
  }

  private BigInteger fee() {
    return message.feePayer().equals(wallet) ? landed.meta().get("fee").u64() : BigInteger.ZERO;
  }

  private List<BalanceChange> changes(List<Asset> assets) {
    int index = message.keys().indexOf(wallet);
    if (index < 0) {
      throw SupercargoException.bug(
          "A receipt was asked for " + wallet + ", which is not in the transaction", null);
    }
    var sol = AssetId.nativeOf(sent.id().chain());
    var changes = new LinkedHashMap<AssetId, BigInteger>();
    changes.put(sol, lamportsAfter.get(index).subtract(lamportsBefore.get(index)));
    assets.stream()
        .map(Asset::id)
        .filter(asset -> asset.chain().equals(sol.chain()))
        .forEach(asset -> changes.putIfAbsent(asset, BigInteger.ZERO));
    add(changes, tokensAfter, BigInteger.ONE);
    add(changes, tokensBefore, BigInteger.ONE.negate());
    var list = new ArrayList<BalanceChange>();
    changes.forEach((asset, baseUnits) -> list.add(new BalanceChange(asset, baseUnits)));
    return list;
  }

  private void add(Map<AssetId, BigInteger> changes, List<Holding> holdings, BigInteger sign) {
    for (Holding holding : holdings) {
      if (holding.owner().equals(wallet)) {
        changes.merge(
            AssetId.token(holding.mint().address(sent.id().chain())),
            holding.amount().multiply(sign),
            BigInteger::add);
      }
    }
  }

  /// Lamports put into token accounts of others that did not exist before. Wrapped SOL in them is a
  /// balance and not rent.
  private BigInteger rentForOthers() {
    var existed = new HashSet<Integer>();
    tokensBefore.forEach(holding -> existed.add(holding.account()));
    var rents = new HashMap<Integer, BigInteger>();
    for (Holding holding : tokensAfter) {
      int account = holding.account();
      if (!existed.contains(account) && !holding.owner().equals(wallet)) {
        BigInteger wrapped =
            holding.mint().equals(WRAPPED_SOL) ? holding.amount() : BigInteger.ZERO;
        rents.put(
            account,
            lamportsAfter.get(account).subtract(lamportsBefore.get(account)).subtract(wrapped));
      }
    }
    return rents.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }
}
