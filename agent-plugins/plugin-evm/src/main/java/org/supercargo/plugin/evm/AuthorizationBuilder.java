package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Simulation;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.evm.PaymentAuthorization;

/// Builds the authorization by which a payee gets its payment.
///
/// It is good by the clock of the chain, because that is the clock the token goes by. Source:
/// [EIP-3009](https://eips.ethereum.org/EIPS/eip-3009).
///
/// @param random chooses nonces
record AuthorizationBuilder(
    Asset nativeAsset, EvmNode node, EvmSettings settings, EvmCodec codec, RandomGenerator random) {
  private static final int NONCE = 32;
  private static final int CHOICES = 3;

  Draft build(Intent.Payment payment, DraftRequest request) {
    requirePayable(payment, request);
    EvmAddress wallet = EvmAddress.of(request.wallet());
    new WalletFunds(nativeAsset, node, wallet).requireToken(payment.amount());
    Address contract = new Address(chain(), payment.amount().asset().id().reference());
    var token = new AuthorizingToken(node, EvmAddress.of(contract));
    PaymentAuthorization authorization =
        PaymentAuthorization.until(
            token.domain(new BigInteger(chain().reference())),
            wallet,
            EvmAddress.of(payment.payee().address()),
            payment.amount().baseUnits(),
            Instant.ofEpochSecond(node.newest().time()),
            settings.paymentValidity(),
            freshNonce(token, wallet));
    return draft(authorization, token, request);
  }

  private void requirePayable(Intent.Payment payment, DraftRequest request) {
    if (request.call() != null) {
      throw SupercargoException.bug("A payment is no call: " + payment.summary(), null);
    }
    if (payment.amount().asset().id().isNative()) {
      throw SupercargoException.user(
          payment.host() + " asks for " + payment.amount() + ", which no authorization can move",
          "Pay with a token that takes authorizations, such as USDC.");
    }
    if (payment.payee().address().equals(request.wallet())) {
      throw SupercargoException.user(
          payment.host() + " asks the wallet " + request.wallet() + " to pay itself",
          "Refuse it; a payee is somebody else.");
    }
  }

  private Draft draft(
      PaymentAuthorization authorization, AuthorizingToken token, DraftRequest request) {
    String error = token.objection(authorization.from(), authorization.to(), authorization.value());
    var change =
        new BalanceChange(request.intent().spends().asset().id(), authorization.value().negate());
    return new Draft(
        authorization.bytes(),
        new Validity.UntilTime(authorization.validBefore()),
        codec.decode(
            chain(), authorization.bytes(), request.wallet(), DecodingHints.of(request.intent())),
        new Simulation(error, error == null ? List.of(change) : List.of(), List.of()));
  }

  private Bytes freshNonce(AuthorizingToken token, EvmAddress wallet) {
    for (int choice = 0; choice < CHOICES; choice++) {
      byte[] nonce = new byte[NONCE];
      random.nextBytes(nonce);
      Bytes chosen = Bytes.of(nonce);
      if (!token.takesNoMore(wallet, chosen)) {
        return chosen;
      }
    }
    throw SupercargoException.external(
        "The token at " + token.address() + " says that all of " + CHOICES + " nonces are used",
        "Look at the token; numbers of 32 bytes do not run out.",
        null);
  }

  private ChainId chain() {
    return nativeAsset.chain();
  }
}
