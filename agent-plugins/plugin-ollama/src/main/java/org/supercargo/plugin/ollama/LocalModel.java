package org.supercargo.plugin.ollama;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;

/// A model as Ollama has it.
///
/// @param name such as `qwen3:8b`
/// @param contextTokens how much a request and its reply may have together; asked for as `num_ctx`,
///   and it takes memory
/// @param longestReply tokens, thoughts included
/// @param remote whether Ollama only passes it on to another machine
public record LocalModel(
    String name, int contextTokens, int longestReply, Set<Ability> abilities, boolean remote) {
  public LocalModel {
    requireNonNull(name, "name is null");
    abilities = Set.copyOf(abilities);
    if (contextTokens < 1 || longestReply < 1) {
      throw new IllegalArgumentException("contextTokens and longestReply must be positive");
    }
  }

  /// A model of the owner's own that knows actions and JSON. Ollama marks the ones it passes on to
  /// its cloud at the end of their names.
  public static LocalModel of(String name, int contextTokens) {
    boolean cloud = name.endsWith("-cloud") || name.endsWith(":cloud");
    return new LocalModel(
        name, contextTokens, contextTokens, Set.of(Ability.ACTIONS, Ability.JSON), cloud);
  }

  public LocalModel withAbilities(Set<Ability> all) {
    return new LocalModel(name, contextTokens, longestReply, all, remote);
  }

  public LocalModel withLongestReply(int tokens) {
    return new LocalModel(name, contextTokens, tokens, abilities, remote);
  }

  ModelCard card(String backend, URI server) {
    var free = PriceList.Price.of("0", "0", "0");
    return new ModelCard(
        backend,
        name,
        new PriceList("own machine", LocalDate.EPOCH, Map.of(name, free), PeakHours.NEVER),
        contextTokens,
        longestReply,
        abilities,
        remote || !isThisMachine(server) ? Privacy.PROVIDER : Privacy.OWN_MACHINE);
  }

  /// Only addresses that cannot be another machine's, whatever a resolver says.
  static boolean isThisMachine(URI server) {
    String host = server.getHost();
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
