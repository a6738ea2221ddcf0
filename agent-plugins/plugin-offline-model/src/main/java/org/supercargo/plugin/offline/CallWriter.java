package org.supercargo.plugin.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.Parameter;

/// Writes what was read as action calls; the same reading always gives the same text.
final class CallWriter {
  private static final JsonMapper JSON = new JsonMapper();

  private CallWriter() {}

  static List<ActionCall> calls(List<Reading> readings) {
    List<ActionCall> calls = new ArrayList<>();
    for (Reading reading : readings) {
      calls.add(
          new ActionCall(
              "call-" + (calls.size() + 1), reading.pattern().action().name(), arguments(reading)));
    }
    return calls;
  }

  /// A JSON object with the parameters in the action's order.
  static String arguments(Reading reading) {
    Map<String, Fill> fills = reading.fillsByName();
    ObjectNode arguments = JSON.createObjectNode();
    for (Parameter parameter : reading.pattern().action().parameters()) {
      Fill fill = fills.get(parameter.name());
      if (fill != null) {
        put(arguments, parameter, fill.value());
      }
    }
    try {
      return JSON.writeValueAsString(arguments);
    } catch (JsonProcessingException impossible) {
      throw SupercargoException.bug("Arguments could not be written as JSON", impossible);
    }
  }

  private static void put(ObjectNode arguments, Parameter parameter, String value) {
    switch (parameter.type()) {
      case INTEGER -> arguments.put(parameter.name(), Long.parseLong(value));
      case BOOLEAN -> arguments.put(parameter.name(), Boolean.parseBoolean(value));
      case TEXT, CHOICE, AMOUNT, ASSET, PAYEE, CHAIN, DURATION ->
          arguments.put(parameter.name(), value);
    }
  }
}
