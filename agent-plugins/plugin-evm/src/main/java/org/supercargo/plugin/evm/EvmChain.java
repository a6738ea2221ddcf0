package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
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
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.SignedAuthorization;
import org.supercargo.evm.SignedEnvelope;
import org.supercargo.evm.SwapRouter;

/// An EVM chain behind one JSON-RPC endpoint.
///
/// Transactions are of type 2 ([EIP-1559](https://eips.ethereum.org/EIPS/eip-1559)). The number of
/// a transaction comes with the request; the chain never chooses one. A transaction is final when
/// enough blocks, its own included, stand on it, and dead when its number is used by another one in
/// a block that is final in the same sense.
///
/// A payment is an authorization ([EIP-3009](https://eips.ethereum.org/EIPS/eip-3009)), which its
/// payee puts on the chain and pays the gas for. It is not sent to a node; it is final when its use
/// is, and dead when a final block is past its end without it.
public final class EvmChain implements Chain {
  private static final int ETHER_DECIMALS = 18;

  private final ChainId id;
  private final Asset nativeAsset;
  private final EvmNode node;
  private final DraftBuilder drafts;
  private final AuthorizationBuilder authorizations;
  private final StatusFinder statuses;
  private final AuthorizationFinder authorizationStatuses;

  /// A chain on which swaps through Uniswap's router on Base are understood.
  public EvmChain(ChainId id, URI rpc, Http http, EvmSettings settings) {
    this(id, rpc, http, settings, Set.of(SwapRouter.BASE));
  }

  /// @param id in the namespace `eip155`
  /// @param routers the contracts whose calls are understood as exchanges
  public EvmChain(ChainId id, URI rpc, Http http, EvmSettings settings, Set<SwapRouter> routers) {
    this(id, rpc, http, settings, routers, new SecureRandom());
  }

  /// @param id in the namespace `eip155`
  /// @param routers the contracts whose calls are understood as exchanges
  /// @param random chooses the nonces of authorizations
  public EvmChain(
      ChainId id,
      URI rpc,
      Http http,
      EvmSettings settings,
      Set<SwapRouter> routers,
      RandomGenerator random) {
    if (!id.namespace().equals("eip155")) {
      throw SupercargoException.user(
          id.name() + " is not an EVM chain", "Use an identifier such as eip155:8453.");
    }
    this.id = id;
    this.nativeAsset = new Asset(AssetId.nativeOf(id), settings.nativeSymbol(), ETHER_DECIMALS);
    this.node = new EvmNode(rpc, http, settings);
    var codec = new EvmCodec(routers);
    this.drafts = new DraftBuilder(id, nativeAsset, node, settings, codec);
    this.authorizations = new AuthorizationBuilder(nativeAsset, node, settings, codec, random);
    this.statuses =
        new StatusFinder(
            node, settings.confirmations(), new ReceiptBuilder(id, node, Set.copyOf(routers)));
    this.authorizationStatuses = new AuthorizationFinder(id, node, settings);
  }

  @Override
  public ChainId id() {
    return id;
  }

  @Override
  public Asset nativeAsset() {
    return nativeAsset;
  }

  /// The hash of block 0, once the node has proved to be one of this chain.
  @Override
  public String genesis() {
    BigInteger actual = node.chainId();
    if (!actual.toString().equals(id.reference())) {
      throw SupercargoException.user(
          "The node at " + node.host() + " serves the chain with id " + actual + ", not " + id,
          "Use an endpoint of " + id.name() + ".");
    }
    return node.block(BigInteger.ZERO)
        .map(EvmNode.Block::hash)
        .orElseThrow(() ->
            SupercargoException.external(
                "The node at " + node.host() + " does not know block 0",
                "Use a node with the chain's whole history of blocks.",
                null));
  }

  @Override
  public Address address(String text) {
    return EvmAddress.parse(text).on(id);
  }

  @Override
  public int decimals(AssetId asset) {
    requireHere(asset.chain(), "The asset " + asset);
    return asset.isNative()
        ? ETHER_DECIMALS
        : new ContractReader(node).decimals(EvmAddress.parse(asset.reference()));
  }

  @Override
  public Amount balance(Address owner, Asset asset) {
    requireHere(owner.chain(), "The account " + owner);
    requireHere(asset.chain(), asset.symbol());
    EvmAddress account = EvmAddress.of(owner);
    BigInteger held =
        asset.id().isNative()
            ? node.balance(account, EvmNode.LATEST)
            : new ContractReader(node).balance(EvmAddress.parse(asset.id().reference()), account);
    return new Amount(asset, held);
  }

  @Override
  public long nextNonce(Address wallet) {
    requireHere(wallet.chain(), "The wallet " + wallet);
    return node.transactionCount(EvmAddress.of(wallet), EvmNode.PENDING).longValueExact();
  }

  /// @throws SupercargoException of category USER when the wallet holds too little, saying how much
  ///   it needs and has, or a token cannot be paid with by authorization; TRANSIENT when gas is
  ///   dearer than the settings allow
  @Override
  public Draft prepare(DraftRequest request) {
    requireHere(request.intent().chain(), "The intent");
    requireHere(request.wallet().chain(), "The wallet " + request.wallet());
    return request.intent() instanceof Intent.Payment payment
        ? authorizations.build(payment, request)
        : drafts.build(request);
  }

  @Override
  public SubmitResult submit(SignedTransaction transaction) {
    requireHere(transaction.id().chain(), "The transaction " + transaction.id());
    if (AuthorizationFinder.isAuthorization(transaction.bytes())) {
      throw SupercargoException.bug(
          "A payment goes to its host and not to a node: " + transaction.id(), null);
    }
    return new TransactionSender(node).send(transaction);
  }

  @Override
  public TransactionStatus status(
      SignedTransaction transaction, Address wallet, List<Asset> assets) {
    requireHere(transaction.id().chain(), "The transaction " + transaction.id());
    requireHere(wallet.chain(), "The wallet " + wallet);
    return AuthorizationFinder.isAuthorization(transaction.bytes())
        ? authorizationStatuses.status(authorization(transaction, wallet), assets)
        : statuses.status(envelope(transaction, wallet), EvmAddress.of(wallet), assets);
  }

  private static SignedEnvelope envelope(SignedTransaction transaction, Address wallet) {
    SignedEnvelope envelope = SignedEnvelope.parse(transaction.bytes());
    if (!envelope.sender().equals(EvmAddress.of(wallet))) {
      throw foreign(transaction, wallet);
    }
    return envelope;
  }

  private PaymentAuthorization authorization(SignedTransaction transaction, Address wallet) {
    SignedAuthorization signed = SignedAuthorization.parse(transaction.bytes());
    EvmAddress owner = EvmAddress.of(wallet);
    if (!signed.signer().equals(owner) || !signed.authorization().from().equals(owner)) {
      throw foreign(transaction, wallet);
    }
    String domain = signed.authorization().domain().chainId().toString();
    if (!domain.equals(id.reference())) {
      throw SupercargoException.bug(
          transaction.id() + " is for the chain with id " + domain + ", not for " + id, null);
    }
    return signed.authorization();
  }

  private static SupercargoException foreign(SignedTransaction transaction, Address wallet) {
    return SupercargoException.bug(transaction.id() + " is not signed by " + wallet, null);
  }

  private void requireHere(ChainId chain, String what) {
    if (!chain.equals(id)) {
      throw SupercargoException.user(
          what + " is on " + chain.name() + ", not on " + id.name(),
          "Use one of " + id.name() + ".");
    }
  }
}
