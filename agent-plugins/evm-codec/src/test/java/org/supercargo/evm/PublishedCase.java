package org.supercargo.evm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// One case of a file of published vectors: lines of a word and its value, apart by empty lines.
record PublishedCase(List<String> lines) {
  static List<PublishedCase> all(String resource) {
    try (InputStream in =
        Objects.requireNonNull(PublishedCase.class.getResourceAsStream(resource), resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.strip().split("\n\n+", -1))
          .filter(block -> !block.startsWith("#"))
          .map(block -> new PublishedCase(List.of(block.split("\n", -1))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> values(String word) {
    return lines.stream()
        .filter(line -> line.equals(word) || line.startsWith(word + " "))
        .map(line -> line.equals(word) ? "" : line.substring(word.length() + 1))
        .toList();
  }

  String one(String word) {
    List<String> values = values(word);
    if (values.size() != 1) {
      throw new IllegalArgumentException(word + " stands " + values.size() + " times in " + lines);
    }
    return values.getFirst();
  }

  @Override
  public String toString() {
    return one("case");
  }
}
