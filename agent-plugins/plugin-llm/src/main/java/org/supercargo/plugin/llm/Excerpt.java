package org.supercargo.plugin.llm;

/// Foreign text made fit for a one-line message: short, and without control characters.
final class Excerpt {
  private static final int LONGEST = 240;

  private Excerpt() {}

  static String of(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
