package org.supercargo.cli.kill;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// How one process of an agent ends early.
sealed interface Death {
  /// Far longer than a life without a death lasts.
  Duration LONGEST_LIFE = Duration.ofSeconds(60);

  /// @param goals for this life
  /// @return whether SIGKILL ended it; otherwise it ended by itself
  boolean strikes(AskingAgent agent, ModelProvider provider, int goals);

  /// How it is counted.
  String name();

  /// By its own hand at a named point.
  record Named(String point, int times) implements Death {
    @Override
    public boolean strikes(AskingAgent agent, ModelProvider provider, int goals) {
      try (WorkerProcess worker = agent.start(point + ":" + times, goals)) {
        return isKilled(worker);
      }
    }

    @Override
    public String name() {
      return point;
    }
  }

  /// While the provider is at this place of the answer to its next-but-so-many request.
  record MidCall(ModelProvider.Place place, int number) implements Death {
    @Override
    public boolean strikes(AskingAgent agent, ModelProvider provider, int goals) {
      CompletableFuture<Void> held = provider.hold(place, number);
      try (WorkerProcess worker = agent.start("", goals)) {
        either(held, worker);
        worker.kill();
        return isKilled(worker);
      } finally {
        provider.letGo();
      }
    }

    @Override
    public String name() {
      return "the provider was " + place.name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// So long after its start or its first request, with a provider that takes its time.
  record AnyMoment(boolean onceItAsks, Duration after) implements Death {
    @Override
    public boolean strikes(AskingAgent agent, ModelProvider provider, int goals) {
      provider.slow(true);
      CompletableFuture<Void> asked = provider.next();
      try (WorkerProcess worker = agent.start("", goals)) {
        if (onceItAsks) {
          either(asked, worker);
        }
        if (!worker.endsWithin(after)) {
          worker.kill();
        }
        return isKilled(worker);
      } finally {
        provider.slow(false);
      }
    }

    @Override
    public String name() {
      return "any moment";
    }
  }

  private static void either(CompletableFuture<Void> happened, WorkerProcess worker) {
    CompletableFuture.anyOf(happened, worker.end())
        .orTimeout(LONGEST_LIFE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static boolean isKilled(WorkerProcess worker) {
    if (!worker.endsWithin(LONGEST_LIFE)) {
      throw new AssertionError("the worker does not end:\n" + worker.printed());
    }
    if (worker.status() == CrashPlan.STATUS) {
      return true;
    }
    if (worker.status() != 0) {
      throw new AssertionError("the worker failed:\n" + worker.printed());
    }
    return false;
  }
}
