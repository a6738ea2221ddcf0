package org.supercargo.api.agent;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.model.Effort;

/// A model an agent may plan with.
///
/// @param backend name of a [org.supercargo.api.model.ModelBackend], such as `deepseek`
/// @param name the provider's model name; empty for the backend's default
public record ModelChoice(String backend, String name, Effort effort) {
  public ModelChoice {
    requireNonNull(backend, "backend is null");
    requireNonNull(name, "name is null");
    requireNonNull(effort, "effort is null");
  }

  /// Reads `backend` or `backend/model`; a model's name may have more slashes.
  public static ModelChoice parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new ModelChoice(text, "", Effort.DEFAULT)
        : new ModelChoice(text.substring(0, slash), text.substring(slash + 1), Effort.DEFAULT);
  }

  public ModelChoice withEffort(Effort wanted) {
    return new ModelChoice(backend, name, wanted);
  }

  @Override
  public String toString() {
    String model = name.isEmpty() ? backend : backend + "/" + name;
    return effort == Effort.DEFAULT
        ? model
        : model + " (effort " + effort.name().toLowerCase(java.util.Locale.ROOT) + ")";
  }
}
