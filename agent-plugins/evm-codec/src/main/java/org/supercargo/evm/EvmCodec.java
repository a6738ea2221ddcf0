package org.supercargo.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.TransactionId;

/// Transactions of EVM chains: type 2 envelopes
/// ([EIP-1559](https://eips.ethereum.org/EIPS/eip-1559)) that move the native coin, move or approve
/// an ERC-20 token, or swap through a known router. Everything else is undecodable.
///
/// The fee effect is the gas limit times the maximum fee per gas. A layer 2's own data fee is not
/// in the bytes and not in this effect. An `increaseAllowance` reads as an approval of everything,
/// because the bytes do not say what it adds to.
public final class EvmCodec implements TransactionCodec {
  private static final String NAMESPACE = "eip155";

  private final Set<SwapRouter> routers;

  /// Knows Uniswap's router on Base.
  public EvmCodec() {
    this(Set.of(SwapRouter.BASE));
  }

  /// @param routers the only contracts whose calls are read as exchanges
  public EvmCodec(Set<SwapRouter> routers) {
    this.routers = Set.copyOf(routers);
  }

  @Override
  public String namespace() {
    return NAMESPACE;
  }

  @Override
  public Address address(ChainId chain, Bytes publicKey) {
    return EvmAddress.ofPublicKey(publicKey).on(chain);
  }

  @Override
  public List<Effect> decode(
      ChainId chain, Bytes unsigned, Address wallet, Set<Address> counterparties) {
    if (!wallet.chain().equals(chain)) {
      return List.of(new Effect.Undecodable("the wallet " + wallet + " is not on " + chain.name()));
    }
    try {
      return effects(UnsignedTransaction.parse(unsigned), chain, wallet);
    } catch (MalformedBytesException malformed) {
      return List.of(new Effect.Undecodable(String.valueOf(malformed.getMessage())));
    }
  }

  private List<Effect> effects(UnsignedTransaction transaction, ChainId chain, Address wallet) {
    if (!isFor(chain, transaction)) {
      return List.of(
          new Effect.Undecodable(
              "a transaction for the chain with id "
                  + transaction.chainId()
                  + " instead of "
                  + chain));
    }
    BigInteger cost = transaction.gasLimit().multiply(transaction.maxFeePerGas());
    var fee = new Effect.Fee(wallet, AssetId.nativeOf(chain), cost);
    return List.of(fee, action(transaction, wallet));
  }

  private Effect action(UnsignedTransaction transaction, Address wallet) {
    if (transaction.to() == null) {
      return new Effect.Undecodable("the creation of a contract");
    }
    if (!transaction.accessList().isEmpty()) {
      return new Effect.Undecodable("an access list");
    }
    return new CallDecoder(wallet, transaction.to(), routers)
        .effect(transaction.value(), transaction.data());
  }

  @Override
  public Bytes signingPayload(ChainId chain, Bytes unsigned, Address wallet) {
    return parsed(chain, unsigned).signingHash();
  }

  @Override
  public Signed assemble(ChainId chain, Bytes unsigned, Address wallet, Bytes signature) {
    var envelope =
        new SignedEnvelope(parsed(chain, unsigned), RecoverableSignature.parse(signature));
    if (!envelope.sender().on(chain).equals(wallet)) {
      throw new IllegalArgumentException("the signature is not one of " + wallet);
    }
    return new Signed(new TransactionId(chain, "0x" + envelope.hash().hex()), envelope.bytes());
  }

  private static UnsignedTransaction parsed(ChainId chain, Bytes unsigned) {
    UnsignedTransaction transaction = UnsignedTransaction.parse(unsigned);
    if (!isFor(chain, transaction)) {
      throw new IllegalArgumentException(
          "the transaction is for the chain with id "
              + transaction.chainId()
              + " instead of "
              + chain);
    }
    return transaction;
  }

  private static boolean isFor(ChainId chain, UnsignedTransaction transaction) {
    return chain.namespace().equals(NAMESPACE)
        && chain.reference().equals(transaction.chainId().toString());
  }
}
