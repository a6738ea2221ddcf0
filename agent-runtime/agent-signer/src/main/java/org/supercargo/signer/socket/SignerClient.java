package org.supercargo.signer.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignInAnswer;
import org.supercargo.engine.signing.SignInRequest;
import org.supercargo.engine.signing.SignInSigner;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.signer.SignerHealth;
import org.supercargo.signer.key.PrivateFiles;

/// Speaks to a signer process over its Unix-domain socket.
///
/// Keeps one connection and makes a new one when the signer was restarted. A request that a broken
/// connection swallowed is sent once more: the signer answers the same bytes with the same
/// signature. Safe for use by several threads, which take turns.
public final class SignerClient implements Signer, SignInSigner, AutoCloseable {
  private final Path socket;
  private final DomainJson json;
  private final Duration deadline;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable SocketChannel connection;

  /// @param deadline for one call, waiting for its turn and connecting included
  public SignerClient(Path socket, DomainJson json, Duration deadline) {
    this.socket = socket.toAbsolutePath();
    this.json = json;
    this.deadline = deadline;
  }

  @Override
  public Map<ChainId, Address> wallets(AgentId agent) {
    List<Address> wallets = given(call(SignerCall.wallets(agent)).wallets());
    return wallets.stream().collect(Collectors.toMap(Address::chain, Function.identity()));
  }

  @Override
  public Standing enter(AgentId agent, long fence) {
    return given(call(SignerCall.enter(agent, fence)).standing());
  }

  /// Asks for as many pages as it takes.
  @Override
  public List<GivenSignature> history(AgentId agent, long after, int limit) {
    var all = new ArrayList<GivenSignature>();
    long last = after;
    while (all.size() < limit) {
      List<GivenSignature> page =
          given(call(SignerCall.history(agent, last, limit - all.size())).history());
      if (page.isEmpty()) {
        break;
      }
      all.addAll(page);
      last = page.getLast().number();
    }
    return all;
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    return given(call(SignerCall.sign(request)).answer());
  }

  @Override
  public SignInAnswer signIn(SignInRequest request) {
    return given(call(SignerCall.signIn(request)).signIn());
  }

  /// What the signer sees. After a stop it tells of, nothing that was asked for before gets out.
  ///
  /// @throws SupercargoException of category TRANSIENT when the signer cannot be reached
  public SignerHealth health() {
    return given(call(SignerCall.health()).health());
  }

  private static <T> T given(@Nullable T part) {
    if (part == null) {
      throw SupercargoException.external(
          "The signer's reply does not answer the request", "Check that it is the signer.", null);
    }
    return part;
  }

  private SignerReply call(SignerCall call) {
    long end = System.nanoTime() + deadline.toNanos();
    String text = json.write(call);
    try {
      if (!turn.tryLock(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        throw unreachable("it is busy", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("the wait for it was interrupted", e);
    }
    try {
      SignerReply reply = given(json.read(exchange(text, end), SignerReply.class));
      if (reply.failure() != null) {
        throw reply.failure().exception();
      }
      return reply;
    } finally {
      turn.unlock();
    }
  }

  private String exchange(String text, long end) {
    SocketChannel kept = connection;
    if (kept != null) {
      try {
        return within(kept, text, end);
      } catch (Frame.Malformed e) {
        throw malformed(e);
      } catch (IOException e) {
        // The signer may have been restarted since the last call.
        drop();
      }
    }
    try {
      SocketChannel fresh = SocketChannel.open(StandardProtocolFamily.UNIX);
      connection = fresh;
      return within(fresh, text, end);
    } catch (Frame.Malformed e) {
      throw malformed(e);
    } catch (IOException e) {
      drop();
      throw unreachable(
          System.nanoTime() - end >= 0 ? "it did not answer in time" : PrivateFiles.reason(e), e);
    }
  }

  /// A channel of a Unix-domain socket has no timeouts of its own: a second thread closes it.
  private String within(SocketChannel channel, String text, long end) throws IOException {
    var done = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> closeUnlessDone(channel, done, end));
    try {
      if (!channel.isConnected()) {
        channel.connect(UnixDomainSocketAddress.of(socket));
      }
      Frame.write(channel, text);
      String reply = Frame.read(channel);
      if (reply == null) {
        throw new IOException("the signer closed the connection");
      }
      return reply;
    } finally {
      done.countDown();
    }
  }

  private static void closeUnlessDone(SocketChannel channel, CountDownLatch done, long end) {
    try {
      if (!done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        channel.close();
      }
    } catch (IOException | InterruptedException e) {
      // Nobody interrupts this thread, and a channel that cannot be closed is closed.
    }
  }

  private void drop() {
    SocketChannel old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // It is given up either way.
      }
    }
  }

  private SupercargoException malformed(Frame.Malformed cause) {
    drop();
    return SupercargoException.external(
        "The signer and this process do not understand each other: " + cause.getMessage(),
        "Check that both are of one version.",
        cause);
  }

  private SupercargoException unreachable(String why, @Nullable Throwable cause) {
    return SupercargoException.transientFailure(
        "The signer at " + socket + " cannot be reached: " + why,
        "Check that it runs; asking again is harmless.",
        cause);
  }

  @Override
  public void close() {
    turn.lock();
    try {
      drop();
    } finally {
      turn.unlock();
    }
  }
}
