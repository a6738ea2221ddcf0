package org.supercargo.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeakHoursTest {
  private static final PeakHours BEIJING =
      new PeakHours(
          ZoneId.of("Asia/Shanghai"),
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          List.of(window(9, 12), window(14, 18), window(17, 19)),
          Set.of(LocalDate.of(2026, 11, 25)),
          2);

  private static PeakHours.Window window(int start, int end) {
    return new PeakHours.Window(LocalTime.of(start, 0), LocalTime.of(end, 0));
  }

  @ParameterizedTest(name = "at {0} they end at {1}")
  @CsvSource({
    // Tuesday. Beijing is eight hours ahead.
    "2026-11-24T01:00:00Z, 2026-11-24T04:00:00Z",
    "2026-11-24T03:59:59.999Z, 2026-11-24T04:00:00Z",
    // Two windows that overlap are one.
    "2026-11-24T06:00:00Z, 2026-11-24T11:00:00Z",
    "2026-11-24T10:30:00Z, 2026-11-24T11:00:00Z"
  })
  void peak_hours_end_with_their_window(Instant moment, Instant end) {
    assertThat(BEIJING.factorAt(moment)).isEqualTo(2);
    assertThat(BEIJING.end(moment)).contains(end);
    assertThat(BEIJING.factorAt(end)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T00:59:59Z",
    "2026-11-24T04:00:00Z",
    "2026-11-24T11:00:00Z",
    // A holiday, and a Saturday.
    "2026-11-25T02:00:00Z",
    "2026-11-28T02:00:00Z"
  })
  void at_other_hours_there_is_nothing_to_end(Instant moment) {
    assertThat(BEIJING.end(moment)).isEmpty();
  }

  @Test
  void a_provider_without_peak_hours_has_none_at_any_time() {
    assertThat(PeakHours.NEVER.end(Instant.EPOCH)).isEmpty();
  }
}
