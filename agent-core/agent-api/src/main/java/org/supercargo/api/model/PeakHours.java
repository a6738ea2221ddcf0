package org.supercargo.api.model;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// When a provider charges a multiple of its prices.
///
/// @param zone the provider's own time zone
/// @param days days of the week with peak hours
/// @param windows times of day, each from its start until just before its end
/// @param except dates without peak hours, such as public holidays; a date missing here makes costs
///   too high, never too low
/// @param factor what every price is multiplied with, at least 1
public record PeakHours(
    ZoneId zone, Set<DayOfWeek> days, List<Window> windows, Set<LocalDate> except, int factor) {
  /// The same prices at all hours.
  public static final PeakHours NEVER =
      new PeakHours(ZoneId.of("UTC"), Set.of(), List.of(), Set.of(), 1);

  public PeakHours {
    requireNonNull(zone, "zone is null");
    days = Set.copyOf(days);
    windows = List.copyOf(windows);
    except = Set.copyOf(except);
    if (factor < 1) {
      throw new IllegalArgumentException("factor must be at least 1");
    }
  }

  /// From `start` until just before `end` of one day.
  public record Window(LocalTime start, LocalTime end) {
    public Window {
      if (!start.isBefore(end)) {
        throw new IllegalArgumentException("a window must start before it ends");
      }
    }

    boolean contains(LocalTime time) {
      return !time.isBefore(start) && time.isBefore(end);
    }
  }

  /// When the peak hours at `moment` end; empty if there are none then.
  public Optional<Instant> end(Instant moment) {
    Instant end = moment;
    while (factorAt(end) > 1) {
      ZonedDateTime local = end.atZone(zone);
      LocalTime time = local.toLocalTime();
      end =
          windows.stream()
              .filter(window -> window.contains(time))
              .map(Window::end)
              .max(Comparator.naturalOrder())
              .map(last -> local.with(last).toInstant())
              .orElseThrow();
    }
    return end.equals(moment) ? Optional.empty() : Optional.of(end);
  }

  /// What prices are multiplied with at `moment`.
  public int factorAt(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    boolean peak =
        days.contains(local.getDayOfWeek())
            && !except.contains(local.toLocalDate())
            && windows.stream().anyMatch(window -> window.contains(local.toLocalTime()));
    return peak ? factor : 1;
  }
}
