package org.supercargo.testkit;

import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.SignedTransaction;

final class FakeChainLikeSolanaTest extends ChainConformance {
  private final FakeWallet wallet =
      new FakeWallet(
          new FakeChain(
              FakeChain.Settings.likeSolana().withBlocksByHand(),
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
    return FakeCodec.account(ChainId.BASE, "payee").text();
  }

  @Override
  protected void moveOn() {
    wallet.chain.mine();
  }

  @Override
  protected void passHeight(long height) {
    while (wallet.chain.height() <= height + FakeChain.Settings.likeSolana().finality()) {
      wallet.chain.mine();
    }
  }
}
