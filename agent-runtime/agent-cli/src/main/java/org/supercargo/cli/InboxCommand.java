package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.Inbox;
import org.supercargo.engine.file.KnownAssets;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.AgentStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inbox",
    description = {
      "What waits for people to approve it, as its bytes say, not as the model words it.",
      "A decision is signed with the approver's own key; the signer verifies it again."
    },
    subcommands = {
      InboxCommand.Waiting.class,
      InboxCommand.Show.class,
      InboxCommand.Approve.class,
      InboxCommand.Reject.class,
      InboxCommand.Submit.class
    })
final class InboxCommand {

  @Command(name = "list", description = "Everything that waits, of all agents.")
  static final class Waiting implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();

    @Override
    public Integer call() {
      Screen screen = options.screen();
      try (AgentStore store = options.store()) {
        var rows = new ArrayList<List<String>>();
        for (AgentId agent : store.agents()) {
          for (Inbox.Waiting waiting : new Inbox(store).of(agent)) {
            rows.add(
                List.of(
                    waiting.asked().id().toString(),
                    waiting.asked().intent().summary(),
                    waiting.asked().rule(),
                    decided(waiting),
                    waiting.lapses().truncatedTo(ChronoUnit.MINUTES).toString()));
            screen.json(document(screen, waiting));
          }
        }
        if (rows.isEmpty()) {
          screen.line(screen.dim("  nothing waits"));
        } else {
          screen.table(List.of("proposal", "what", "rule", "decided", "lapses"), rows, List.of());
        }
      }
      return ExitCode.DONE.status;
    }
  }

  @Command(name = "show", description = "Shows one proposal: the decoded effects of its bytes.")
  static final class Show implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();

    @Parameters(paramLabel = "PROPOSAL")
    @Nullable String proposal;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      try (AgentStore store = options.store()) {
        Inbox.Waiting waiting = new Inbox(store).find(id(proposal));
        show(screen, waiting);
        screen.json(document(screen, waiting));
      }
      return ExitCode.DONE.status;
    }
  }

  /// Signs a decision.
  abstract static class Decide implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();
    @Mixin ApproverKeys keys = new ApproverKeys();

    @Parameters(paramLabel = "PROPOSAL")
    @Nullable String proposal;

    @Option(
        names = "--as",
        paramLabel = "NAME",
        required = true,
        description = "The approver, as the mandate calls them.")
    @Nullable String approver;

    @Option(
        names = "--key",
        paramLabel = "NAME",
        description = "The name of the key, when it is another than the approver's.")
    @Nullable String key;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description =
            "Write the signed decision there, for \"inbox submit\" on the machine of the"
                + " agent, instead of taking note of it here.")
    @Nullable Path out;

    Integer decide(boolean approves) {
      Screen screen = options.screen();
      String name = Objects.requireNonNull(approver);
      try (AgentStore store = options.store()) {
        var inbox = new Inbox(store);
        Inbox.Waiting waiting = inbox.find(id(proposal));
        show(screen, waiting);
        if (!waiting.asked().terms().approvers().contains(name)) {
          throw SupercargoException.user(
              "\"" + name + "\" is not asked about this",
              "It waits for " + String.join(", ", waiting.asked().terms().approvers()) + ".");
        }
        // Milliseconds, which every store keeps exactly: what is signed must be what is read back.
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Bytes digest = waiting.asked().digest();
        Bytes payload = SignedApproval.payload(waiting.asked().id(), digest, name, approves, at);
        Bytes signature = keys.sign(options.common, key == null ? name : key, payload, screen);
        var decision =
            new SignedApproval(waiting.asked().id(), digest, name, approves, at, signature);
        if (out == null) {
          inbox.decide(decision);
          screen.step(
              approves ? "approved" : "rejected",
              "as " + name + "; it goes on when the agent runs next");
        } else {
          write(out, screen.domain().write(decision));
          screen.step("signed", "as " + name + ", in " + out);
        }
        screen.json((ObjectNode) screen.domain().tree(decision));
      }
      return ExitCode.DONE.status;
    }
  }

  @Command(name = "approve", description = "Shows a proposal and approves it.")
  static final class Approve extends Decide {
    @Override
    public Integer call() {
      return decide(true);
    }
  }

  @Command(name = "reject", description = "Shows a proposal and ends it.")
  static final class Reject extends Decide {
    @Override
    public Integer call() {
      return decide(false);
    }
  }

  @Command(name = "submit", description = "Takes note of a decision that was signed elsewhere.")
  static final class Submit implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();

    @Parameters(paramLabel = "FILE")
    @Nullable Path file;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      SignedApproval decision =
          new DomainJson().read(read(Objects.requireNonNull(file)), SignedApproval.class);
      try (AgentStore store = options.store()) {
        new Inbox(store).decide(decision);
      }
      screen.step(
          decision.approves() ? "approved" : "rejected",
          decision.intent() + " as " + decision.approver());
      screen.json((ObjectNode) screen.domain().tree(decision));
      return ExitCode.DONE.status;
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw SupercargoException.user(
          file + " cannot be written: " + e.getMessage(), "Name another file with --out.");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw SupercargoException.user(
          file + " cannot be read: " + e.getMessage(), "Name the file that \"--out\" wrote.");
    }
  }

  private static IntentId id(@Nullable String text) {
    try {
      return IntentId.parse(Objects.requireNonNull(text));
    } catch (RuntimeException e) {
      throw SupercargoException.user(
          "\"" + text + "\" is no proposal", "Take one from \"inbox list\", such as captain:3:0.");
    }
  }

  private static String decided(Inbox.Waiting waiting) {
    var terms = waiting.asked().terms();
    long given = waiting.decisions().stream().filter(SignedApproval::approves).count();
    return given + " of " + terms.quorum() + " (" + String.join(", ", terms.approvers()) + ")";
  }

  private static void show(Screen screen, Inbox.Waiting waiting) {
    JournalEvent.ApprovalRequested asked = waiting.asked();
    var words = new EffectWords(screen, AddressBook.EMPTY);
    KnownAssets.ALL.forEach(words::learn);
    words.learn(asked.intent());
    screen.heading(asked.id() + "  " + asked.intent().summary());
    screen.step("rule", "\"" + asked.rule() + "\" asks for " + decided(waiting));
    asked.effects().forEach(effect -> screen.step("decode", words.of(effect)));
    asked
        .intent()
        .accounts()
        .forEach(
            account -> screen.step("account", account.text() + " on " + account.chain().name()));
    screen.step(
        "simulate",
        asked.simulation().error() == null ? "succeeds" : screen.red(asked.simulation().error()));
    if (!asked.terms().delay().isZero()) {
      screen.step("delay", asked.terms().delay() + " after the last approval");
    }
    screen.step("lapses", waiting.lapses().toString());
    waiting
        .decisions()
        .forEach(decision ->
            screen.step(
                decision.approves() ? "approved" : "rejected",
                "by " + decision.approver() + " at " + decision.at()));
  }

  private static ObjectNode document(Screen screen, Inbox.Waiting waiting) {
    ObjectNode document = screen.object().put("type", "waiting");
    document.set("asked", screen.domain().tree(waiting.asked()));
    document.set("decisions", screen.domain().tree(waiting.decisions()));
    return document
        .put("since", waiting.since().toString())
        .put("lapses", waiting.lapses().toString());
  }
}
