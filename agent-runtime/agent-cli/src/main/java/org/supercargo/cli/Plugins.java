package org.supercargo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.agent.AgentSpec;

/// The plugins an agent may use: the bundled ones, and those in jars of the `plugins` folder, which
/// are found as services. All of them are trusted code in this process.
final class Plugins {
  private Plugins() {}

  /// Those the agent file names, in its order.
  static List<Plugin> chosen(AgentSpec spec, List<Plugin> bundled) {
    var known = new ArrayList<>(bundled);
    ServiceLoader.load(Plugin.class).forEach(known::add);
    return spec.plugins().stream().map(name -> find(name, known)).toList();
  }

  private static Plugin find(String name, List<Plugin> known) {
    List<Plugin> found = known.stream().filter(plugin -> plugin.name().equals(name)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw SupercargoException.user(
          "There is no plugin \"" + name + "\"",
          "Known: "
              + known.stream().map(Plugin::name).distinct().collect(Collectors.joining(", "))
              + "; put the jars of others into the plugins folder.");
    }
    throw SupercargoException.user(
        "Several plugins are called \"" + name + "\"", "Keep one of them in the plugins folder.");
  }
}
