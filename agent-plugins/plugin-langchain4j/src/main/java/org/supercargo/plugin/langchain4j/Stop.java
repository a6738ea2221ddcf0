package org.supercargo.plugin.langchain4j;

import dev.langchain4j.model.output.FinishReason;
import org.jspecify.annotations.Nullable;

/// Why a model stopped, as far as it matters.
enum Stop {
  /// It had said everything.
  WHOLE,
  /// It came to a limit of length.
  CUT,
  /// A filter or the model declined.
  FILTERED,
  /// The provider could not read the model's call.
  MALFORMED,
  /// Nothing says that the reply is whole.
  UNKNOWN;

  /// What LangChain4j says, for models whose wire is not seen here.
  static Stop of(@Nullable FinishReason reason) {
    if (reason == null) {
      return UNKNOWN;
    }
    return switch (reason) {
      case STOP, TOOL_EXECUTION -> WHOLE;
      case LENGTH -> CUT;
      case CONTENT_FILTER -> FILTERED;
      case OTHER -> UNKNOWN;
    };
  }
}
