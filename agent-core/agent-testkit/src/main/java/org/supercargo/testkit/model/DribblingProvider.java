package org.supercargo.testkit.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider that keeps its connection alive with blank lines and never answers.
public final class DribblingProvider implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger lines = new AtomicInteger();

  public DribblingProvider() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// How many blank lines it has sent.
  public int blankLines() {
    return lines.get();
  }

  private void serve() {
    try (Socket client = socket.accept()) {
      var out = client.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      while (!closed.await(20, TimeUnit.MILLISECONDS)) {
        out.write('\n');
        out.flush();
        lines.incrementAndGet();
      }
    } catch (IOException clientLeft) {
      // The client giving up is the point.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
