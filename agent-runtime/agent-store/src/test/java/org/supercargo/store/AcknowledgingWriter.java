package org.supercargo.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process that writes transactions to a SQLite file until it is killed, and prints the number of
/// each one as soon as the store has acknowledged it.
final class AcknowledgingWriter {
  private AcknowledgingWriter() {}

  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (var store = SqlAgentStore.sqlite(Path.of(arguments[0]))) {
      var lease = store.acquire(Rig.AGENT, "writer", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
      long last =
          store.read(view -> view.lastJournalRow(Rig.AGENT).map(row -> row.sequence()).orElse(0L));
      for (long number = last + 1; ; number++) {
        long next = number;
        store.<Boolean>transact(lease, transaction -> Rig.write(transaction, next));
        out.println(next);
      }
    }
  }
}
