package org.supercargo.plugin.offline;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Parameter;

/// A value read for a parameter, or the reason why what stands there is none.
///
/// @param value in the owner's own words, or the choice they name; empty with a complaint
/// @param symbol of an amount, in lower case; empty for other types
/// @param length tokens used, at least 1
/// @param cost how unsure this reading is
/// @param openEnded whether it took everything up to the end of the clause
/// @param complaint what is wrong with the words, or null
record Fill(
    Parameter parameter,
    String value,
    String symbol,
    int length,
    int cost,
    boolean openEnded,
    @Nullable String complaint) {
  static final int SURE = 0;

  /// The runtime will know whether it is right; it is passed on word for word.
  static final int UNKNOWN_NAME = 2;

  static final int WRONG = 9;

  static Fill of(Parameter parameter, String value, int length) {
    return new Fill(parameter, value, "", length, SURE, false, null);
  }

  static Fill unknownName(Parameter parameter, String value) {
    return new Fill(parameter, value, "", 1, UNKNOWN_NAME, false, null);
  }

  static Fill amount(Parameter parameter, String number, String symbol, int length, int cost) {
    return new Fill(
        parameter,
        number + " " + symbol,
        symbol.toLowerCase(Locale.ROOT),
        length,
        cost,
        false,
        null);
  }

  static Fill openEnded(Parameter parameter, String value, int length) {
    return new Fill(parameter, value, "", length, SURE, true, null);
  }

  static Fill wrong(Parameter parameter, int length, String complaint) {
    return new Fill(parameter, "", "", length, WRONG, false, requireNonNull(complaint));
  }
}
