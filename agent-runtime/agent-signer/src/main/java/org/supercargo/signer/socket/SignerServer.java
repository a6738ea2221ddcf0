package org.supercargo.signer.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.SigningService;
import org.supercargo.signer.key.PrivateFiles;

/// Serves a [SigningService] on a Unix-domain socket that only its owner can reach.
///
/// Each connection has a virtual thread. A frame that makes no sense is answered with an error, and
/// its connection is closed.
public final class SignerServer implements AutoCloseable {
  /// Connections at one time; further ones are closed at once.
  static final int MOST_CONNECTIONS = 32;

  private static final int LONGEST_PATH = 100;

  private final SigningService service;
  private final Path socket;
  private final DomainJson json;
  private final Consumer<RuntimeException> defects;
  private final ServerSocketChannel listener;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread accepting;

  private SignerServer(
      SigningService service,
      Path socket,
      DomainJson json,
      Consumer<RuntimeException> defects,
      ServerSocketChannel listener) {
    this.service = service;
    this.socket = socket;
    this.json = json;
    this.defects = defects;
    this.listener = listener;
    this.accepting = Thread.ofPlatform().name("signer-accept").unstarted(this::accept);
  }

  /// Binds the socket and starts to serve.
  ///
  /// @param socket in a directory of permissions 0700, made if it is missing; a socket that a dead
  ///   signer left there is replaced
  /// @param defects told of requests that failed instead of being signed or refused
  /// @throws SupercargoException of category USER if it cannot be bound
  public static SignerServer start(
      SigningService service, Path socket, DomainJson json, Consumer<RuntimeException> defects) {
    Path path = socket.toAbsolutePath();
    Path directory = path.getParent();
    if (directory == null || path.toString().length() > LONGEST_PATH) {
      throw SupercargoException.user(
          "The socket path " + path + " is longer than " + LONGEST_PATH + " characters",
          "Choose a shorter one; systems allow little more.");
    }
    PrivateFiles.directory(directory);
    try {
      removeStale(path);
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        listener.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        var server = new SignerServer(service, path, json, defects, listener);
        server.accepting.start();
        return server;
      } catch (IOException e) {
        listener.close();
        throw e;
      }
    } catch (IOException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The socket " + path + " cannot be made: " + PrivateFiles.reason(e),
          "Check the path and the permissions of its directory.",
          e);
    }
  }

  /// Where it listens, absolute.
  public Path socket() {
    return socket;
  }

  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      throw SupercargoException.user(path + " is not a socket", "Choose another path.");
    }
    if (isServed(path)) {
      throw SupercargoException.user(
          "Another signer serves on " + path, "Stop it, or choose another path.");
    }
    Files.delete(path);
  }

  private static boolean isServed(Path path) {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      return false;
    }
  }

  private void accept() {
    try {
      while (!closed.get()) {
        SocketChannel connection = listener.accept();
        if (!places.tryAcquire()) {
          connection.close();
          continue;
        }
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      if (!closed.get()) {
        defects.accept(new UncheckedIOException(e));
        close();
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      boolean understood = true;
      while (understood) {
        understood = answer(connection);
      }
    } catch (IOException e) {
      // The other side is gone. What it asked for is in the log, and it may ask again.
    } finally {
      connections.remove(connection);
      places.release();
    }
  }

  /// False when the connection has to end.
  private boolean answer(SocketChannel connection) throws IOException {
    SignerCall call;
    try {
      String text = Frame.read(connection);
      if (text == null) {
        return false;
      }
      call = json.read(text, SignerCall.class);
      if (call == null) {
        throw new Frame.Malformed("a frame without a request");
      }
    } catch (Frame.Malformed e) {
      refuse(connection, SupercargoException.external("The signer got " + e.getMessage(), "", e));
      return false;
    } catch (SupercargoException e) {
      refuse(connection, e);
      return false;
    }
    Frame.write(connection, json.write(reply(call)));
    return true;
  }

  private void refuse(SocketChannel connection, SupercargoException reason) throws IOException {
    Frame.write(connection, json.write(SignerReply.failure(reason)));
  }

  private SignerReply reply(SignerCall call) {
    try {
      return switch (call.method()) {
        case WALLETS ->
            SignerReply.wallets(List.copyOf(service.wallets(call.agentGiven()).values()));
        case SIGN -> SignerReply.answer(service.sign(call.requestGiven()));
        case HEALTH -> SignerReply.health(service.health());
      };
    } catch (SupercargoException e) {
      defects.accept(e);
      return SignerReply.failure(e);
    } catch (RuntimeException e) {
      defects.accept(e);
      // Only its kind goes out: what a foreign message may quote is not known here.
      return SignerReply.failure(
          SupercargoException.bug("The signer failed with " + e.getClass().getSimpleName(), null));
    }
  }

  /// Returns when it serves no more: after [#close()], or when its socket failed.
  public void awaitEnd() throws InterruptedException {
    accepting.join();
  }

  /// Ends all connections and removes the socket. Requests being signed are finished in the log.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      listener.close();
      Files.deleteIfExists(socket);
      for (SocketChannel connection : List.copyOf(connections)) {
        connection.close();
      }
    } catch (IOException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The socket " + socket + " cannot be removed: " + PrivateFiles.reason(e),
          "Remove it by hand.",
          e);
    }
  }
}
