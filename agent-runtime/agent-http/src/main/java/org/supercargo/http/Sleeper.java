package org.supercargo.http;

import java.time.Duration;

/// Waits between two attempts. Production sleeps; a test records the wait and goes on.
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration duration) throws InterruptedException;
}
