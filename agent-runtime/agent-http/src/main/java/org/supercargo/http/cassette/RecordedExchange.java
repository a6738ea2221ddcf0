package org.supercargo.http.cassette;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;

/// One request and what came of it, without secrets.
///
/// @param uri as text: what is left of it without secrets need not be an address
/// @param headers of the request, lower-case names
record RecordedExchange(
    Instant began,
    Instant ended,
    String method,
    String uri,
    Map<String, String> headers,
    Bytes body,
    Ending ending) {
  RecordedExchange {
    headers = Map.copyOf(headers);
  }

  /// How an exchange ended.
  sealed interface Ending {
    /// @param reply with its whole body, even if that arrived in pieces
    /// @param pieces sizes in bytes of the pieces as they were handed over; null for a reply that
    ///   was read whole
    record Replied(HttpReply reply, @Nullable List<Integer> pieces) implements Ending {
      public Replied {
        pieces = pieces == null ? null : List.copyOf(pieces);
      }
    }

    /// @param arrived what was handed over before
    record Broke(
        HttpFailure.Kind kind, String what, String advice, Bytes arrived, List<Integer> pieces)
        implements Ending {
      public Broke {
        pieces = List.copyOf(pieces);
      }
    }
  }
}
