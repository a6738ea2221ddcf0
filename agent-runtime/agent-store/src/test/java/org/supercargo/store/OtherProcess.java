package org.supercargo.store;

import java.io.IOException;
import java.nio.file.Path;

/// Programs of these tests that run in a process of their own.
final class OtherProcess {
  private OtherProcess() {}

  /// @param file the program's only argument
  static Process start(Class<?> program, Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.getName(),
            file.toString())
        .start();
  }
}
