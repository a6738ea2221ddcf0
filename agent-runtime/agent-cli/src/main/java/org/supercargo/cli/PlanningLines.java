package org.supercargo.cli;

import java.util.stream.Collectors;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Usage;
import org.supercargo.api.plan.SubGoal;

/// What a timeline shows of planning: who was asked, what came back and what it cost.
final class PlanningLines {
  private static final String NEXT_LINE = "\n           ";
  private static final String USUAL = "first choice";

  private final Screen screen;
  private String model = "";

  PlanningLines(Screen screen) {
    this.screen = screen;
  }

  /// The usual model is named with its reply only.
  void asked(JournalEvent.ModelAsked asked) {
    model = asked.model();
    if (!asked.reason().equals(USUAL)) {
      screen.step("ask", model + screen.dim("  (" + asked.reason() + ")"));
    }
  }

  void replied(ChatReply reply) {
    switch (reply) {
      case ChatReply.Calls calls ->
          screen.step(
              "plan",
              calls.calls().stream().map(PlanningLines::call).collect(Collectors.joining(NEXT_LINE))
                  + cost(calls.usage()));
      case ChatReply.Answer answer -> {
        String cost = cost(answer.usage());
        if (!cost.isEmpty()) {
          screen.step("plan", "nothing more to do" + cost);
        }
      }
      case ChatReply.Unusable unusable ->
          screen.step(
              "plan",
              screen.yellow("unusable reply, " + unusable.defect() + ": ")
                  + unusable.detail()
                  + cost(unusable.usage()));
      case ChatReply.Failed failed ->
          screen.step(
              "plan",
              screen.yellow("no reply from " + model + ", " + failed.failure() + ": ")
                  + failed.detail());
    }
  }

  private static String call(ActionCall call) {
    return call.action() + " " + call.arguments();
  }

  private String cost(Usage usage) {
    return usage.input() == 0
        ? ""
        : screen.dim(
            "  (%s, %d + %d tokens, %s)"
                .formatted(model, usage.input(), usage.output(), usage.cost()));
  }

  void lost(JournalEvent.ModelReplyLost lost) {
    screen.step(
        "plan",
        screen.yellow("! ")
            + "the reply of "
            + lost.model()
            + " was lost in a crash; it counts with all it could cost");
  }

  void withheld(JournalEvent.ModelWithheld withheld) {
    screen.step("plan", screen.red("✗ ") + "no model is asked: " + withheld.reason());
  }

  void attested(JournalEvent.ModelAttested attested) {
    screen.step(
        "attest",
        attested.attestation() == null
            ? screen.yellow("! ") + attested.model() + ": " + attested.detail()
            : screen.green("✓ ") + attested.model() + ": " + attested.attestation().checked());
  }

  void escalated(JournalEvent.ModelEscalated escalated) {
    screen.step("ask", screen.yellow("↑ ") + "a dearer model: " + escalated.reason());
  }

  void repeatsRemoved(JournalEvent.RepeatsRemoved removed) {
    screen.step(
        "plan", screen.dim("took out " + removed.messages() + " repeats: " + removed.reason()));
  }

  void divided(JournalEvent.GoalDivided divided) {
    screen.step(
        "divide",
        divided.parts().stream().map(PlanningLines::part).collect(Collectors.joining(NEXT_LINE)));
  }

  private static String part(SubGoal part) {
    return part.name()
        + ": "
        + part.goal()
        + (part.after().isEmpty() ? "" : " (after " + String.join(", ", part.after()) + ")");
  }

  void reviewed(JournalEvent.WorkReviewed reviewed) {
    String what = reviewed.part().isEmpty() ? "the goal" : reviewed.part();
    screen.step(
        "review",
        reviewed.objection().isEmpty()
            ? screen.green("✓ ") + what + screen.dim("  (by " + reviewed.by() + ")")
            : screen.red("✗ ") + what + ": " + reviewed.objection());
  }

  void recalled(JournalEvent.MemoryRecalled recalled) {
    if (!recalled.notes().isEmpty()) {
      screen.step(
          "recall",
          recalled.notes().stream().map(MemoryNote::text).collect(Collectors.joining(NEXT_LINE)));
    }
  }

  void written(JournalEvent.MemoryWritten written) {
    screen.step("note", written.note().text());
  }

  void orderChecked(JournalEvent.OrderChecked checked) {
    screen.step(
        "order",
        (checked.due() ? screen.green("acts: ") : "waits: ")
            + checked.order()
            + (checked.price().isEmpty() ? "" : ", price " + checked.price())
            + (checked.reason().isEmpty() ? "" : screen.dim("  (" + checked.reason() + ")")));
  }
}
