package org.supercargo.engine;

import java.time.Duration;
import java.util.List;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.engine.model.Router;

/// What is done next in a step, as far as it does not depend on the budget: the first of the routes
/// that can be paid is taken.
///
/// @param routes empty when nothing more is tried
/// @param withoutThinking whether the model had better answer at once
/// @param cause why nothing more is tried, as a name
/// @param why in words; empty for the route's own reason
record NextTry(
    List<Router.Route> routes, boolean withoutThinking, Duration delay, String cause, String why) {
  private static final int RETRIES = 2;
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /// A model that was asked in this step, and what came of it.
  record Try(JournalEvent.ModelAsked asked, ChatReply reply) {
    boolean isOf(Router.Route route) {
      return asked.model().equals(route.candidate().reference())
          && asked.effort() == route.candidate().choice().effort();
    }
  }

  static NextTry none(String cause, String why) {
    return new NextTry(List.of(), false, Duration.ZERO, cause, why);
  }

  /// @param able the models that could do the step, the best first; at least one
  /// @param tries what was tried for it
  static NextTry of(List<Router.Route> able, List<Try> tries) {
    if (tries.isEmpty()) {
      return new NextTry(able, false, Duration.ZERO, "", "");
    }
    Try last = tries.getLast();
    List<Router.Route> others =
        able.stream()
            .filter(route -> tries.stream().noneMatch(before -> before.isOf(route)))
            .toList();
    return switch (last.reply()) {
      case ChatReply.Unusable bad -> afterUnusable(bad, last, able, others, tries);
      case ChatReply.Failed failed -> afterFailed(failed, last, able, others, tries);
      case ChatReply.Answer _, ChatReply.Calls _ ->
          throw SupercargoException.bug("A usable reply was not used", null);
    };
  }

  private static NextTry afterUnusable(
      ChatReply.Unusable bad,
      Try last,
      List<Router.Route> able,
      List<Router.Route> others,
      List<Try> tries) {
    if (bad.defect() == Defect.REFUSED) {
      return none(cause(bad), bad.detail());
    }
    if (!others.isEmpty()) {
      return new NextTry(
          others,
          false,
          Duration.ZERO,
          "",
          "after " + bad.defect() + " of " + last.asked().model());
    }
    long unusable =
        tries.stream().filter(each -> each.reply() instanceof ChatReply.Unusable).count();
    if (unusable > tries.stream().map(each -> each.asked().model()).distinct().count()) {
      return none(cause(bad), bad.detail());
    }
    boolean withoutThinking = bad.defect() == Defect.EMPTY || bad.defect() == Defect.REASONING_LOST;
    return new NextTry(able, withoutThinking, Duration.ZERO, "", "once more after " + bad.defect());
  }

  private static NextTry afterFailed(
      ChatReply.Failed failed,
      Try last,
      List<Router.Route> able,
      List<Router.Route> others,
      List<Try> tries) {
    switch (failed.failure()) {
      case CANCELLED, INVALID_REQUEST -> {
        return none(cause(failed), failed.detail());
      }
      case UNAUTHORISED,
          FUNDS_EXHAUSTED,
          RATE_LIMITED,
          OVERLOADED,
          TIMED_OUT,
          UNREACHABLE,
          BROKEN_OFF,
          CONTEXT_OVERFLOW,
          SERVER_ERROR -> {}
    }
    if (!others.isEmpty()) {
      return new NextTry(
          others,
          false,
          Duration.ZERO,
          "",
          "stands in for " + last.asked().model() + ", which was " + failed.failure());
    }
    int failures =
        (int) tries.stream().filter(each -> each.reply() instanceof ChatReply.Failed).count();
    Duration wait =
        failed.retryAfter() == null
            ? FIRST_WAIT.multipliedBy(1L << (failures - 1))
            : failed.retryAfter();
    boolean isBusy =
        failed.failure() == ChatReply.Failure.RATE_LIMITED
            || failed.failure() == ChatReply.Failure.OVERLOADED;
    return isBusy && failures <= RETRIES && wait.compareTo(LONGEST_WAIT) <= 0
        ? new NextTry(able, false, wait, "", "again after " + failed.failure())
        : none(cause(failed), failed.detail());
  }

  static String cause(ChatReply reply) {
    return switch (reply) {
      case ChatReply.Unusable bad -> bad.defect().name();
      case ChatReply.Failed failed -> failed.failure().name();
      case ChatReply.Answer _, ChatReply.Calls _ -> "";
    };
  }

  static String detail(ChatReply reply) {
    return switch (reply) {
      case ChatReply.Unusable bad -> bad.detail();
      case ChatReply.Failed failed -> failed.detail();
      case ChatReply.Answer _, ChatReply.Calls _ -> "";
    };
  }
}
