package org.supercargo.plugin.evm;

/// A node's answer to signed bytes.
sealed interface SendAnswer {
  record Taken(String hash) implements SendAnswer {}

  record Refused(String reason) implements SendAnswer {}
}
