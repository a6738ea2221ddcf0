package org.supercargo.plugin.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;

/// Actions as functions the model may call, their parameters as closed JSON Schemas. The same
/// actions always give the same bytes, so that the server's prompt cache holds.
final class ActionSchema {
  private ActionSchema() {}

  static ArrayNode tools(List<ActionSpec> actions) {
    ArrayNode tools = Json.object().putArray("tools");
    actions.forEach(action -> tool(tools.addObject(), action));
    return tools;
  }

  private static void tool(ObjectNode tool, ActionSpec action) {
    tool.put("type", "function");
    ObjectNode function = tool.putObject("function");
    function.put("name", action.name());
    function.put(
        "description",
        action.examples().isEmpty()
            ? action.description()
            : action.description() + "\nAsked for with: " + String.join("; ", action.examples()));
    ObjectNode schema = function.putObject("parameters");
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    action
        .parameters()
        .forEach(parameter -> property(properties.putObject(parameter.name()), parameter));
    ArrayNode required = schema.putArray("required");
    action.parameters().stream()
        .filter(Parameter::required)
        .map(Parameter::name)
        .forEach(required::add);
    schema.put("additionalProperties", false);
  }

  private static void property(ObjectNode property, Parameter parameter) {
    boolean closed =
        switch (parameter.type()) {
          case CHOICE, ASSET, CHAIN -> !parameter.choices().isEmpty();
          case TEXT, INTEGER, BOOLEAN, AMOUNT, PAYEE, DURATION -> false;
        };
    property.put(
        "type",
        switch (parameter.type()) {
          case INTEGER -> "integer";
          case BOOLEAN -> "boolean";
          case TEXT, CHOICE, AMOUNT, ASSET, PAYEE, CHAIN, DURATION -> "string";
        });
    String form = form(parameter);
    property.put(
        "description",
        form.isEmpty() ? parameter.description() : parameter.description() + " (" + form + ")");
    if (closed) {
      ArrayNode choices = property.putArray("enum");
      parameter.choices().forEach(choices::add);
    }
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
