package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.payment.SignIn;

/// What keys of EVM chains sign: type 2 envelopes
/// ([EIP-1559](https://eips.ethereum.org/EIPS/eip-1559)) that move the native coin, move or approve
/// an ERC-20 token, swap through a known router, or call a function that the hints name; and
/// authorizations of payments ([PaymentAuthorization]). Everything else is undecodable.
///
/// The fee effect is the gas limit times the maximum fee per gas. A layer 2's own data fee is not
/// in the bytes and not in this effect. An `increaseAllowance` reads as an approval of everything,
/// because the bytes do not say what it adds to. An authorization costs its signer no fee; when it
/// is good is in its bytes and not in its effect, so whoever has a clock reads them
/// ([PaymentAuthorization#parse(Bytes)]).
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
  public List<Effect> decode(ChainId chain, Bytes unsigned, Address wallet, DecodingHints hints) {
    if (!wallet.chain().equals(chain)) {
      return List.of(new Effect.Undecodable("the wallet " + wallet + " is not on " + chain.name()));
    }
    try {
      return switch (Signable.parse(chain, unsigned)) {
        case Signable.Transaction(UnsignedTransaction transaction) ->
            List.of(fee(transaction, wallet), action(transaction, wallet, hints));
        case Signable.Authorization(PaymentAuthorization authorization) ->
            List.of(effect(authorization, wallet));
      };
    } catch (MalformedBytesException malformed) {
      return List.of(new Effect.Undecodable(String.valueOf(malformed.getMessage())));
    }
  }

  private static Effect fee(UnsignedTransaction transaction, Address wallet) {
    BigInteger gas = transaction.gasLimit();
    return new Effect.Fee(
        wallet,
        AssetId.nativeOf(wallet.chain()),
        gas.multiply(transaction.maxFeePerGas()),
        gas.multiply(transaction.maxPriorityFeePerGas()));
  }

  private Effect action(UnsignedTransaction transaction, Address wallet, DecodingHints hints) {
    if (transaction.to() == null) {
      return new Effect.Undecodable("the creation of a contract");
    }
    if (!transaction.accessList().isEmpty()) {
      return new Effect.Undecodable("an access list");
    }
    return new CallDecoder(wallet, transaction.to(), routers, hints.functions())
        .effect(transaction.value(), transaction.data());
  }

  private static Effect effect(PaymentAuthorization authorization, Address wallet) {
    ChainId chain = wallet.chain();
    if (!authorization.from().on(chain).equals(wallet)) {
      return new Effect.Undecodable(
          "an authorization of " + authorization.from() + " instead of " + wallet);
    }
    return new Effect.Authorization(
        AssetId.token(authorization.domain().token().on(chain)),
        wallet,
        authorization.to().on(chain),
        authorization.value(),
        Instant.ofEpochSecond(authorization.validAfter()),
        Instant.ofEpochSecond(authorization.validBefore()));
  }

  @Override
  public Optional<String> exclusion(ChainId chain, Bytes unsigned, Address wallet) {
    return Optional.of(Signable.parse(chain, unsigned).requiredOf(wallet).exclusion());
  }

  @Override
  public Bytes signingPayload(ChainId chain, Bytes unsigned, Address wallet) {
    return Signable.parse(chain, unsigned).requiredOf(wallet).signingHash();
  }

  /// The first byte, `0x19`, begins no transaction, and the second, `0x45`, no typed data.
  @Override
  public Bytes signInPayload(SignIn signIn, Address wallet) {
    byte[] message = signIn.message(wallet).getBytes(StandardCharsets.US_ASCII);
    String head = "\u0019Ethereum Signed Message:\n" + message.length;
    var preimage = new ByteArrayOutputStream();
    preimage.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    preimage.writeBytes(message);
    return Keccak256.hash(Bytes.of(preimage.toByteArray()));
  }

  /// An authorization is known by what excludes others, because no transaction of its own exists
  /// yet.
  @Override
  public Signed assemble(ChainId chain, Bytes unsigned, Address wallet, Bytes signature) {
    Signable signable = Signable.parse(chain, unsigned).requiredOf(wallet);
    RecoverableSignature recoverable = RecoverableSignature.parse(signature);
    if (!recoverable.recover(signable.signingHash()).on(chain).equals(wallet)) {
      throw new IllegalArgumentException("the signature is not one of " + wallet);
    }
    return switch (signable) {
      case Signable.Transaction(UnsignedTransaction transaction) -> {
        var envelope = new SignedEnvelope(transaction, recoverable);
        yield new Signed(new TransactionId(chain, "0x" + envelope.hash().hex()), envelope.bytes());
      }
      case Signable.Authorization(PaymentAuthorization authorization) ->
          new Signed(
              new TransactionId(chain, authorization.exclusion()),
              new SignedAuthorization(authorization, recoverable).bytes());
    };
  }
}
