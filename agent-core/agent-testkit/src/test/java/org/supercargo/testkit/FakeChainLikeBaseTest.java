package org.supercargo.testkit;

import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.SignedTransaction;

final class FakeChainLikeBaseTest extends ChainConformance {
  private final FakeWallet wallet =
      new FakeWallet(
          new FakeChain(
              FakeChain.Settings.likeBase().withBlocksByHand(),
              new ManualClock(),
              new ScriptedFaults()));

  @Override
  protected Chain chain() {
    return wallet.chain;
  }

  @Override
  protected Address wallet() {
    return wallet.address;
  }

  @Override
  protected SignedTransaction sign(Draft draft) {
    return wallet.sign(draft);
  }

  @Override
  protected Address payee() {
    return wallet.payee;
  }

  @Override
  protected Asset token() {
    return wallet.token;
  }

  @Override
  protected String foreignAddress() {
    return FakeCodec.account(ChainId.SOLANA, "payee").text();
  }

  @Override
  protected void moveOn() {
    wallet.chain.mine();
  }
}
