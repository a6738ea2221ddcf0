package org.supercargo.testkit;

import java.util.List;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// A funded wallet on a fake chain, and someone to pay.
final class FakeWallet {
  final FakeChain chain;
  final Address address;
  final Address payee;
  final Asset token;
  private final FakeKey key = FakeKey.named("wallet");

  FakeWallet(FakeChain chain) {
    this.chain = chain;
    address = FakeCodec.account(chain.id(), "wallet");
    payee = FakeCodec.account(chain.id(), "payee");
    token = new Asset(AssetId.token(FakeCodec.account(chain.id(), "token contract")), "USDC", 6);
    chain.credit(address, Amount.parse("2", chain.nativeAsset()));
    chain.credit(address, Amount.parse("10", token));
  }

  Draft prepare(String number) {
    var intent =
        new Intent.Transfer(
            new Payee("payee", payee, Provenance.MANDATE), Amount.parse(number, token), "");
    return chain.prepare(new DraftRequest(intent, address, null, chain.nextNonce(address)));
  }

  SignedTransaction sign(Draft draft) {
    var codec = new FakeCodec(chain.id().namespace());
    TransactionCodec.Signed signed =
        codec.assemble(
            chain.id(),
            draft.unsigned(),
            address,
            key.sign(codec.signingPayload(chain.id(), draft.unsigned(), address)));
    return new SignedTransaction(signed.id(), signed.bytes(), draft.validity());
  }

  SignedTransaction signed(String number) {
    return sign(prepare(number));
  }

  SubmitResult submit(SignedTransaction transaction) {
    return chain.submit(transaction);
  }

  TransactionStatus status(SignedTransaction transaction) {
    return chain.status(transaction, address, List.of(token));
  }

  String paid() {
    return chain.balance(payee, token).number();
  }
}
