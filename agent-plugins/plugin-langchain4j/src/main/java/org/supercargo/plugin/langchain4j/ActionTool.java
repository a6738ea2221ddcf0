package org.supercargo.plugin.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;

/// An action as a tool the model may call, its parameters as a closed JSON Schema in their order.
/// LangChain4j is shown the tool and never runs it.
final class ActionTool {
  private ActionTool() {}

  static ToolSpecification of(ActionSpec action) {
    return ToolSpecification.builder()
        .name(action.name())
        .description(description(action))
        .parameters(parameters(action.parameters()))
        .build();
  }

  private static String description(ActionSpec action) {
    return action.examples().isEmpty()
        ? action.description()
        : action.description() + "\nAsked for with: " + String.join("; ", action.examples());
  }

  private static JsonObjectSchema parameters(List<Parameter> parameters) {
    var schema = JsonObjectSchema.builder();
    parameters.forEach(parameter -> schema.addProperty(parameter.name(), property(parameter)));
    return schema
        .required(parameters.stream().filter(Parameter::required).map(Parameter::name).toList())
        .additionalProperties(false)
        .build();
  }

  private static JsonSchemaElement property(Parameter parameter) {
    String form = form(parameter);
    String words =
        form.isEmpty() ? parameter.description() : parameter.description() + " (" + form + ")";
    return switch (parameter.type()) {
      case INTEGER -> JsonIntegerSchema.builder().description(words).build();
      case BOOLEAN -> JsonBooleanSchema.builder().description(words).build();
      case CHOICE, ASSET, CHAIN ->
          parameter.choices().isEmpty() ? string(words) : oneOf(parameter.choices(), words);
      case TEXT, AMOUNT, PAYEE, DURATION -> string(words);
    };
  }

  private static JsonSchemaElement string(String words) {
    return JsonStringSchema.builder().description(words).build();
  }

  private static JsonSchemaElement oneOf(List<String> choices, String words) {
    return JsonEnumSchema.builder().enumValues(choices).description(words).build();
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
