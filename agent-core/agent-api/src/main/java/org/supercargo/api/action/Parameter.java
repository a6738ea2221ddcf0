package org.supercargo.api.action;

import java.util.List;

/// One parameter of an action.
///
/// @param choices the values known to this agent (chains, symbols, names); a closed list for
///   CHOICE, CHAIN and ASSET, a hint for AMOUNT (its symbols) and PAYEE (its names)
public record Parameter(
    String name, String description, ParameterType type, boolean required, List<String> choices) {
  public Parameter {
    choices = List.copyOf(choices);
  }
}
