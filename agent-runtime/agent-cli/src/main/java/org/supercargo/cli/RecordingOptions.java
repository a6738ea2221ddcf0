package org.supercargo.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.http.cassette.RecordingHttp;
import picocli.CommandLine.Option;

/// Options of commands that ask models and may keep what was said.
final class RecordingOptions {
  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Record every call of a model in a cassette, without keys. A backend with \"cassette: FILE\""
              + " in models.yaml replays it.")
  @Nullable Path record;

  @Option(names = "--record-again", description = "Replace the file of --record if it is there.")
  boolean recordAgain;

  /// @param http what the models would be asked with
  /// @throws SupercargoException of category USER when the file is there or cannot be made
  ModelRecording over(Http http, Models models) {
    if (record != null) {
      var recording =
          RecordingHttp.to(record, recordAgain, http, models.keys(), InstantSource.system());
      return new ModelRecording(recording, recording::close);
    }
    if (recordAgain) {
      throw SupercargoException.user(
          "--record-again does not say which file", "Name it with --record FILE.");
    }
    return new ModelRecording(http, () -> {});
  }
}
