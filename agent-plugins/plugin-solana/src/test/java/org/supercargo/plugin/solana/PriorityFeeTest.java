package org.supercargo.plugin.solana;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorityFeeTest {
  private final PriorityFee fee = new PriorityFee(BigInteger.TEN, BigInteger.valueOf(1_000));

  @Test
  void blocks_without_a_price_do_not_count() {
    assertThat(fee.choose(prices(0, 0, 0, 40, 0))).isEqualTo(40);
    assertThat(fee.choose(prices(0, 0))).isEqualTo(10);
    assertThat(fee.choose(List.of())).isEqualTo(10);
  }

  @Test
  void three_of_four_blocks_would_have_taken_it() {
    assertThat(fee.choose(prices(500, 100, 400, 200, 300))).isEqualTo(400);
    assertThat(fee.choose(prices(100, 900))).isEqualTo(100);
  }

  @Test
  void it_never_leaves_the_bounds_whatever_the_node_says() {
    assertThat(fee.choose(List.of(BigInteger.ONE.shiftLeft(64)))).isEqualTo(1_000);
    assertThat(fee.choose(prices(1))).isEqualTo(10);
  }

  private static List<BigInteger> prices(long... prices) {
    return java.util.Arrays.stream(prices).mapToObj(BigInteger::valueOf).toList();
  }
}
