package org.supercargo.solana.mutants;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;
import org.supercargo.solana.mutants.HonestPayment.Form;
import org.supercargo.solana.mutants.HonestPayment.Price;

/// Payments of every form from one wallet to one payee.
public record HonestPayments(Address wallet, Address payee) {
  public static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);

  /// A token of the older token program.
  public static final Asset USDC = token("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "USDC", 6);

  /// A token of Token-2022 without extensions that matter.
  public static final Asset CARGO =
      token("2KW2XRd9kwqet15Aha2oK3tYvd3nWbTFH1MBiRAv1BE1", "CARGO", 9);

  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private static Asset token(String mint, String symbol, int decimals) {
    return new Asset(AssetId.token(new Address(ChainId.SOLANA, mint)), symbol, decimals);
  }

  public List<HonestPayment> all() {
    var usual = new Price(30_000, 12_345);
    return List.of(
        payment(sol(1_500_000_000), "", false, null, Form.LEGACY),
        payment(sol(1), "", false, new Price(450, 1), Form.LEGACY),
        payment(sol(250_000_000), "invoice 7", false, usual, Form.LEGACY),
        payment(new Amount(SOL, MOST), "", false, usual, Form.V0),
        payment(sol(7_000_000), "", false, usual, Form.V0_WITH_TABLE),
        payment(usdc(2_500_000), "", false, null, Form.LEGACY),
        payment(usdc(2_500_000), "café №7", true, usual, Form.LEGACY),
        payment(usdc(10_000_000_000L), "", true, usual, Form.V0),
        payment(usdc(1), "order 12", true, usual, Form.V0_WITH_TABLE),
        payment(cargo(1_000_000_000), "", false, usual, Form.LEGACY),
        payment(cargo(42), "thanks", true, usual, Form.LEGACY),
        payment(new Amount(CARGO, MOST), "", true, null, Form.V0));
  }

  private HonestPayment payment(
      Amount amount, String memo, boolean creates, @Nullable Price price, Form form) {
    TokenProgram program =
        amount.asset().equals(SOL)
            ? null
            : amount.asset().equals(USDC) ? TokenProgram.TOKEN : TokenProgram.TOKEN_2022;
    return new HonestPayment(
        new Intent.Transfer(new Payee("bob", payee, Provenance.OWNER), amount, memo),
        PublicKey.of(wallet),
        program,
        creates,
        price,
        form);
  }

  private static Amount sol(long lamports) {
    return Amount.ofBaseUnits(SOL, lamports);
  }

  private static Amount usdc(long baseUnits) {
    return Amount.ofBaseUnits(USDC, baseUnits);
  }

  private static Amount cargo(long baseUnits) {
    return Amount.ofBaseUnits(CARGO, baseUnits);
  }
}
