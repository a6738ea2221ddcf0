package org.supercargo.cli.kill;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/// At which named point this process dies, as `kill -9` would end it, and at which of the times it
/// passes there.
final class CrashPlan {
  private static final int SIGKILL = 9;

  /// What a process that died of SIGKILL exits with.
  static final int STATUS = 128 + SIGKILL;

  private static final List<String> EVENTS =
      List.of(
          "TickStarted",
          "ModelAsked",
          "ModelReplyLost",
          "ModelReplied",
          "IntentRecovered",
          "IntentProposed",
          "IntentJudged",
          "TransactionPrepared",
          "TransactionSigned",
          "TransactionSent",
          "TransactionFinal",
          "IntentFinished",
          "IntentConcluded",
          "TickEnded");
  private static final List<String> CALLS =
      List.of("enter", "sign", "prepare", "submit", "status", "acquire");

  /// What an agent that only asks models writes down. What ends a run comes last.
  private static final List<String> MODEL_EVENTS =
      List.of(
          "TickStarted",
          "MemoryRecalled",
          "ModelAsked",
          "ModelReplyLost",
          "ModelReplied",
          "ModelEscalated",
          "GoalDivided",
          "WorkReviewed",
          "MemoryWritten",
          "CallRejected",
          "RepeatsRemoved",
          "ActionReturned",
          "ModelWithheld",
          "TickEnded");

  private static final List<String> MODEL_CALLS = List.of("enter", "acquire", "chat");

  private final String point;
  private int left;

  /// @param text `point:times`, or nothing
  CrashPlan(String text) {
    String[] parts = text.split(":", -1);
    point = parts[0];
    left = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
  }

  /// Every named point of an effect.
  static List<String> points() {
    return points(EVENTS, CALLS);
  }

  /// Every named point of asking models.
  static List<String> modelPoints() {
    return points(MODEL_EVENTS, MODEL_CALLS);
  }

  private static List<String> points(List<String> events, List<String> calls) {
    var points = new ArrayList<String>();
    for (String event : events) {
      points.add("inside the commit of " + event);
      points.add("after the commit of " + event);
    }
    for (String call : calls) {
      points.add("before " + call);
      points.add("after " + call);
    }
    return points;
  }

  void pass(String name) {
    synchronized (this) {
      if (!name.equals(point) || --left > 0) {
        return;
      }
    }
    kill9();
  }

  /// Sends this process SIGKILL, which ends it at this very place: before `raise` returns.
  @SuppressWarnings("restricted") // A test that dies for real has to ask the system for it.
  private static void kill9() {
    Linker linker = Linker.nativeLinker();
    MethodHandle raise =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("raise"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int answer = (int) raise.invokeExact(SIGKILL);
      throw new IllegalStateException("raise answered " + answer);
    } catch (Throwable e) {
      throw new IllegalStateException("this process could not be killed", e);
    }
  }

  /// Runs a call between its two points.
  <T> T around(String call, java.util.function.Supplier<T> work) {
    pass("before " + call);
    T result = work.get();
    pass("after " + call);
    return result;
  }
}
