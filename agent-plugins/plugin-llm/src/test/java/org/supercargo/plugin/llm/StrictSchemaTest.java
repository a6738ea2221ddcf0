package org.supercargo.plugin.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;

class StrictSchemaTest {
  private static ObjectNode schema(String json) {
    return (ObjectNode) ProviderStub.json(json);
  }

  private static String withProperty(String property) {
    return "{\"type\": \"object\", \"properties\": {\"p\": "
        + property
        + "}, \"required\": [\"p\"], \"additionalProperties\": false}";
  }

  @Test
  void what_was_optional_is_required_and_may_be_null() {
    ObjectNode strict =
        StrictSchema.of(
                schema(
                    """
                    {"type": "object", "additionalProperties": false, "required": ["a"],
                     "properties": {
                       "a": {"type": "string", "description": "A", "minLength": 1},
                       "b": {"type": "string", "description": "B", "format": "date"},
                       "c": {"type": "string", "description": "C", "enum": ["x", "y"]},
                       "d": {"type": "integer", "minimum": 3}}}
                    """))
            .orElseThrow();

    assertThat(strict)
        .isEqualTo(
            ProviderStub.json(
                """
                {"type": "object", "properties": {
                   "a": {"type": "string", "description": "A"},
                   "b": {"type": ["string", "null"], "description": "B"},
                   "c": {"description": "C", "anyOf": [
                     {"type": "string", "description": "C", "enum": ["x", "y"]},
                     {"type": "null"}]},
                   "d": {"type": ["integer", "null"]}},
                 "required": ["a", "b", "c", "d"], "additionalProperties": false}
                """));
  }

  @Test
  void formats_that_providers_know_are_kept_and_objects_inside_are_closed() {
    ObjectNode strict =
        StrictSchema.of(
                schema(
                    withProperty(
                        """
                        {"type": "array", "maxItems": 3, "items": {"type": "object",
                         "properties": {"mail": {"type": "string", "format": "email"}},
                         "required": ["mail"]}}
                        """)))
            .orElseThrow();

    JsonNode list = strict.at("/properties/p");
    assertThat(list.has("maxItems")).isFalse();
    assertThat(list.at("/items/additionalProperties").isBoolean()).isTrue();
    assertThat(list.at("/items/properties/mail/format").asText()).isEqualTo("email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"description\": \"anything\"}",
        "{\"type\": \"object\"}",
        "{\"type\": \"object\", \"properties\": {}}",
        "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}",
        "{\"type\": \"array\"}",
        "{\"$ref\": \"#/x\"}",
        "{\"anyOf\": [{\"type\": \"string\"}, {}]}"
      })
  void maps_untyped_values_and_references_cannot_be_strict(String property) {
    assertThat(StrictSchema.of(schema(withProperty(property)))).isEmpty();
  }

  @Test
  void every_type_an_action_can_have_can_be_strict() {
    List<Parameter> parameters =
        java.util.Arrays.stream(ParameterType.values())
            .map(type ->
                new Parameter(
                    type.name().toLowerCase(java.util.Locale.ROOT),
                    "p",
                    type,
                    false,
                    List.of("one", "two")))
            .toList();
    var action = new ActionSpec("all", "All", ActionSpec.Kind.READ, parameters, List.of());
    var none = new ActionSpec("none", "None", ActionSpec.Kind.READ, List.of(), List.of());

    assertThat(ActionSchema.canBeStrict(action)).isTrue();
    assertThat(ActionSchema.canBeStrict(none)).isTrue();
    assertThat(ActionSchema.tools(List.of(action), true).at("/0/function/parameters/required"))
        .hasSize(ParameterType.values().length);
  }
}
