package org.supercargo.plugin.solana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;

/// What a program logged before a preflight check failed.
final class PreflightLogs {
  private static final int LINES = 3;
  private static final int LONGEST_LINE = 200;

  private PreflightLogs() {}

  /// The last lines in parentheses, or nothing.
  static String lastLines(String data) {
    JsonNode logs;
    try {
      logs = JsonRpc.JSON.readTree(data).path("logs");
    } catch (JsonProcessingException _) {
      return "";
    }
    var lines = new ArrayList<String>();
    for (int index = Math.max(0, logs.size() - LINES); index < logs.size(); index++) {
      String line = logs.path(index).asText();
      lines.add(line.substring(0, Math.min(line.length(), LONGEST_LINE)));
    }
    return lines.isEmpty() ? "" : " (" + String.join("; ", lines) + ")";
  }
}
