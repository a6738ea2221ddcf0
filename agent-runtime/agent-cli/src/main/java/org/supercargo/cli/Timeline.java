package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.mandate.Verdict;

/// Shows journal records as they are written: the story for a person, the records for a program.
final class Timeline implements Consumer<JournalRecord> {
  private final Screen screen;
  private final EffectWords words;
  private final PlanningLines planning;
  private final Map<String, String> summaries = new ConcurrentHashMap<>();
  private final List<String> transactions = new ArrayList<>();

  Timeline(Screen screen, List<Asset> assets, AddressBook addressBook) {
    this.screen = screen;
    words = new EffectWords(screen, addressBook);
    planning = new PlanningLines(screen);
    assets.forEach(words::learn);
  }

  /// Transactions that became final, in order.
  List<String> transactions() {
    return List.copyOf(transactions);
  }

  @Override
  public void accept(JournalRecord record) {
    if (screen.isJson()) {
      screen.json((ObjectNode) screen.domain().tree(record));
      return;
    }
    show(record.event());
  }

  void show(JournalEvent event) {
    switch (event) {
      case JournalEvent.TickStarted started -> screen.heading("Goal: " + started.goal());
      case JournalEvent.ModelAsked asked -> planning.asked(asked);
      case JournalEvent.ModelReplied replied -> planning.replied(replied.reply());
      case JournalEvent.ModelReplyLost lost -> planning.lost(lost);
      case JournalEvent.ModelWithheld withheld -> planning.withheld(withheld);
      case JournalEvent.ModelAttested attested -> planning.attested(attested);
      case JournalEvent.ModelEscalated escalated -> planning.escalated(escalated);
      case JournalEvent.RepeatsRemoved removed -> planning.repeatsRemoved(removed);
      case JournalEvent.GoalDivided divided -> planning.divided(divided);
      case JournalEvent.WorkReviewed reviewed -> planning.reviewed(reviewed);
      case JournalEvent.MemoryRecalled recalled -> planning.recalled(recalled);
      case JournalEvent.MemoryWritten written -> planning.written(written);
      case JournalEvent.OrderChecked checked -> planning.orderChecked(checked);
      case JournalEvent.CallRejected rejected ->
          screen.step("reject", screen.red("✗ ") + rejected.reason());
      case JournalEvent.ActionReturned returned -> showResult(returned);
      case JournalEvent.IntentProposed proposed -> {
        summaries.put(proposed.id().toString(), proposed.intent().summary());
        words.learn(proposed.intent());
        screen.step("propose", screen.bold(proposed.intent().summary()));
      }
      case JournalEvent.IntentJudged judged -> showVerdict(judged.verdict());
      case JournalEvent.TransactionPrepared prepared -> {
        prepared.effects().forEach(effect -> screen.step("decode", words.of(effect)));
        screen.step(
            "simulate",
            prepared.simulation().succeeded()
                ? "succeeds"
                : screen.red("✗ ") + prepared.simulation().error());
      }
      case JournalEvent.TransactionRefused refused ->
          screen.step(
              "refuse",
              screen.red("✗ ") + refused.by() + ", " + refused.rule() + ": " + refused.reason());
      case JournalEvent.TransactionSigned signed ->
          screen.step(
              "sign",
              "the signer decoded, judged and signed "
                  + screen.dim(EffectWords.shortened(signed.transaction().text())));
      case JournalEvent.TransactionSent sent ->
          screen.step(
              "send", sent.answer().equals("accepted") ? "sent" : screen.yellow(sent.answer()));
      case JournalEvent.TransactionFinal landed -> showReceipt(landed.receipt());
      case JournalEvent.TransactionDead dead ->
          screen.step("dead", screen.yellow("never landed and never can: ") + dead.proof());
      case JournalEvent.IntentFinished finished -> {
        String summary = summaries.getOrDefault(finished.id().toString(), finished.id().toString());
        String reason = finished.reason() == null ? "" : ": " + finished.reason();
        switch (finished.state()) {
          case SETTLED -> screen.step("settled", screen.green("✓ ") + summary);
          case FAILED, REFUSED -> screen.step("failed", screen.red("✗ ") + summary + reason);
          case AWAITING, RESERVED, EXECUTING -> {}
        }
      }
      case JournalEvent.IntentConcluded concluded -> {
        if (concluded.result() instanceof ActionResult.Unresolved unresolved) {
          screen.step("open", screen.yellow("… ") + unresolved.text());
        } else if (concluded.result() instanceof ActionResult.Awaiting awaiting) {
          screen.step("waits", screen.yellow("… ") + awaiting.text());
          screen.step("", screen.dim("see it with: ./supercargo inbox show " + awaiting.intent()));
        }
      }
      case JournalEvent.ApprovalRequested asked ->
          asked.effects().forEach(effect -> screen.step("decode", words.of(effect)));
      case JournalEvent.ApprovalCounted counted ->
          screen.step(
              "approve",
              screen.green("✓ ")
                  + counted.approval().approver()
                  + (counted.approval().approves() ? " approved" : " rejected")
                  + " at "
                  + counted.approval().at());
      case JournalEvent.IntentRecovered recovered -> {
        summaries.put(recovered.id().toString(), recovered.intent().summary());
        screen.step(
            "recover",
            screen.yellow("! ")
                + "the signer had signed what the books had lost: "
                + recovered.intent().summary());
      }
      case JournalEvent.AlarmRaised alarm -> {
        screen.step("ALARM", screen.red("✗ " + alarm.what()));
        screen.step("", alarm.cause());
      }
      case JournalEvent.AlarmCleared cleared ->
          screen.step("alarm", screen.green("✓ ") + "cleared: " + cleared.note());
      case JournalEvent.BalanceObserved observed -> showObserved(observed);
      case JournalEvent.TickEnded ended -> showEnd(ended);
    }
  }

  private void showResult(JournalEvent.ActionReturned returned) {
    switch (returned.result()) {
      case ActionResult.Data data -> data.text().lines().forEach(line -> screen.step("read", line));
      case ActionResult.Failed failed -> screen.step("reject", screen.red("✗ ") + failed.text());
      case ActionResult.Settled _,
          ActionResult.Refused _,
          ActionResult.Awaiting _,
          ActionResult.Unresolved _ -> {}
    }
  }

  private void showVerdict(Verdict verdict) {
    switch (verdict) {
      case Verdict.Allow allow ->
          screen.step("judge", screen.green("✓ ") + "allowed by rule \"" + allow.rule() + "\"");
      case Verdict.NeedsApproval approval ->
          screen.step(
              "judge",
              screen.yellow("! ") + "rule \"" + approval.rule() + "\": " + approval.reason());
      case Verdict.Deny deny -> {
        screen.step("judge", screen.red("✗ ") + "denied by " + deny.rule() + ": " + deny.reason());
        deny.remedies().forEach(remedy -> screen.step("", screen.dim("to allow it: " + remedy)));
      }
    }
  }

  private void showReceipt(Receipt receipt) {
    transactions.add(receipt.transaction().chain().name() + " " + receipt.transaction());
    String where = receipt.transaction().chain().name().equals("solana") ? "slot " : "block ";
    screen.step(
        "final",
        where
            + receipt.position()
            + ", fee "
            + words.amount(AssetId.nativeOf(receipt.transaction().chain()), receipt.fee())
            + (receipt.error() == null ? "" : screen.red("  failed: " + receipt.error())));
  }

  private void showObserved(JournalEvent.BalanceObserved observed) {
    String change =
        words.amount(observed.asset(), observed.onChain().subtract(observed.inBooks()))
            + " on "
            + observed.chain().name();
    screen.step(
        "books",
        switch (observed.booked()) {
          case "equity/opening" -> "opening balance " + change;
          case "equity/deposits" -> "received " + change;
          default -> screen.red("unexplained: ") + change + " is missing on the chain";
        });
  }

  private void showEnd(JournalEvent.TickEnded ended) {
    String mark =
        switch (ended.outcome()) {
          case DONE -> screen.green("done");
          case REFUSED -> screen.yellow("refused in part or whole");
          case AWAITING_APPROVAL -> screen.yellow("waits for approval");
          case NOT_UNDERSTOOD -> screen.yellow("not understood");
          case FAILED -> screen.red("failed");
          case UNRESOLVED -> screen.yellow("not known yet");
          case MODEL_FAILED -> screen.red("model failed");
          case NOT_MET -> screen.red("said to be done, and is not");
          case LIMIT_REACHED -> screen.yellow("limit reached");
        };
    screen.step("end", mark);
    ended.text().lines().forEach(line -> screen.step("", screen.dim(line)));
  }
}
