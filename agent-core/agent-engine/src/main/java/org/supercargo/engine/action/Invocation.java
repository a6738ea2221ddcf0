package org.supercargo.engine.action;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.mandate.Field;

/// An admitted call with its typed arguments, ready to run.
public final class Invocation {
  private final BoundAction action;
  private final List<@Nullable Object> arguments;
  private final Map<Field, Provenance> origins;

  Invocation(BoundAction action, List<@Nullable Object> arguments, Map<Field, Provenance> origins) {
    this.action = action;
    this.arguments = arguments;
    this.origins = Map.copyOf(origins);
  }

  /// Where the arguments came from, the least trusted of each kind.
  public Map<Field, Provenance> origins() {
    return origins;
  }

  public ActionSpec spec() {
    return action.spec();
  }

  /// Runs the method.
  ///
  /// @throws SupercargoException as the action threw it, or of category BUG for anything else
  public @Nullable Object run() {
    try {
      return action.handle().invokeWithArguments(arguments);
    } catch (SupercargoException e) {
      throw e;
    } catch (RuntimeException e) {
      throw SupercargoException.bug(
          "The action " + action.plugin() + "." + action.spec().name() + " failed: " + e, e);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw SupercargoException.external(
          "The action "
              + action.plugin()
              + "."
              + action.spec().name()
              + " failed: "
              + e.getMessage(),
          "",
          e);
    }
  }
}
