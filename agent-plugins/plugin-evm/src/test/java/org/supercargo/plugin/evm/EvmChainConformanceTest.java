package org.supercargo.plugin.evm;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.Validity;
import org.supercargo.testkit.ChainConformance;

/// The adapter does on a real local Base what every chain does.
class EvmChainConformanceTest extends ChainConformance {
  private static final AtomicLong KEYS = new AtomicLong(7_000_000);

  private static @Nullable LocalBase base;

  private final TestWallet wallet = TestWallet.of(KEYS.incrementAndGet());
  private final TestWallet payee = TestWallet.of(KEYS.incrementAndGet());

  @BeforeAll
  static void start() {
    base = new LocalBase();
  }

  @AfterAll
  static void stop() {
    base().close();
  }

  private static LocalBase base() {
    return requireNonNull(base);
  }

  @BeforeEach
  void fund() {
    base().fund(wallet, Amount.parse("2", LocalBase.ETHER));
    base().fund(wallet, Amount.parse("20", base().usdc()));
  }

  @Override
  protected Chain chain() {
    return base().chain();
  }

  @Override
  protected Address wallet() {
    return wallet.address();
  }

  @Override
  protected SignedTransaction sign(Draft draft) {
    return wallet.sign(draft.unsigned(), ((Validity.Nonce) draft.validity()).number());
  }

  @Override
  protected Address payee() {
    return payee.address();
  }

  @Override
  protected Asset token() {
    return base().usdc();
  }

  @Override
  protected String foreignAddress() {
    return "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
  }

  @Override
  protected void moveOn() {
    base().mine(1);
  }
}
