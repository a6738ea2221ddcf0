package org.supercargo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;

/// The directory that holds one folder for each network, and the name of the one used last.
record DataDirectory(Path path) {
  private static final String LAST = "last-network";

  /// Remembers a network for commands that only read.
  void remember(String network) throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve(LAST), network);
  }

  /// The folder of a network, or of the one used last.
  Path network(@Nullable String name) {
    Path last = path.resolve(LAST);
    try {
      if (name == null && !Files.exists(last)) {
        throw SupercargoException.user(
            "Nothing has run yet with the data in " + path,
            "Run an agent first, or name another directory with --data.");
      }
      Path folder = path.resolve(name == null ? Files.readString(last).strip() : name);
      if (!Files.isDirectory(folder)) {
        throw SupercargoException.user(
            "There is no network \"" + folder.getFileName() + "\" in " + path,
            "Name one of the folders there with --network.");
      }
      return folder;
    } catch (IOException e) {
      throw SupercargoException.user(
          "The data in " + path + " cannot be read: " + e.getMessage(), "Check its permissions.");
    }
  }
}
