package org.supercargo.plugin.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// What Solana does not carry out is refused before the node is asked anything.
class UnsupportedIntentTest {
  private static final TestWallet WALLET = TestWallet.of(new byte[32]);

  private final SolanaChain chain =
      new SolanaChain(
          URI.create("http://127.0.0.1:9"),
          request -> fail("the node was asked %s", request),
          SolanaSettings.DEFAULT);

  @Test
  void a_contract_call_is_refused() {
    Amount nothing = Amount.zero(LocalChain.SOL);
    assertRefused(
        new Intent.Call(WALLET.address(), "claim(address)", List.of("0x00"), nothing, nothing),
        "The call of claim(address) is for a contract of an EVM chain, not for Solana");
  }

  @Test
  void a_payment_authorization_is_refused() {
    assertRefused(
        new Intent.Payment(
            new Payee("api", WALLET.address(), Provenance.TOOL),
            Amount.ofBaseUnits(LocalChain.SOL, 5),
            "api.example.com",
            "/weather"),
        "The payment to api.example.com is an authorization, not a transaction");
  }

  @Test
  void an_order_is_refused() {
    assertRefused(
        new Intent.Order(
            "coffee",
            List.of(new Intent.Order.Item("beans", 1)),
            new Payee("home", new Address(ChainId.OFF_CHAIN, "1 Harbour Street"), Provenance.OWNER),
            Amount.ofBaseUnits(Asset.USD, 5)),
        "The order from coffee settles with the shop, not on Solana");
  }

  private void assertRefused(Intent intent, String reason) {
    assertThatThrownBy(() -> chain.prepare(new DraftRequest(intent, WALLET.address(), null, 0)))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.advice()).isNotEmpty();
            })
        .hasMessage(reason);
  }
}
