package org.supercargo.engine.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.plan.Planner.Objection;

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
  private final Map<Asked, Integer> seen = new HashMap<>();
  private int repeatsRejected;

  private record Asked(String action, Object arguments) {}

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
    record Rejected(Objection objection, String reason) implements Decision {}
  }

  public Decision admit(ActionCall call) {
    BoundAction action = registry.find(call.action()).orElse(null);
    if (action == null) {
      return new Decision.Rejected(
          Objection.UNKNOWN_ACTION,
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
      return new Decision.Rejected(
          Objection.MALFORMED, "The arguments are not whole JSON: " + e.getOriginalMessage());
    }
    String objection = objection(action.spec(), arguments);
    if (objection != null) {
      return new Decision.Rejected(Objection.MALFORMED, objection);
    }
    List<@Nullable Object> values;
    try {
      values = binder.bind(action, arguments);
    } catch (SupercargoException e) {
      String repeat = repeat(action.spec(), arguments);
      return new Decision.Rejected(
          repeat == null ? Objection.MEANINGLESS : Objection.REPEAT,
          repeat == null ? (e.what() + ". " + e.advice()).strip() : repeat);
    }
    String repeat = repeat(action.spec(), values);
    return repeat == null
        ? new Decision.Admitted(new Invocation(action, values, binder.origins(values)))
        : new Decision.Rejected(Objection.REPEAT, repeat);
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
  ///
  /// @param arguments the values they mean, so that "2.5 USDC" and "2.50 USDC" are the same
  ///   payment; as they were written when they mean nothing
  private @Nullable String repeat(ActionSpec spec, Object arguments) {
    int before = seen.merge(new Asked(spec.name(), arguments), 1, Integer::sum) - 1;
    String objection = objection(spec, before);
    if (objection != null) {
      repeatsRejected++;
    }
    return objection;
  }

  private @Nullable String objection(ActionSpec spec, int before) {
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
