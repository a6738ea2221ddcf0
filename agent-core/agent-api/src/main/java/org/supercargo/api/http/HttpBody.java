package org.supercargo.api.http;

import org.supercargo.api.Bytes;

/// Takes the body of a reply piece by piece.
@FunctionalInterface
public interface HttpBody {
  /// @param piece cut anywhere, even inside a character
  /// @return false when nothing more is wanted; the exchange then ends
  boolean take(Bytes piece);
}
