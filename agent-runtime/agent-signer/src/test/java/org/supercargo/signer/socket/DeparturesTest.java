package org.supercargo.signer.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeparturesTest {
  @TempDir Path temporary;

  private final Departures departures = new Departures();

  @Test
  void quiet_is_at_once_when_nothing_leaves() {
    departures.awaitQuiet();
  }

  @Test
  void quiet_waits_for_what_is_leaving_and_is_taken() throws Exception {
    var entered = new CountDownLatch(1);
    var taken = new CountDownLatch(1);
    try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> leaving =
          threads.submit(() -> {
            departures.depart(
                connection,
                () -> {
                  entered.countDown();
                  try {
                    taken.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                });
            return true;
          });
      entered.await();
      Future<Boolean> quiet =
          threads.submit(() -> {
            departures.awaitQuiet();
            return leaving.isDone() || taken.getCount() == 0;
          });
      taken.countDown();
      assertThat(leaving.get()).isTrue();
      assertThat(quiet.get()).as("quiet came after it had left").isTrue();
    }
  }

  @Test
  void an_answer_that_nobody_takes_never_leaves() throws Exception {
    Path path = temporary.resolve("s");
    var entered = new CountDownLatch(1);
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      listener.bind(UnixDomainSocketAddress.of(path));
      try (SocketChannel lazy = SocketChannel.open(UnixDomainSocketAddress.of(path));
          SocketChannel connection = listener.accept()) {
        Future<?> leaving =
            threads.submit(() -> {
              departures.depart(
                  connection,
                  () -> {
                    entered.countDown();
                    // More than any system takes before it makes the writer wait.
                    while (true) {
                      Frame.write(connection, "x".repeat(Frame.LONGEST));
                    }
                  });
              return "never";
            });
        entered.await();
        departures.awaitQuiet();
        assertThatThrownBy(leaving::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(IOException.class);
        assertThat(connection.isOpen()).isFalse();
        assertThat(lazy.isConnected()).isTrue();
      }
    }
  }
}
