package org.supercargo.testkit.model;

/// Any client of the chat completions protocol, with its own loop of calls and actions.
@FunctionalInterface
public interface ModelClient {
  /// Carries out the [ModelTask] against the provider of a scene.
  ///
  /// @throws Exception whatever the client throws; it is recorded as [Observed.Kind#THREW], so a
  ///   client need not catch anything
  Observed run(Scene scene, Actions actions) throws Exception;

  /// Runs actions for a client, which has to run every one through it.
  @FunctionalInterface
  interface Actions {
    /// @param arguments as the model wrote them, or written anew from what was read of them; `{}`
    ///   for none
    /// @return the action's result, for the model
    String run(String action, String arguments);
  }
}
