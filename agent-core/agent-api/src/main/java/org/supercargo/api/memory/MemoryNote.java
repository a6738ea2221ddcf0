package org.supercargo.api.memory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;

/// Something an agent noted for later runs.
///
/// Whatever wrote it, a payee or ceiling that comes out of a note is not trusted: see
/// [Provenance#MEMORY].
///
/// @param text 1 to 1000 characters
/// @param source what the note was made from: [Provenance#MODEL] when a model put it into words,
///   [Provenance#OWNER] when the owner did
/// @param tick the number of the run that wrote it
/// @param at to the millisecond
public record MemoryNote(String text, Provenance source, long tick, Instant at) {
  public static final int LONGEST = 1_000;

  public MemoryNote {
    text = text.strip();
    requireNonNull(source, "source is null");
    requireNonNull(at, "at is null");
    if (text.isEmpty() || text.length() > LONGEST) {
      throw SupercargoException.user(
          "A note has " + text.length() + " characters", "Use 1 to " + LONGEST + ".");
    }
  }
}
