package org.supercargo.signer.socket;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A process that starts a signer, tells its process id, and waits to be killed.
final class SigningParent {
  private SigningParent() {}

  public static void main(String[] arguments) throws InterruptedException {
    var settings =
        new SignerProcess.Settings(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            List.of(Path.of(arguments[2])),
            true,
            Duration.ofSeconds(60));
    SignerProcess process = SignerProcess.start(settings, System.err::println);
    System.out.println(process.pid());
    new CountDownLatch(1).await();
  }
}
