package org.supercargo.signer.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.supercargo.api.Bytes;

/// Everything before this line was summed up in a second file.
///
/// @param digest SHA-256 of that file
public record CheckpointRecord(Instant at, Bytes digest) implements LogRecord {
  public CheckpointRecord {
    requireNonNull(at, "at is null");
    requireNonNull(digest, "digest is null");
  }

  @Override
  public CheckpointRecord at(Instant time) {
    return new CheckpointRecord(time, digest);
  }
}
