package org.supercargo.plugin.solana;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.testkit.ChainConformance;

/// The adapter does on a real local Solana what every chain does.
class SolanaChainConformanceTest extends ChainConformance {
  /// More than the blocks a transaction can land in and those until the last of them is final.
  private static final int LIFETIME = 170;

  private static @Nullable LocalChain local;

  private final TestWallet wallet = TestWallet.create();
  private final TestWallet payee = TestWallet.create();

  @BeforeAll
  static void start() {
    local = new LocalChain();
  }

  @AfterAll
  static void stop() {
    local().close();
  }

  private static LocalChain local() {
    return requireNonNull(local);
  }

  @BeforeEach
  void fund() {
    local().fund(wallet, LocalChain.SOL, 2_000_000_000L);
    local().fund(wallet, local().usdc(), 20_000_000L);
  }

  @Override
  protected Chain chain() {
    return local().chain;
  }

  @Override
  protected Address wallet() {
    return wallet.address();
  }

  @Override
  protected SignedTransaction sign(Draft draft) {
    return wallet.sign(draft);
  }

  @Override
  protected Address payee() {
    return payee.address();
  }

  @Override
  protected Asset token() {
    return local().usdc();
  }

  @Override
  protected String foreignAddress() {
    return "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
  }

  @Override
  protected void moveOn() {
    local().advance(1);
  }

  @Override
  protected void passHeight(long height) {
    local().advance(LIFETIME);
  }

  @Override
  protected void sendUnchecked(SignedTransaction transaction) {
    local().sendWithoutPreflight(transaction.bytes());
  }
}
