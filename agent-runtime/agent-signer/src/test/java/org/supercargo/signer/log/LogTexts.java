package org.supercargo.signer.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the log as text, as its owner would.
public final class LogTexts {
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"sequence\":\\d+,\"previous\":\"[0-9a-f]{64}\",\"(\\w+)\":\\{\"at\":\"([^\"]+)\".*");

  private LogTexts() {}

  /// The kinds of its lines.
  public static List<String> kinds(Path log) throws IOException {
    return lines(log).map(line -> line.group(1)).toList();
  }

  /// When lines of a kind were written.
  public static List<Instant> times(Path log, String kind) throws IOException {
    return lines(log)
        .filter(line -> line.group(1).equals(kind))
        .map(line -> Instant.parse(line.group(2)))
        .toList();
  }

  private static Stream<Matcher> lines(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(LINE::matcher)
        .map(matcher -> {
          if (!matcher.matches()) {
            throw new AssertionError("a line of the log reads otherwise");
          }
          return matcher;
        });
  }
}
