package org.supercargo.proof.owner;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/// When a lane is open.
///
/// @param until the first moment when it is closed again
public record Opening(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {
  boolean isOpen(Instant at) {
    var there = at.atZone(zone);
    LocalTime time = there.toLocalTime();
    return days.contains(there.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(until);
  }
}
