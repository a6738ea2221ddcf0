package org.supercargo.api.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;

final class AmountTest {
  private static final Asset USDC =
      new Asset(AssetId.token(new Address(ChainId.BASE, "0xUSDC")), "USDC", 6);
  private static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  private static final Asset POINT =
      new Asset(AssetId.token(new Address(ChainId.BASE, "0xPOINT")), "POINT", 0);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0, 0",
    "1, 1000000",
    "1.5, 1500000",
    "2.500000, 2500000",
    "0.000001, 1",
    "007, 7000000",
    "' 2.5 ', 2500000",
    "999999999999999999999999.999999, 999999999999999999999999999999",
    "9999999999999999999999999999999999999999, 9999999999999999999999999999999999999999000000"
  })
  void a_plain_number_is_read_to_the_base_unit(String text, String baseUnits) {
    assertThat(Amount.parse(text, USDC).baseUnits()).isEqualTo(new BigInteger(baseUnits));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''        | it is empty
          '  '      | it is empty
          -1        | it is negative
          -0.5      | it is negative
          '1,5'     | a comma could mean a decimal point or thousands
          '1,000'   | a comma could mean a decimal point or thousands
          1e9       | scientific notation is not accepted for money
          1.5E-3    | scientific notation is not accepted for money
          2e+1      | scientific notation is not accepted for money
          +1        | it is not a plain decimal number
          .5        | it is not a plain decimal number
          5.        | it is not a plain decimal number
          1.2.3     | it is not a plain decimal number
          0x10      | it is not a plain decimal number
          NaN       | it is not a plain decimal number
          Infinity  | it is not a plain decimal number
          '1 000'   | it is not a plain decimal number
          1_000     | it is not a plain decimal number
          one       | it is not a plain decimal number
          ١٢        | it is not a plain decimal number
          '1\u00a0000' | it is not a plain decimal number
          """)
  void anything_else_is_refused_with_its_own_reason(String text, String reason) {
    assertThatThrownBy(() -> Amount.parse(text, USDC))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.what()).contains("is not an amount of USDC", reason);
            });
  }

  @Test
  void a_number_longer_than_any_money_is_refused_and_not_computed() {
    assertThatThrownBy(() -> Amount.parse("9".repeat(41), USDC))
        .isInstanceOf(SupercargoException.class);
    assertThatThrownBy(() -> Amount.parse("0." + "0".repeat(41), USDC))
        .isInstanceOf(SupercargoException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0000001", "1.0000000", "2.5000000"})
  void more_digits_than_the_asset_has_are_refused_even_when_they_are_zeros(String text) {
    assertThatThrownBy(() -> Amount.parse(text, USDC))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.what()).contains("USDC has 6 decimals and this number has 7");
              assertThat(refusal.advice()).contains("at most 6 digits", "nothing is rounded");
            });
  }

  @Test
  void nine_digits_fit_the_coin_that_has_nine() {
    assertThat(Amount.parse("0.000000001", SOL)).isEqualTo(Amount.ofBaseUnits(SOL, 1));
    assertThatThrownBy(() -> Amount.parse("0.0000000001", SOL))
        .hasMessageContaining("SOL has 9 decimals");
  }

  @Test
  void an_asset_without_decimals_takes_whole_numbers_only() {
    assertThat(Amount.parse("12", POINT)).isEqualTo(Amount.ofBaseUnits(POINT, 12));
    assertThatThrownBy(() -> Amount.parse("12.0", POINT)).hasMessageContaining("0 decimals");
  }

  @Test
  void what_is_written_reads_back_as_the_same_amount() {
    long seed = 20270101;
    var random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      var amount = new Amount(USDC, new BigInteger(1 + random.nextInt(130), random));
      assertThat(Amount.parse(amount.number(), USDC))
          .as("seed %s, run %s: %s", seed, run, amount)
          .isEqualTo(amount);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0.000001", "1000000, 1", "2500000, 2.5", "10000000, 10", "-500000, -0.5"})
  void people_see_whole_units_without_trailing_zeros(long baseUnits, String text) {
    assertThat(Amount.ofBaseUnits(USDC, baseUnits)).hasToString(text + " USDC");
  }

  @Test
  void amounts_of_different_assets_never_mix() {
    var usdc = Amount.ofBaseUnits(USDC, 1);
    var sol = Amount.ofBaseUnits(SOL, 1);
    assertThatThrownBy(() -> usdc.plus(sol)).isInstanceOf(SupercargoException.class);
    assertThatThrownBy(() -> usdc.minus(sol)).isInstanceOf(SupercargoException.class);
    assertThatThrownBy(() -> usdc.isMoreThan(sol)).isInstanceOf(SupercargoException.class);
  }
}
