package org.supercargo.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.plan.Expectation;

/// A goal, the world it is given in, and what has to come of it: one run that an agent can be
/// graded by.
///
/// @param name lower-case letters, digits, dashes
/// @param path of the agent file
/// @param holds what the agent's wallets have when it begins, one amount for each asset
/// @param remembers what actions of earlier runs told it, and it noted
/// @param outcomes how the run may end; at least one
/// @param effects what has to hold of what settled, and of the answer
/// @param mostCalls how often models may be asked
public record ScenarioFile(
    String name,
    Path path,
    AgentFile agent,
    Goal goal,
    List<Amount> holds,
    List<String> remembers,
    Set<Outcome> outcomes,
    List<Expectation> effects,
    int mostCalls) {
  public ScenarioFile {
    requireNonNull(name, "name is null");
    requireNonNull(path, "path is null");
    requireNonNull(agent, "agent is null");
    requireNonNull(goal, "goal is null");
    holds = List.copyOf(holds);
    remembers = List.copyOf(remembers);
    outcomes = Set.copyOf(outcomes);
    effects = List.copyOf(effects);
  }

  /// Reads a scenario and the agent file it names, whose path begins at the scenario's folder.
  ///
  /// @throws SupercargoException of category USER with file, line, and what to do
  public static ScenarioFile read(Path file, AddressReader addresses) {
    String name = file.getFileName().toString();
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
    } catch (CharacterCodingException e) {
      throw SupercargoException.user(name + " is not UTF-8 text", "Save it as UTF-8.");
    } catch (IOException e) {
      throw SupercargoException.user(
          "The scenario " + file + " cannot be read", "Check the path and its permissions.");
    }
    return new ScenarioReader(file, addresses)
        .read(YamlPlace.root(name, text, "Describe a scenario in it."));
  }
}
