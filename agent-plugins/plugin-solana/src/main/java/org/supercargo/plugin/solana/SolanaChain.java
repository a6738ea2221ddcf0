package org.supercargo.plugin.solana;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.http.Http;
import org.supercargo.api.intent.Intent;
import org.supercargo.solana.AddressText;
import org.supercargo.solana.MalformedTransactionException;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.SolanaCodec;

/// Solana through one JSON-RPC endpoint.
///
/// Balances are read at the `confirmed` commitment. A transaction is final at `finalized`, and dead
/// when the finalized block height has passed its last valid one and it is in no block.
public final class SolanaChain implements Chain {
  private static final ChainId CHAIN = ChainId.SOLANA;
  private static final Asset SOL = new Asset(AssetId.nativeOf(CHAIN), "SOL", 9);
  private static final int PREFLIGHT_FAILURE = -32002;

  private final SolanaRpc rpc;
  private final SolanaSettings settings;

  /// @param rpc JSON-RPC endpoint; its host has to be granted by `http`
  public SolanaChain(URI rpc, Http http, SolanaSettings settings) {
    this.rpc = new SolanaRpc(rpc, http, settings);
    this.settings = settings;
  }

  @Override
  public ChainId id() {
    return CHAIN;
  }

  @Override
  public Asset nativeAsset() {
    return SOL;
  }

  @Override
  public String genesis() {
    return rpc.genesisHash();
  }

  @Override
  public Address address(String text) {
    return AddressText.parse(text, CHAIN);
  }

  @Override
  public int decimals(AssetId asset) {
    return asset.equals(SOL.id()) ? SOL.decimals() : mint(asset).decimals();
  }

  @Override
  public Amount balance(Address owner, Asset asset) {
    PublicKey wallet = key(owner);
    if (asset.id().equals(SOL.id())) {
      return new Amount(asset, rpc.lamports(wallet));
    }
    Mint mint = mint(asset.id());
    PublicKey account = ProgramAddress.associatedToken(wallet, mint.address(), mint.program());
    BigInteger held =
        rpc.account(account)
            .flatMap(TokenAccount::read)
            .filter(state -> state.owner().equals(wallet) && state.mint().equals(mint.address()))
            .map(TokenAccount::amount)
            .orElse(BigInteger.ZERO);
    return new Amount(asset, held);
  }

  @Override
  public long nextNonce(Address wallet) {
    return 0;
  }

  @Override
  public Draft prepare(DraftRequest request) {
    key(request.wallet());
    if (request.call() != null) {
      throw SupercargoException.user(
          "A call of a Solana program needs the accounts it touches, and a contract call names none",
          "Use a transfer on Solana, or swap on another chain.");
    }
    return switch (request.intent()) {
      case Intent.Transfer transfer -> {
        key(transfer.payee().address());
        yield new TransferPreparation(rpc, settings, new SolanaCodec())
            .prepare(transfer, request.wallet());
      }
      case Intent.Swap swap ->
          throw SupercargoException.user(
              "No venue on Solana built the swap of " + swap.sell() + " on " + swap.venue(),
              "Swap on a chain with a venue, or add a plugin that brings one for Solana.");
      case Intent.Call call ->
          throw SupercargoException.user(
              "The call of "
                  + call.function()
                  + " is for a contract of an EVM chain, not for Solana",
              "Use a transfer on Solana, or call a contract on another chain.");
      case Intent.Payment payment ->
          throw SupercargoException.user(
              "The payment to " + payment.host() + " is an authorization, not a transaction",
              "Add a plugin that authorizes payments on Solana, or pay on another chain.");
      case Intent.Order order ->
          throw SupercargoException.user(
              "The order from " + order.shop() + " settles with the shop, not on Solana",
              "Add a plugin that connects the shop.");
    };
  }

  @Override
  public SubmitResult submit(SignedTransaction transaction) {
    String name = transaction.id().text();
    try {
      String answered = rpc.send(transaction.bytes());
      return answered.equals(name)
          ? new SubmitResult.Accepted()
          : new SubmitResult.Rejected("the node calls the transaction " + answered);
    } catch (SolanaRpcException refusal) {
      return isKnown(refusal)
          ? new SubmitResult.Accepted()
          : new SubmitResult.Rejected(refusal.nodeMessage() + details(refusal.data()));
    } catch (SupercargoException failure) {
      return switch (failure.category()) {
        case TRANSIENT, EXTERNAL -> new SubmitResult.NoAnswer(failure.what());
        case USER, POLICY, BUG -> throw failure;
      };
    }
  }

  private static boolean isKnown(SolanaRpcException refusal) {
    String data = refusal.data();
    return refusal.code() == PREFLIGHT_FAILURE
        && data != null
        && data.contains("\"err\":\"AlreadyProcessed\"");
  }

  private static String details(@Nullable String data) {
    return Optional.ofNullable(data).map(PreflightLogs::lastLines).orElse("");
  }

  @Override
  public TransactionStatus status(
      SignedTransaction transaction, Address wallet, List<Asset> assets) {
    key(wallet);
    return new StatusFinder(rpc).find(transaction, wallet, assets);
  }

  private Mint mint(AssetId asset) {
    PublicKey address = mintOf(asset);
    return Mint.read(address, rpc.account(address));
  }

  /// @throws SupercargoException of category USER if the asset is no token on Solana
  static PublicKey mintOf(AssetId asset) {
    if (!asset.chain().equals(CHAIN) || asset.isNative()) {
      throw SupercargoException.user(
          asset + " is not a token on Solana", "Name an asset of this chain.");
    }
    try {
      return PublicKey.parse(asset.reference());
    } catch (MalformedTransactionException reason) {
      throw SupercargoException.user(
          asset + " does not name a mint: " + reason.what(), "Give the mint's base58 address.");
    }
  }

  private static PublicKey key(Address address) {
    if (!address.chain().equals(CHAIN)) {
      throw SupercargoException.user(
          address + " is on " + address.chain().name() + ", not on Solana",
          "Name an address on Solana.");
    }
    try {
      return PublicKey.of(address);
    } catch (MalformedTransactionException reason) {
      throw SupercargoException.user(
          address + " is not a Solana address: " + reason.what(), "Name an address on Solana.");
    }
  }
}
