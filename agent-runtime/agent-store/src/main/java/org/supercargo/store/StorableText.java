package org.supercargo.store;

/// Text that every database gives back as it was: well-formed Unicode without NUL.
final class StorableText {
  private StorableText() {}

  /// @throws IllegalArgumentException for text that would be changed or refused
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean isPair =
          Character.isHighSurrogate(unit)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (unit == 0 || (Character.isSurrogate(unit) && !isPair)) {
        throw new IllegalArgumentException(
            "text holds a NUL or half a surrogate pair at position " + i);
      }
      if (isPair) {
        i++;
      }
    }
    return text;
  }
}
