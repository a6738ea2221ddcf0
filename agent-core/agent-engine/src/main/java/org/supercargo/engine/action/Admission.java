package org.supercargo.engine.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.api.agent.TickLimits;

/// Lets a planner's call through, or says why not: a known action, whole arguments of the declared
/// types, and not the same call over and over.
///
/// Pure but for counting repeats, so that a replay admits and rejects the same calls.
public final class Admission {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final ActionRegistry registry;
  private final AgentVocabulary vocabulary;
  private final TickLimits limits;
  private final ArgumentBinder binder;
  private final Map<String, Integer> seen = new HashMap<>();
  private int repeatsRejected;

  public Admission(
      ActionRegistry registry, AgentVocabulary vocabulary, TickLimits limits, String goal) {
    this.registry = registry;
    this.vocabulary = vocabulary;
    this.limits = limits;
    this.binder = new ArgumentBinder(this.vocabulary, goal);
  }

  /// What became of a call.
  public sealed interface Decision {
    /// It may run.
    record Admitted(Invocation invocation) implements Decision {}

    /// It may not run.
    record Rejected(String reason) implements Decision {}
  }

  public Decision admit(ActionCall call) {
    BoundAction action = registry.find(call.action()).orElse(null);
    if (action == null) {
      return new Decision.Rejected(
          "There is no action \""
              + call.action()
              + "\". Known: "
              + registry.specs().stream().map(ActionSpec::name).collect(Collectors.joining(", "))
              + ".");
    }
    JsonNode arguments;
    try {
      arguments = JSON.readTree(call.arguments());
    } catch (JsonProcessingException e) {
      return new Decision.Rejected("The arguments are not whole JSON: " + e.getOriginalMessage());
    }
    String objection = objection(action.spec(), arguments);
    if (objection != null) {
      return new Decision.Rejected(objection);
    }
    String repeat = repeat(action.spec(), arguments);
    if (repeat != null) {
      repeatsRejected++;
      return new Decision.Rejected(repeat);
    }
    try {
      return new Decision.Admitted(new Invocation(action, binder.bind(action, arguments)));
    } catch (SupercargoException e) {
      return new Decision.Rejected((e.what() + ". " + e.advice()).strip());
    }
  }

  /// Whether the planner keeps asking for what it was refused as a repeat.
  public boolean isGoingInCircles() {
    return repeatsRejected >= limits.repeats();
  }

  private @Nullable String objection(ActionSpec spec, JsonNode arguments) {
    if (!arguments.isObject()) {
      return "The arguments of " + spec.name() + " must be a JSON object.";
    }
    List<String> known = spec.parameters().stream().map(Parameter::name).toList();
    for (var field : arguments.properties()) {
      if (!known.contains(field.getKey())) {
        return spec.name()
            + " has no parameter \""
            + field.getKey()
            + "\". Known: "
            + String.join(", ", known)
            + ".";
      }
    }
    for (Parameter parameter : spec.parameters()) {
      JsonNode argument = arguments.path(parameter.name());
      boolean absent = argument.isMissingNode() || argument.isNull();
      if (absent && parameter.required()) {
        return spec.name()
            + " needs \""
            + parameter.name()
            + "\": "
            + parameter.description()
            + ".";
      }
      if (!absent && !fits(parameter.type(), argument)) {
        return "\""
            + parameter.name()
            + "\" of "
            + spec.name()
            + " must be "
            + form(parameter.type())
            + ", not "
            + argument
            + ".";
      }
    }
    return null;
  }

  private static boolean fits(ParameterType type, JsonNode argument) {
    return switch (type) {
      case INTEGER -> argument.isIntegralNumber() && argument.canConvertToLong();
      case BOOLEAN -> argument.isBoolean();
      case TEXT, CHOICE, AMOUNT, ASSET, PAYEE, CHAIN, DURATION ->
          argument.isTextual() && !argument.asText().isBlank();
    };
  }

  private static String form(ParameterType type) {
    return switch (type) {
      case INTEGER -> "a whole number";
      case BOOLEAN -> "true or false";
      case AMOUNT -> "text such as \"2.5 USDC\"";
      case TEXT, CHOICE, ASSET, PAYEE, CHAIN, DURATION -> "text";
    };
  }

  /// Effects run once: a second identical payment in one tick is a loop or a slip, never a wish
  /// that could not be said in another tick.
  private @Nullable String repeat(ActionSpec spec, JsonNode arguments) {
    var sorted = new TreeMap<String, String>();
    arguments
        .properties()
        .forEach(field -> sorted.put(field.getKey(), field.getValue().toString()));
    int before = seen.merge(spec.name() + sorted, 1, Integer::sum) - 1;
    return switch (spec.kind()) {
      case EFFECT ->
          before == 0
              ? null
              : "The same "
                  + spec.name()
                  + " was asked for already in this run; it runs once. To repeat it, start another run.";
      case READ ->
          before < limits.repeats()
              ? null
              : spec.name() + " was asked the same " + before + " times; use the answer you have.";
    };
  }
}
