package org.supercargo.signer.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignInAnswer;
import org.supercargo.signer.SignerHealth;
import org.supercargo.signer.SigningService;
import org.supercargo.signer.key.PrivateFiles;

/// Serves a [SigningService] on a Unix-domain socket that only its owner, or one group, can reach.
///
/// Each connection has a virtual thread. A frame that makes no sense is answered with an error, and
/// its connection is closed.
public final class SignerServer implements AutoCloseable {
  /// Connections at one time; further ones are closed at once.
  static final int MOST_CONNECTIONS = 32;

  /// Half a frame, and a first signature of more than that fits into one.
  private static final int LONGEST_PAGE = Frame.LONGEST / 2;

  private final SigningService service;
  private final Path socket;
  private final DomainJson json;
  private final Consumer<RuntimeException> defects;
  private final ServerSocketChannel listener;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private final Departures departures = new Departures();
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

  /// Serves the signer's own user.
  ///
  /// @throws SupercargoException of category USER if the socket cannot be bound
  public static SignerServer start(
      SigningService service, Path socket, DomainJson json, Consumer<RuntimeException> defects) {
    return start(service, socket, null, json, defects);
  }

  /// Binds the socket and starts to serve.
  ///
  /// @param socket in a directory that nobody else can write to, made if it is missing; a socket
  ///   that a dead signer left there is replaced
  /// @param group whose members may ask besides the signer's own user, or null
  /// @param defects told of requests that failed instead of being signed or refused
  /// @throws SupercargoException of category USER if it cannot be bound
  public static SignerServer start(
      SigningService service,
      Path socket,
      @Nullable String group,
      DomainJson json,
      Consumer<RuntimeException> defects) {
    SocketFile file = SocketFile.of(socket, group);
    try {
      var server = new SignerServer(service, file.path(), json, defects, file.listen());
      server.accepting.start();
      return server;
    } catch (IOException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The socket " + file.path() + " cannot be made: " + PrivateFiles.reason(e),
          "Check the path, the permissions of its directory, and the group.",
          e);
    }
  }

  /// Where it listens, absolute.
  public Path socket() {
    return socket;
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
    SignerReply reply = reply(call);
    if (reply.answer() instanceof SignAnswer.Signed) {
      depart(connection, call.requestGiven().id().agent(), reply, SignerReply::answer);
    } else if (reply.signIn() instanceof SignInAnswer.Signed) {
      depart(
          connection,
          call.signInGiven().agent(),
          reply,
          halted -> SignerReply.signIn(new SignInAnswer.Halted(halted.reason(), halted.advice())));
    } else {
      Frame.write(connection, json.write(reply));
    }
    return true;
  }

  /// Lets a signature go, unless its agent was stopped meanwhile.
  private void depart(
      SocketChannel connection,
      AgentId agent,
      SignerReply reply,
      Function<SignAnswer.Halted, SignerReply> instead)
      throws IOException {
    departures.depart(
        connection,
        () -> {
          SignAnswer.Halted halted = service.stopped(agent);
          Frame.write(connection, json.write(halted == null ? reply : instead.apply(halted)));
        });
  }

  private void refuse(SocketChannel connection, SupercargoException reason) throws IOException {
    Frame.write(connection, json.write(SignerReply.failure(reason)));
  }

  private SignerReply reply(SignerCall call) {
    try {
      return switch (call.method()) {
        case WALLETS ->
            SignerReply.wallets(List.copyOf(service.wallets(call.agentGiven()).values()));
        case ENTER -> SignerReply.standing(service.enter(call.agentGiven(), call.numberGiven()));
        case HISTORY -> SignerReply.history(history(call));
        case SIGN -> SignerReply.answer(service.sign(call.requestGiven()));
        case SIGN_IN -> SignerReply.signIn(service.signIn(call.signInGiven()));
        case HEALTH -> SignerReply.health(health());
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

  private List<GivenSignature> history(SignerCall call) {
    return service.page(call.agentGiven(), call.numberGiven(), call.limitGiven(), LONGEST_PAGE);
  }

  /// One who has stopped the signer asks for this and then knows that nothing more gets out.
  private SignerHealth health() {
    SignerHealth health = service.health();
    if (!health.stops().isEmpty()) {
      departures.awaitQuiet();
    }
    return health;
  }

  /// Returns when it serves no more: after [#close()], or when its socket failed.
  public void awaitEnd() throws InterruptedException {
    accepting.join();
  }

  /// Ends all connections and removes the socket. Requests being signed are finished in the log.
  ///
  /// Whoever closes it second waits for the first, lest the process ends with the socket in place.
  @Override
  public synchronized void close() {
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
