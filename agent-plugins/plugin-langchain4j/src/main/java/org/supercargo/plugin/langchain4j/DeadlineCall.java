package org.supercargo.plugin.langchain4j;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A blocking call on a virtual thread of its own, left behind when its time is up. The time-outs
/// of LangChain4j's clients bound a silence or the wait for headers, not a whole call.
final class DeadlineCall {
  private DeadlineCall() {}

  /// How a call ended.
  sealed interface Ending<T> {
    record Value<T>(T value) implements Ending<T> {}

    record Threw<T>(Throwable thrown) implements Ending<T> {}

    record Late<T>() implements Ending<T> {}

    record Interrupted<T>() implements Ending<T> {}
  }

  /// Returns by the deadline. The call's thread is interrupted when it is not waited for any more;
  /// a call that ignores that goes on unseen. An interrupt of the caller stays set.
  static <T> Ending<T> run(Callable<T> call, Duration deadline) {
    if (Thread.currentThread().isInterrupted()) {
      return new Ending.Interrupted<>();
    }
    var task = new FutureTask<>(call);
    Thread.ofVirtual().name("model call").start(task);
    try {
      return new Ending.Value<>(task.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      task.cancel(true);
      return new Ending.Late<>();
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return new Ending.Interrupted<>();
    } catch (ExecutionException failed) {
      Throwable thrown = failed.getCause() == null ? failed : failed.getCause();
      if (thrown instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      return new Ending.Threw<>(thrown);
    }
  }
}
