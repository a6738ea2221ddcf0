package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;

/// An action as a function the model may call, its parameters as a closed JSON Schema.
///
/// The same action always gives the same bytes, in the order of its parameters, so that a
/// provider's prefix cache holds.
final class ActionSchema {
  private ActionSchema() {}

  /// The actions as a request lists them.
  ///
  /// @param strict whether all of them are held to their schemas, see [StrictSchema]
  static ArrayNode tools(List<ActionSpec> actions, boolean strict) {
    ArrayNode tools = Json.object().putArray("tools");
    actions.forEach(action -> tools.add(tool(action, strict)));
    return tools;
  }

  private static ObjectNode tool(ActionSpec action, boolean strict) {
    ObjectNode tool = Json.object();
    tool.put("type", "function");
    ObjectNode function = tool.putObject("function");
    function.put("name", action.name());
    function.put("description", description(action));
    ObjectNode parameters = parameters(action.parameters());
    if (strict) {
      function.put("strict", true);
      function.set("parameters", StrictSchema.of(parameters).orElse(parameters));
    } else {
      function.set("parameters", parameters);
    }
    return tool;
  }

  static boolean canBeStrict(ActionSpec action) {
    return StrictSchema.of(parameters(action.parameters())).isPresent();
  }

  private static String description(ActionSpec action) {
    return action.examples().isEmpty()
        ? action.description()
        : action.description() + "\nAsked for with: " + String.join("; ", action.examples());
  }

  private static ObjectNode parameters(List<Parameter> parameters) {
    ObjectNode schema = Json.object();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    parameters.forEach(parameter -> properties.set(parameter.name(), property(parameter)));
    var required = schema.putArray("required");
    parameters.stream().filter(Parameter::required).map(Parameter::name).forEach(required::add);
    schema.put("additionalProperties", false);
    return schema;
  }

  private static ObjectNode property(Parameter parameter) {
    ObjectNode property = Json.object();
    property.put("type", type(parameter));
    String form = form(parameter);
    property.put(
        "description",
        form.isEmpty() ? parameter.description() : parameter.description() + " (" + form + ")");
    if (isClosed(parameter) && !parameter.choices().isEmpty()) {
      var choices = property.putArray("enum");
      parameter.choices().forEach(choices::add);
    }
    return property;
  }

  private static String type(Parameter parameter) {
    return switch (parameter.type()) {
      case INTEGER -> "integer";
      case BOOLEAN -> "boolean";
      case TEXT, CHOICE, AMOUNT, ASSET, PAYEE, CHAIN, DURATION -> "string";
    };
  }

  private static boolean isClosed(Parameter parameter) {
    return switch (parameter.type()) {
      case CHOICE, ASSET, CHAIN -> true;
      case TEXT, INTEGER, BOOLEAN, AMOUNT, PAYEE, DURATION -> false;
    };
  }

  private static String form(Parameter parameter) {
    return switch (parameter.type()) {
      case AMOUNT ->
          "a plain positive decimal number, a space and a symbol, such as 2.5 USDC"
              + known("; symbols: ", parameter);
      case PAYEE -> "a known name or an address" + known("; names: ", parameter);
      case DURATION -> "an ISO-8601 duration such as PT5M";
      case TEXT, INTEGER, BOOLEAN, CHOICE, ASSET, CHAIN -> "";
    };
  }

  private static String known(String lead, Parameter parameter) {
    return parameter.choices().isEmpty() ? "" : lead + String.join(", ", parameter.choices());
  }
}
