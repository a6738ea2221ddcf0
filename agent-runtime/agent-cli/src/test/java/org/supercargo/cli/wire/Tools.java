package org.supercargo.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;

/// Reads actions back from the JSON Schemas of a request. What a schema says nothing about, such as
/// whether an action moves value, is guessed as a model would: by its name.
final class Tools {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final String EXAMPLES = "\nAsked for with: ";
  private static final Pattern AMOUNT = Pattern.compile(".*\\(a plain positive decimal.*");
  private static final Pattern PAYEE = Pattern.compile(".*\\(a known name or an address.*");
  private static final Pattern LIST = Pattern.compile(".*; (?:symbols|names): (.*)\\)");
  private static final Set<String> CHAINS = Set.of("solana", "base");
  private static final Set<String> EFFECTS = Set.of("transfer", "swap");

  private final Set<String> names = new HashSet<>();
  private final List<ActionSpec> actions = new ArrayList<>();

  void add(JsonNode name, JsonNode description, JsonNode schema) {
    String action = WireServer.text(name, "a tool's name");
    Refusal.unless(NAME.matcher(action).matches(), "a tool's name is not allowed: " + action);
    Refusal.unless(names.add(action), "tool names must be unique: " + action);
    Refusal.unless(
        schema.path("type").asText().equals("object") && schema.path("properties").isObject(),
        "the schema of " + action + " is not an object's");
    String words = WireServer.text(description, "a tool's description");
    int at = words.indexOf(EXAMPLES);
    actions.add(
        new ActionSpec(
            action,
            at < 0 ? words : words.substring(0, at),
            EFFECTS.contains(action) ? ActionSpec.Kind.EFFECT : ActionSpec.Kind.READ,
            parameters(schema),
            at < 0 ? List.of() : List.of(words.substring(at + EXAMPLES.length()).split("; ", -1))));
  }

  List<ActionSpec> actions() {
    return actions;
  }

  private static List<Parameter> parameters(JsonNode schema) {
    var required = new HashSet<String>();
    schema.path("required").forEach(each -> required.add(each.asText()));
    var parameters = new ArrayList<Parameter>();
    schema
        .path("properties")
        .properties()
        .forEach(property ->
            parameters.add(parameter(property.getKey(), property.getValue(), required)));
    Set<String> known = new HashSet<>();
    parameters.forEach(each -> known.add(each.name()));
    Refusal.unless(known.containsAll(required), "a required property is not described");
    return parameters;
  }

  private static Parameter parameter(String name, JsonNode property, Set<String> required) {
    String words = property.path("description").asText();
    List<String> choices = choices(property, words);
    ParameterType type =
        switch (property.path("type").asText()) {
          case "integer" -> ParameterType.INTEGER;
          case "boolean" -> ParameterType.BOOLEAN;
          case "string" -> type(property, words, choices);
          default -> throw Refusal.invalid("the type of " + name + " is not allowed");
        };
    return new Parameter(name, words, type, required.contains(name), choices);
  }

  private static ParameterType type(JsonNode property, String words, List<String> choices) {
    if (property.has("enum")) {
      return CHAINS.containsAll(choices) ? ParameterType.CHAIN : ParameterType.ASSET;
    }
    if (AMOUNT.matcher(words).matches()) {
      return ParameterType.AMOUNT;
    }
    return PAYEE.matcher(words).matches() ? ParameterType.PAYEE : ParameterType.TEXT;
  }

  private static List<String> choices(JsonNode property, String words) {
    var choices = new ArrayList<String>();
    property.path("enum").forEach(each -> choices.add(each.asText()));
    Matcher list = LIST.matcher(words);
    if (choices.isEmpty() && list.matches()) {
      choices.addAll(List.of(list.group(1).split(", ", -1)));
    }
    return choices;
  }
}
