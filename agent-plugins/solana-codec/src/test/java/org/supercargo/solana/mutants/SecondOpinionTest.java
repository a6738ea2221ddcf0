package org.supercargo.solana.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// The second implementation agrees with a third: the message was written by web3.js.
class SecondOpinionTest {
  private static final String MESSAGE =
      "AQAHCoqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29cK8kCOGhpAsJh82TGFPHsq0/z4F9YGhwIBT/H"
          + "U9NN52yMROnTi0H5KqQzBEA7ECRFt9yPict9kQwtNUtP/np+EwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
          + "AAAAAAAAgTl3Dqh9F19Wo1Rmw0x+zMuNipG07jeiXfYPW4/Js5SMlyWPTiSJ8bs9ECkUjg2DC1oTmdr/EIQE"
          + "jnvY2+n4WQMGRm/lIRcy/+ytunLDm+e8jOW7xfcSayxDmzpAAAAAxvp6877brTo9ZfNqq8l0MbG75MLS9uDk"
          + "fKYCA0UvXWEFSlNamSkhBk0k6HFg2jh8fDW13bySu4HkH6hAQQVEjQbd9uHXZaGT2cvhRs7reawctIXtX1s3"
          + "kTqM9YV+/wCpBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcFBgAFAjB1AAAGAAkDOTAAAAAAAAAF"
          + "BgACBAcDCQEBCQQBBwIACgygJSYAAAAAAAYIAApjYWbDqSDihJY3";
  private static final Address ALICE =
      new Address(ChainId.SOLANA, "AKnL4NNf3DGWZJS6cPknBuEGnVsV4A4m5tgebLHaRSZ9");
  private static final Address BOB =
      new Address(ChainId.SOLANA, "9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu");

  private final SecondOpinion secondOpinion = new SecondOpinion();

  @Test
  void a_payment_is_built_as_web3js_builds_it() {
    Meaning read = secondOpinion.read(Bytes.fromBase64(MESSAGE), Map.of());
    var payment =
        new Intent.Transfer(
            new Payee("bob", BOB, Provenance.OWNER),
            Amount.ofBaseUnits(HonestPayments.USDC, 2_500_000),
            "café №7");
    assertThat(read).isEqualTo(secondOpinion.build(payment, ALICE, read.free()));
    assertThat(read.tip()).isEqualTo(371);
    assertThat(read.signatureFee()).isEqualTo(5_000);
  }
}
