package org.supercargo.api.agent;

import static java.util.Objects.requireNonNull;

/// Which model plans for an agent.
///
/// @param backend name of a [org.supercargo.api.model.ModelBackend], such as `offline` or
///   `deepseek`
/// @param name the provider's model name; empty for the backend's default
public record ModelSpec(String backend, String name) {
  public ModelSpec {
    requireNonNull(backend, "backend is null");
    requireNonNull(name, "name is null");
  }
}
