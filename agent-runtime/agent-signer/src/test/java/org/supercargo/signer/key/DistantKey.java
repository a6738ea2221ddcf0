package org.supercargo.signer.key;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// A place with one key that answers as it is told to, and counts.
public final class DistantKey implements RemoteSignerProvider {
  public static final RemoteKeyName NAME = RemoteKeyName.parse("far-away:the-key");

  private final SigningKey key;
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private final List<Duration> deadlines = new ArrayList<>();
  private Function<Bytes, Bytes> publicKey = Function.identity();
  private BiFunction<Bytes, Bytes, Bytes> answer = (payload, signature) -> signature;
  private int opened;
  private int closed;

  public DistantKey(SigningKey key) {
    this.key = key;
  }

  @Override
  public String scheme() {
    return NAME.scheme();
  }

  @Override
  public RemoteSigner open(String name, KeyType type) {
    if (!name.equals(NAME.key()) || type != key.type()) {
      throw SupercargoException.user("There is no such key", "Name another.");
    }
    opened++;
    return new RemoteSigner() {
      @Override
      public Bytes publicKey(Duration deadline) {
        fail(deadline);
        return publicKey.apply(key.publicKey());
      }

      @Override
      public Bytes sign(Bytes payload, Duration deadline) {
        fail(deadline);
        Bytes signature = key.sign(payload);
        return answer.apply(payload, Bytes.of(Arrays.copyOf(signature.toArray(), 64)));
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  private void fail(Duration deadline) {
    deadlines.add(deadline);
    if (!failures.isEmpty()) {
      throw failures.pop();
    }
  }

  void failWith(RuntimeException... next) {
    failures.addAll(List.of(next));
  }

  void answerPublicKey(Bytes other) {
    publicKey = any -> other;
  }

  void answer(Bytes other) {
    answer = (payload, signature) -> other;
  }

  void answer(BiFunction<Bytes, Bytes, Bytes> change) {
    answer = change;
  }

  /// Answers with the other of the two s.
  public void answerUpperHalf() {
    answer =
        (payload, signature) -> {
          byte[] both = signature.toArray();
          BigInteger s = WeierstrassCurve.ORDER.subtract(new BigInteger(1, both, 32, 32));
          return Bytes.fromHex(signature.hex().substring(0, 64) + WeierstrassCurve.hex(s));
        };
  }

  List<Duration> deadlines() {
    return deadlines;
  }

  public int opened() {
    return opened;
  }

  public int closed() {
    return closed;
  }
}
