package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Usage;

/// Shows journal records as they are written: the story for a person, the records for a program.
final class Timeline implements Consumer<JournalRecord> {
  private final Screen screen;
  private final Map<AssetId, Asset> assets = new ConcurrentHashMap<>();
  private final AddressBook addressBook;
  private final Map<String, String> summaries = new ConcurrentHashMap<>();
  private final List<String> transactions = new ArrayList<>();

  Timeline(Screen screen, List<Asset> assets, AddressBook addressBook) {
    this.screen = screen;
    this.addressBook = addressBook;
    assets.forEach(this::learn);
  }

  private void learn(Asset asset) {
    assets.put(asset.id(), asset);
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
      case JournalEvent.ModelAsked _ -> {}
      case JournalEvent.ModelReplied replied -> showReply(replied.reply());
      case JournalEvent.CallRejected rejected ->
          screen.step("reject", screen.red("✗ ") + rejected.reason());
      case JournalEvent.ActionReturned returned -> showResult(returned);
      case JournalEvent.IntentProposed proposed -> {
        summaries.put(proposed.id().toString(), proposed.intent().summary());
        learn(proposed.intent().spends().asset());
        if (proposed.intent() instanceof Intent.Swap swap) {
          learn(swap.minimum().asset());
        }
        screen.step("propose", screen.bold(proposed.intent().summary()));
      }
      case JournalEvent.IntentJudged judged -> showVerdict(judged.verdict());
      case JournalEvent.TransactionPrepared prepared -> {
        prepared.effects().forEach(effect -> screen.step("decode", words(effect)));
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
                  + screen.dim(shortened(signed.transaction().text())));
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
          case RESERVED, EXECUTING -> {}
        }
      }
      case JournalEvent.IntentConcluded concluded -> {
        if (concluded.result() instanceof ActionResult.Unresolved unresolved) {
          screen.step("open", screen.yellow("… ") + unresolved.text());
        }
      }
      case JournalEvent.BalanceObserved observed -> showObserved(observed);
      case JournalEvent.TickEnded ended -> showEnd(ended);
    }
  }

  /// What the bytes do, by the names the owner uses.
  private String words(Effect effect) {
    return switch (effect) {
      case Effect.Move move ->
          "moves " + amount(move.asset(), move.baseUnits()) + " to " + name(move.to());
      case Effect.Exchange exchange ->
          "sells "
              + amount(exchange.sell(), exchange.sold())
              + " for at least "
              + amount(exchange.buy(), exchange.bought());
      case Effect.Approval approval ->
          "lets "
              + name(approval.spender())
              + " take "
              + amount(approval.asset(), approval.baseUnits());
      case Effect.Fee fee -> "pays a fee of at most " + amount(fee.asset(), fee.baseUnits());
      case Effect.AccountCreation creation ->
          "opens a token account for " + name(creation.owner()) + " and pays its rent";
      case Effect.Memo memo -> "carries the memo \"" + memo.text() + "\"";
      case Effect.AuthorityChange change ->
          screen.red("changes control over " + change.account() + ": " + change.what());
      case Effect.Undecodable unknown -> screen.red("cannot be decoded: " + unknown.what());
    };
  }

  private String name(Address address) {
    return addressBook.nameOf(address).orElse(shortened(address.text()));
  }

  private void showReply(ChatReply reply) {
    switch (reply) {
      case ChatReply.Calls calls ->
          screen.step(
              "plan",
              calls.calls().stream()
                      .map(Timeline::call)
                      .collect(Collectors.joining("\n           "))
                  + cost(calls.usage()));
      case ChatReply.Answer answer -> {
        if (!cost(answer.usage()).isEmpty()) {
          screen.step("plan", "nothing more to do" + cost(answer.usage()));
        }
      }
      case ChatReply.Unusable unusable ->
          screen.step(
              "plan",
              screen.yellow("unusable reply, " + unusable.defect() + ": ") + unusable.detail());
      case ChatReply.Failed failed ->
          screen.step(
              "plan", screen.yellow("no reply, " + failed.failure() + ": ") + failed.detail());
    }
  }

  private static String call(ActionCall call) {
    return call.action() + " " + call.arguments();
  }

  private String cost(Usage usage) {
    return usage.input() == 0
        ? ""
        : screen.dim(
            "  (" + usage.input() + " + " + usage.output() + " tokens, " + usage.cost() + ")");
  }

  private void showResult(JournalEvent.ActionReturned returned) {
    switch (returned.result()) {
      case ActionResult.Data data -> data.text().lines().forEach(line -> screen.step("read", line));
      case ActionResult.Failed failed -> screen.step("reject", screen.red("✗ ") + failed.text());
      case ActionResult.Settled _, ActionResult.Refused _, ActionResult.Unresolved _ -> {}
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
            + amount(AssetId.nativeOf(receipt.transaction().chain()), receipt.fee())
            + (receipt.error() == null ? "" : screen.red("  failed: " + receipt.error())));
  }

  private void showObserved(JournalEvent.BalanceObserved observed) {
    String change =
        amount(observed.asset(), observed.onChain().subtract(observed.inBooks()))
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
          case NOT_UNDERSTOOD -> screen.yellow("not understood");
          case FAILED -> screen.red("failed");
          case UNRESOLVED -> screen.yellow("not known yet");
          case MODEL_FAILED -> screen.red("model failed");
          case LIMIT_REACHED -> screen.yellow("limit reached");
        };
    screen.step("end", mark);
    ended.text().lines().forEach(line -> screen.step("", screen.dim(line)));
  }

  /// Enough of an id to recognise it; the whole one is in the journal and at the end of the story.
  private static String shortened(String id) {
    return id.length() <= 20 ? id : id.substring(0, 10) + "…" + id.substring(id.length() - 6);
  }

  private String amount(AssetId id, BigInteger baseUnits) {
    Asset asset = assets.get(id);
    return asset == null
        ? baseUnits + " base units of " + id
        : new Amount(asset, baseUnits).toString();
  }
}
