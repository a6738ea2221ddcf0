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
          "ModelReplied",
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

  private final String point;
  private int left;

  /// @param text `point:times`, or nothing
  CrashPlan(String text) {
    String[] parts = text.split(":", -1);
    point = parts[0];
    left = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
  }

  /// Every named point there is.
  static List<String> points() {
    var points = new ArrayList<String>();
    for (String event : EVENTS) {
      points.add("inside the commit of " + event);
      points.add("after the commit of " + event);
    }
    for (String call : CALLS) {
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
