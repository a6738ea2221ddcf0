package org.supercargo.engine.file;

import java.util.Map;

/// The lines of an agent file on which its values stand.
///
/// @param byPath from 1, by paths such as `mandate.rules[0].payees`
public record FileLines(Map<String, Integer> byPath) {
  public FileLines {
    byPath = Map.copyOf(byPath);
  }

  /// The line of the value or of the nearest one around it.
  public int of(String path) {
    String near = path;
    while (!byPath.containsKey(near) && !near.isEmpty()) {
      int dot = Math.max(near.lastIndexOf('.'), near.lastIndexOf('['));
      near = near.substring(0, Math.max(0, dot));
    }
    return byPath.getOrDefault(near, 1);
  }
}
