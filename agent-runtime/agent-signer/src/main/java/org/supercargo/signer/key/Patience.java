package org.supercargo.signer.key;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.engine.Pause;

/// How long and how often a key that lives elsewhere is asked.
///
/// Asking again is safe, because whatever it signs is the same payload; it is limited because
/// others wait for the answer, and because a busy service does not get less busy by it.
public final class Patience {
  /// @param total for one question with all its repetitions
  /// @param attempt for one try
  /// @param attempts tries at the most, the first included
  /// @param pause before the second try; it doubles with each further one
  public record Limits(Duration total, Duration attempt, int attempts, Duration pause) {
    public Limits {
      if (!total.isPositive() || !attempt.isPositive() || attempts < 1 || pause.isNegative()) {
        throw new IllegalArgumentException("limits are positive");
      }
    }
  }

  private static final Limits STANDARD =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(2), 3, Duration.ofMillis(100));

  private final Limits limits;
  private final LongSupplier nanoTime;
  private final Pause pause;

  /// @param nanoTime like [System#nanoTime()]
  public Patience(Limits limits, LongSupplier nanoTime, Pause pause) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /// Three tries of two seconds, five seconds in all.
  public static Patience standard() {
    return new Patience(STANDARD, System::nanoTime, Pause.sleeping());
  }

  /// @param subject put before every complaint
  /// @param question gets the time it may take
  /// @throws SupercargoException as the question's last try threw it, or TRANSIENT if it did not
  ///   end in time
  <T> T ask(String subject, Function<Duration, T> question) {
    long start = nanoTime.getAsLong();
    Duration wait = limits.pause();
    for (int attempt = 1; ; attempt++) {
      Duration left = limits.total().minusNanos(nanoTime.getAsLong() - start);
      Duration share = left.compareTo(limits.attempt()) < 0 ? left : limits.attempt();
      try {
        return named(subject, () -> within(share, question));
      } catch (SupercargoException e) {
        left = limits.total().minusNanos(nanoTime.getAsLong() - start);
        boolean again =
            e.category() == Category.TRANSIENT
                && attempt < limits.attempts()
                && left.compareTo(wait) > 0
                && !Thread.currentThread().isInterrupted();
        if (!again) {
          throw e;
        }
      }
      pause.of(wait);
      wait = wait.multipliedBy(2);
    }
  }

  /// Puts the subject before a complaint.
  <T> T named(String subject, Supplier<T> action) {
    try {
      return action.get();
    } catch (SupercargoException e) {
      throw new SupercargoException(
          e.category(), subject + ": " + e.what(), e.advice(), e.getCause());
    }
  }

  /// On a thread of its own: whatever the other side does, the caller is back in time.
  private static <T> T within(Duration share, Function<Duration, T> question) {
    if (!share.isPositive()) {
      throw late();
    }
    var task = new FutureTask<>(() -> question.apply(share));
    Thread thread = Thread.ofVirtual().name("remote-key").start(task);
    try {
      return task.get(share.toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw late();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw SupercargoException.transientFailure("The question was interrupted", "Ask again.", e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static SupercargoException late() {
    return SupercargoException.transientFailure(
        "There was no answer in time",
        "Check the way to where the key lives, and ask again.",
        null);
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException failure -> failure;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(e);
    };
  }
}
