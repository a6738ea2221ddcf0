package org.supercargo.engine.action;

import java.lang.invoke.MethodHandle;
import java.util.List;
import org.supercargo.api.action.ActionSpec;

/// An action with the method behind it.
///
/// @param handle bound to its plugin; takes the parameters and returns the result
record BoundAction(String plugin, ActionSpec spec, MethodHandle handle, List<Class<?>> types) {
  BoundAction {
    types = List.copyOf(types);
  }
}
