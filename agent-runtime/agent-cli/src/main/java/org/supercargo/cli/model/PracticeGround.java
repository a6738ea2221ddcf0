package org.supercargo.cli.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.engine.action.ActionRegistry;
import org.supercargo.engine.action.Admission;
import org.supercargo.engine.action.AgentVocabulary;
import org.supercargo.engine.file.AddressReader;
import org.supercargo.engine.file.KnownAssets;

/// Where models practise: the practice actions behind the very admission that guards real ones, for
/// an agent that knows alice and bob and owns nothing.
public final class PracticeGround {
  private static final Map<String, String> ALICE =
      Map.of(
          "solana", "3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv",
          "base", "0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0");
  private static final Map<String, String> BOB =
      Map.of(
          "solana", "2DssAHsp9sux5WdYXSL3odKb76eyehx8DG9dzCejZizJ",
          "base", "0x973961849b8df4006055510E2885847Bc48A10d5");

  private final AgentVocabulary vocabulary;
  private final ActionRegistry registry;

  public PracticeGround(AddressReader addresses) {
    vocabulary = new AgentVocabulary(spec(addresses), addresses);
    registry = ActionRegistry.of(List.of(new PracticeActions()), vocabulary);
  }

  private static AgentSpec spec(AddressReader addresses) {
    var names = new LinkedHashMap<String, List<Address>>();
    names.put("alice", accounts(ALICE, addresses));
    names.put("bob", accounts(BOB, addresses));
    var nothing =
        new Mandate(Instant.EPOCH, Map.of(), Valuations.NONE, null, List.of(), Map.of(), List.of());
    return new AgentSpec(
        new AgentId("practice"),
        "Practises.",
        ModelSpec.of("offline"),
        List.of("practice"),
        Map.of(ChainId.SOLANA, "practice", ChainId.BASE, "practice"),
        KnownAssets.ALL,
        new AddressBook(names),
        nothing,
        TickLimits.DEFAULT);
  }

  private static List<Address> accounts(Map<String, String> texts, AddressReader addresses) {
    return texts.entrySet().stream()
        .map(each -> addresses.read(ChainId.find(each.getKey()).orElseThrow(), each.getValue()))
        .toList();
  }

  /// The actions with these names, in the registry's order.
  ///
  /// @throws SupercargoException of category USER for a name that is none
  public List<ActionSpec> actions(List<String> names) {
    Set<String> known =
        registry.specs().stream().map(ActionSpec::name).collect(Collectors.toUnmodifiableSet());
    for (String name : names) {
      if (!known.contains(name)) {
        throw SupercargoException.user(
            "There is no practice action \"" + name + "\"",
            "Known: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
      }
    }
    return registry.specs().stream().filter(spec -> names.contains(spec.name())).toList();
  }

  /// What became of a call.
  ///
  /// @param text the action's result, or why it was not run
  public record Outcome(boolean ran, String text) {}

  /// Runs the calls of one reply, each through the admission an agent's calls go through.
  ///
  /// @param offered names of the actions that were on offer; others count as unknown
  public List<Outcome> run(String ask, List<String> offered, List<ActionCall> calls) {
    var admission = new Admission(registry, vocabulary, TickLimits.DEFAULT, ask);
    return calls.stream().map(call -> run(admission, offered, call)).toList();
  }

  private static Outcome run(Admission admission, List<String> offered, ActionCall call) {
    if (!offered.contains(call.action())) {
      return new Outcome(false, "the action " + call.action() + " was not offered");
    }
    return switch (admission.admit(call)) {
      case Admission.Decision.Admitted admitted -> {
        try {
          yield new Outcome(true, String.valueOf(admitted.invocation().run()));
        } catch (SupercargoException e) {
          yield new Outcome(false, e.what());
        }
      }
      case Admission.Decision.Rejected rejected -> new Outcome(false, rejected.reason());
    };
  }
}
