package org.supercargo.testkit.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does what no HTTP server does, on 127.0.0.1.
final class WildServer implements AutoCloseable {
  private static final String LENGTH = "content-length:";
  private static final long BETWEEN_SIGNS_MILLIS = 20;

  private final ServerSocket socket;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Turn.Wildness wildness;
  private final boolean streamed;

  WildServer(Turn.Wildness wildness, boolean streamed) {
    this.wildness = wildness;
    this.streamed = streamed;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      if (wildness == Turn.Wildness.ABSENT) {
        socket.close();
      } else {
        Thread.ofVirtual().start(this::accept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// Waits for the first request.
  boolean wasAsked(Duration atMost) throws InterruptedException {
    return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (readRequest(client.getInputStream())) {
        asked.countDown();
        behave(client.getOutputStream());
      }
    } catch (IOException clientLeft) {
      // A client that gives up is what several cases are about.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Reads all of it: unread bytes would turn the end of the connection into a reset.
  private static boolean readRequest(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    for (String line : head.toString().lines().toList()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        in.readNBytes(Integer.parseInt(line.substring(LENGTH.length()).strip()));
      }
    }
    return true;
  }

  private void behave(OutputStream out) throws IOException, InterruptedException {
    switch (wildness) {
      case KEEPS_ALIVE -> {
        write(out, head(""));
        while (!closed.await(BETWEEN_SIGNS_MILLIS, TimeUnit.MILLISECONDS)) {
          write(out, streamed ? ": keep-alive\n\n" : "\n");
        }
      }
      case FALLS_SILENT -> {
        write(out, head(""));
        closed.await();
      }
      case CUTS_OFF -> {
        write(out, head("Transfer-Encoding: chunked\r\n"));
        var said = new Turn.Said("stop", "I hold a great many things, of which the first");
        String body = streamed ? ProviderText.streamed(said) : ProviderText.whole(said);
        String half = body.substring(0, body.length() / 2);
        write(out, Integer.toHexString(half.length()) + "\r\n" + half + "\r\n");
      }
      case HANGS_UP, ABSENT -> {}
    }
  }

  private String head(String more) {
    return "HTTP/1.1 200 OK\r\nContent-Type: "
        + (streamed ? "text/event-stream" : "application/json")
        + "\r\n"
        + more
        + "\r\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
