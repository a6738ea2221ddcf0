package org.supercargo.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// Stands between two processes and keeps every byte that passes, in both directions.
final class RecordingWire implements AutoCloseable {
  private static final int BUFFER = 16_384;

  private final ServerSocketChannel listener;
  private final SocketAddress target;
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();

  private RecordingWire(ServerSocketChannel listener, SocketAddress target) {
    this.listener = listener;
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  /// In front of a server on loopback.
  static RecordingWire before(URI server) {
    var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    try {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return new RecordingWire(listener, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In front of a Unix socket.
  static RecordingWire before(Path socket, Path at) {
    try {
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(at);
      ServerSocketChannel listener = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX);
      listener.bind(address);
      return new RecordingWire(listener, UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where to connect instead of to the server on loopback.
  URI address() {
    try {
      var here = (InetSocketAddress) listener.getLocalAddress();
      return URI.create("http://127.0.0.1:" + here.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Everything that passed so far.
  byte[] record() {
    synchronized (record) {
      return record.toByteArray();
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel from = listener.accept();
        SocketChannel to = SocketChannel.open(target);
        Thread.ofVirtual().start(() -> pump(from, to));
        Thread.ofVirtual().start(() -> pump(to, from));
      }
    } catch (IOException e) {
      // Closed, or the server is gone; whoever connects next is told by its own failure.
    }
  }

  private void pump(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocate(BUFFER);
    try (from;
        to) {
      while (from.read(buffer.clear()) >= 0) {
        synchronized (record) {
          record.write(buffer.array(), 0, buffer.position());
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    } catch (IOException e) {
      // One end is gone; closing tells the other.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
