package org.supercargo.signer.log;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What one line of the log says.
public sealed interface LogRecord
    permits SigningRecord,
        SignInRecord,
        AdoptionRecord,
        StopRecord,
        ResumeRecord,
        CheckpointRecord {
  /// The kinds of lines, each with the record it holds.
  enum Kind {
    SIGNATURE(SigningRecord.class),
    SIGN_IN(SignInRecord.class),
    ADOPTION(AdoptionRecord.class),
    STOP(StopRecord.class),
    RESUME(ResumeRecord.class),
    CHECKPOINT(CheckpointRecord.class);

    private final Class<? extends LogRecord> type;

    Kind(Class<? extends LogRecord> type) {
      this.type = type;
    }

    Class<? extends LogRecord> type() {
      return type;
    }

    /// In lower case, as lines write it.
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> find(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  /// Never earlier than the record before it.
  Instant at();

  /// The same at another time.
  LogRecord at(Instant time);

  default Kind kind() {
    return switch (this) {
      case SigningRecord _ -> Kind.SIGNATURE;
      case SignInRecord _ -> Kind.SIGN_IN;
      case AdoptionRecord _ -> Kind.ADOPTION;
      case StopRecord _ -> Kind.STOP;
      case ResumeRecord _ -> Kind.RESUME;
      case CheckpointRecord _ -> Kind.CHECKPOINT;
    };
  }
}
