package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EpochNanosecondsTest {
  @Test
  void every_time_comes_back_and_order_is_kept() {
    long seed = 20_260_102L;
    var random = new Random(seed);
    Instant before = Instant.MIN;
    for (long nanoseconds :
        random.longs(10_000, -9_223_372_035_000_000_000L, Long.MAX_VALUE).sorted().toArray()) {
      Instant time = EpochNanoseconds.toInstant(nanoseconds);
      assertThat(EpochNanoseconds.of(time)).as("seed %d", seed).isEqualTo(nanoseconds);
      assertThat(time).as("seed %d", seed).isAfterOrEqualTo(before);
      before = time;
    }
  }

  @Test
  void times_beyond_the_range_are_refused_or_moved_to_its_end() {
    for (Instant far : new Instant[] {Instant.MIN, Instant.parse("1677-01-01T00:00:00Z")}) {
      assertThatThrownBy(() -> EpochNanoseconds.of(far))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(EpochNanoseconds.nearest(far)).isEqualTo(Long.MIN_VALUE);
    }
    for (Instant far : new Instant[] {Instant.MAX, Instant.parse("2262-04-12T00:00:00Z")}) {
      assertThatThrownBy(() -> EpochNanoseconds.of(far))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(EpochNanoseconds.nearest(far)).isEqualTo(Long.MAX_VALUE);
    }
  }
}
