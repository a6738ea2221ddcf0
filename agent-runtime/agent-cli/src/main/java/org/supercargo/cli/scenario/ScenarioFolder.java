package org.supercargo.cli.scenario;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.file.AddressReader;
import org.supercargo.engine.file.ScenarioFile;

/// Reads scenarios, one YAML file each. What stands in folders below is not looked at, so agent
/// files may be kept there.
public record ScenarioFolder(AddressReader addresses) {
  /// The scenarios of a folder, by file name.
  ///
  /// @throws SupercargoException of category USER with file, line and what to do
  public List<ScenarioFile> read(Path folder) {
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.yaml")) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw SupercargoException.user(
          "The scenarios in " + folder + " cannot be read",
          "Name a folder with one .yaml file for each scenario.");
    }
    files.sort(null);
    var scenarios = new ArrayList<ScenarioFile>();
    Map<String, Path> seen = new HashMap<>();
    for (Path file : files) {
      ScenarioFile scenario = ScenarioFile.read(file, addresses);
      @Nullable Path before = seen.put(scenario.name(), file);
      if (before != null) {
        throw SupercargoException.user(
            file + " and " + before + " are the same scenario " + scenario.name(),
            "Rename one of them.");
      }
      scenarios.add(scenario);
    }
    if (scenarios.isEmpty()) {
      throw SupercargoException.user(
          "There is no scenario in " + folder, "Put at least one .yaml file there.");
    }
    return scenarios;
  }
}
