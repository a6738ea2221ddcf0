package org.supercargo.signer;

import java.io.Console;
import java.io.InputStream;
import java.util.Optional;
import org.supercargo.signer.key.Passphrase;

/// Where a person types, if there is one; otherwise the standard input.
record Terminal(InputStream in) {
  boolean isPresent() {
    return console().isPresent();
  }

  /// Asks without echo at a terminal, or reads the first line of the standard input.
  Passphrase ask(String prompt) {
    Optional<Console> console = console();
    if (console.isEmpty()) {
      return Passphrase.firstLine(in);
    }
    char[] typed = console.get().readPassword("%s: ", prompt);
    return Passphrase.typed(typed == null ? new char[0] : typed);
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
