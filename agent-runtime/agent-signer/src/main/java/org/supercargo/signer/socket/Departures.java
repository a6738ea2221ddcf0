package org.supercargo.signer.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Answers on their way out, so that one who has stopped the signer can wait until none is.
final class Departures {
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
  private final Set<SocketChannel> leaving = ConcurrentHashMap.newKeySet();

  /// Looks for a stop and writes an answer, as one step.
  interface Departure {
    void run() throws IOException;
  }

  void depart(SocketChannel connection, Departure departure) throws IOException {
    gate.readLock().lock();
    leaving.add(connection);
    try {
      departure.run();
    } finally {
      leaving.remove(connection);
      gate.readLock().unlock();
    }
  }

  /// Returns when every answer that was on its way has left. One whose reader does not take it in
  /// time never leaves: its connection is closed.
  void awaitQuiet() {
    boolean interrupted = false;
    try {
      while (!gate.writeLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        List.copyOf(leaving).forEach(Departures::close);
      }
      gate.writeLock().unlock();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(SocketChannel connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is given up either way.
    }
  }
}
