package org.supercargo.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process that notes decisions in a SQLite file of which another process runs the agent, until
/// it is killed, and prints the number of each one as soon as the store has acknowledged it.
final class DecidingPerson {
  private DecidingPerson() {}

  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (var store = SqlAgentStore.sqlite(Path.of(arguments[0]))) {
      int first = store.<Integer>read(view -> view.approvals(Rig.asked().id()).size()) + 1;
      for (int number = first; ; number++) {
        store.note(Rig.approval("person " + number));
        out.println(number);
      }
    }
  }
}
