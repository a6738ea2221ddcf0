package org.supercargo.signer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.signer.log.SigningRecord;

/// What a signature counts in the budgets.
///
/// @param reservations of its own transaction
/// @param carried what a transaction that it follows takes besides
record Charges(List<Reservation> reservations, List<Reservation> carried) {
  private record Sum(String rule, AssetId unit) {}

  /// An admission's reservations, with what this very transaction may cost in place of the most
  /// that all of them might.
  static List<Reservation> of(List<Reservation> admitted, @Nullable Reservation fee) {
    var all = new ArrayList<>(admitted.stream().filter(each -> !isFee(each)).toList());
    if (fee != null) {
      all.add(fee);
    }
    return List.copyOf(all);
  }

  /// @param own of the new transaction
  /// @param replaced the signature whose sums it takes over, or null
  /// @param excludes whether only one of the two can land
  static Charges of(List<Reservation> own, @Nullable SigningRecord replaced, boolean excludes) {
    if (replaced == null) {
      return new Charges(own, List.of());
    }
    if (excludes) {
      return new Charges(larger(own, replaced.reservations()), replaced.carried());
    }
    // Both land, and each pays its fee.
    List<Reservation> before = replaced.reservations().stream().filter(e -> !isFee(e)).toList();
    return new Charges(
        larger(own, before), replaced.charges().stream().filter(Charges::isFee).toList());
  }

  private static List<Reservation> larger(List<Reservation> some, List<Reservation> others) {
    Map<Sum, Reservation> all = new LinkedHashMap<>();
    for (List<Reservation> each : List.of(some, others)) {
      each.forEach(reservation ->
          all.merge(
              new Sum(reservation.rule(), reservation.unit()),
              reservation,
              (one, other) -> one.baseUnits().compareTo(other.baseUnits()) < 0 ? other : one));
    }
    return List.copyOf(all.values());
  }

  private static boolean isFee(Reservation reservation) {
    return reservation.rule().equals(Mandate.FEES);
  }
}
