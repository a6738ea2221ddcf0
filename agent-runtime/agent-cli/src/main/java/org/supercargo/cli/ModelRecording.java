package org.supercargo.cli;

import org.supercargo.api.http.Http;

/// What models are asked with while a command runs, recorded or not.
///
/// @param end completes the recording; the transport below stays open
record ModelRecording(Http http, Runnable end) implements AutoCloseable {
  /// @throws org.supercargo.api.SupercargoException of category USER when not everything could be
  ///   recorded
  @Override
  public void close() {
    end.run();
  }
}
