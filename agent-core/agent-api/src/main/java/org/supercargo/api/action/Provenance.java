package org.supercargo.api.action;

/// Where a value came from. Money moves only on what the owner or the mandate said.
public enum Provenance {
  /// The owner's own words or files.
  OWNER,
  /// The mandate and the address book it names.
  MANDATE,
  /// An action's result, the chain, a web page: data.
  TOOL,
  /// A language model's output.
  MODEL,
  /// Recalled from the agent's memory, whatever wrote it there.
  MEMORY;

  /// Whether a payee, ceiling, token or program from here may be used without an approval.
  public boolean isTrusted() {
    return this == OWNER || this == MANDATE;
  }
}
