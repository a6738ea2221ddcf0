package org.supercargo.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.Privacy;
import org.supercargo.api.model.Prompt;
import org.supercargo.api.model.Usage;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.model.Candidate;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.engine.model.Need;
import org.supercargo.engine.model.Router;
import org.supercargo.engine.store.StoreTransaction;

/// Asks models: chooses one for each step, keeps to the budget, and is the one retry layer.
///
/// What depends on the moment, such as which model is well, is taken from the record in a replay;
/// everything else is computed again and compared.
final class ModelCalls {
  /// The cause when another call could go beyond the budget.
  static final String BUDGET = "BUDGET";

  private static final String CALLS = "CALLS";

  /// Causes that are limits of the agent and no failures of a model.
  static final Set<String> LIMITS = Set.of(BUDGET, CALLS);

  private final ModelSpec spec;
  private final int mostCalls;
  private final ModelPool pool;
  private final TickLog log;
  private final Bookkeeper books;
  private final ModelMeter meter;
  private final PromptDifference difference;
  private final Pause pause;
  private final InstantSource clock;
  private final Set<String> attested = new HashSet<>();
  private final Set<String> barred = new HashSet<>();
  private @Nullable Router router;
  private int calls;
  private int tier;

  ModelCalls(
      ModelSpec spec,
      int mostCalls,
      ModelPool pool,
      TickLog log,
      Bookkeeper books,
      ModelMeter meter,
      DomainJson json,
      Pause pause,
      InstantSource clock) {
    this.spec = spec;
    this.mostCalls = mostCalls;
    this.pool = pool;
    this.log = log;
    this.books = books;
    this.meter = meter;
    this.difference = new PromptDifference(json);
    this.pause = pause;
    this.clock = clock;
  }

  /// What came of asking.
  sealed interface Answer {
    /// A reply that may be used.
    record Usable(ChatReply reply) implements Answer {}

    /// No usable reply, and no more tries.
    record None(String cause, String detail) implements Answer {}
  }

  int calls() {
    return calls;
  }

  /// A cheaper model failed in a way that shows: the next step goes to a dearer one, if there is
  /// one.
  void escalate(String reason) {
    if (spec.routing() == ModelSpec.Routing.CASCADE && tier + 1 < spec.choices().size()) {
      tier++;
      log.decide(new JournalEvent.ModelEscalated(tier, reason));
    }
  }

  Answer ask(Conversation conversation, List<ActionSpec> actions, boolean asJson) {
    var tries = new ArrayList<NextTry.Try>();
    while (true) {
      if (calls >= mostCalls) {
        return exhausted(tries);
      }
      boolean wasRecorded = !log.isAtEnd();
      JournalEvent.OfTick event = choose(conversation, actions, asJson, tries);
      if (event instanceof JournalEvent.ModelAttested document) {
        attested.add(document.model());
        if (document.attestation() == null) {
          barred.add(document.model());
        }
        continue;
      }
      if (event instanceof JournalEvent.ModelWithheld withheld) {
        return new Answer.None(withheld.cause(), withheld.reason());
      }
      var asked = log.expect(JournalEvent.ModelAsked.class, event);
      ChatRequest request = same(asked, conversation, actions, asJson);
      conversation.shown(request);
      calls++;
      ChatReply reply = reply(asked, request, wasRecorded);
      if (reply == null) {
        continue;
      }
      switch (reply) {
        case ChatReply.Answer _, ChatReply.Calls _ -> {
          return new Answer.Usable(reply);
        }
        case ChatReply.Unusable bad -> escalate(bad.defect().name());
        case ChatReply.Failed _ -> {}
      }
      tries.add(new NextTry.Try(asked, reply));
    }
  }

  private static Answer exhausted(List<NextTry.Try> tries) {
    if (tries.isEmpty()) {
      return new Answer.None(CALLS, "the limit of model calls is reached");
    }
    ChatReply last = tries.getLast().reply();
    return new Answer.None(NextTry.cause(last), NextTry.detail(last));
  }

  /// The request that the record names, built again: it has to be the one that was recorded.
  private ChatRequest same(
      JournalEvent.ModelAsked asked,
      Conversation conversation,
      List<ActionSpec> actions,
      boolean asJson) {
    int slash = asked.model().indexOf('/');
    String name = slash < 0 ? "" : asked.model().substring(slash + 1);
    ChatRequest request =
        conversation.request(
            name, actions, new ChatOptions(asked.effort(), asJson, asked.longestReply()));
    Prompt computed = conversation.prompt(request);
    if (!computed.equals(asked.prompt())) {
      throw log.divergence(difference.of(asked.prompt(), computed));
    }
    return request;
  }

  private @Nullable ChatReply reply(
      JournalEvent.ModelAsked asked, ChatRequest request, boolean wasRecorded) {
    JournalEvent.OfTick event;
    if (!log.isLive()) {
      event = log.input(() -> new JournalEvent.ModelReplyLost(asked.model()));
    } else if (wasRecorded) {
      // The process died between asking and storing the reply: it may have been given and billed.
      event =
          log.atomically(transaction -> {
            books.lostModelCall(transaction, asked);
            return new JournalEvent.ModelReplyLost(asked.model());
          });
    } else {
      // Asked outside the transaction that books what the answer cost.
      ChatReply fresh = backend(asked).chat(request);
      noteHealth(asked, fresh);
      event =
          log.atomically(transaction -> {
            bookReply(transaction, asked, fresh);
            return new JournalEvent.ModelReplied(fresh);
          });
    }
    if (event instanceof JournalEvent.ModelReplyLost) {
      meter.count(asked.atMost(), asked.tokensAtMost());
      return null;
    }
    ChatReply reply = log.expect(JournalEvent.ModelReplied.class, event).reply();
    if (mayHaveCost(reply)) {
      meter.count(asked.atMost(), asked.tokensAtMost());
    } else {
      meter.count(reply.used().cost(), reply.used().input() + reply.used().output());
    }
    return reply;
  }

  private static boolean mayHaveCost(ChatReply reply) {
    return reply instanceof ChatReply.Failed failed && failed.failure().mayCost();
  }

  private org.supercargo.api.model.ModelBackend backend(JournalEvent.ModelAsked asked) {
    return candidate(asked.model()).backend();
  }

  private Candidate candidate(String reference) {
    return router().candidate(reference);
  }

  private Router router() {
    Router existing = router;
    if (existing == null) {
      existing = new Router(spec, pool);
      router = existing;
    }
    return existing;
  }

  private void noteHealth(JournalEvent.ModelAsked asked, ChatReply reply) {
    String backend = Bookkeeper.backend(asked);
    if (reply instanceof ChatReply.Failed failed) {
      pool.health().failed(backend, failed);
    } else {
      pool.health().succeeded(backend);
    }
  }

  private void bookReply(
      StoreTransaction transaction, JournalEvent.ModelAsked asked, ChatReply reply) {
    if (mayHaveCost(reply)) {
      book(transaction, asked, asked.atMost(), asked.tokensAtMost(), "no reply, may be billed");
      return;
    }
    Usage usage = reply.used();
    book(
        transaction,
        asked,
        usage.cost(),
        usage.input() + usage.output(),
        usage.input() + " tokens in (" + usage.cached() + " cached), " + usage.output() + " out");
  }

  private void book(
      StoreTransaction transaction,
      JournalEvent.ModelAsked asked,
      Amount cost,
      long tokens,
      String what) {
    books.modelCall(transaction, Bookkeeper.backend(asked), cost, tokens, "model call: " + what);
  }

  /// Chooses a model and records that it is asked, or why none is.
  private JournalEvent.OfTick choose(
      Conversation conversation,
      List<ActionSpec> actions,
      boolean asJson,
      List<NextTry.Try> tries) {
    if (!log.isLive()) {
      return log.input(() -> {
        throw SupercargoException.bug("A replay chose a model", null);
      });
    }
    Instant now = clock.instant();
    long bytes =
        conversation
            .write(conversation.request("", actions, ChatOptions.DEFAULT.withJson(asJson)))
            .getBytes(java.nio.charset.StandardCharsets.UTF_8)
            .length;
    NextTry next = next(new Need(!actions.isEmpty(), asJson, bytes, tier, now), tries);
    Optional<Candidate> unattested =
        next.routes().stream()
            .limit(1)
            .map(Router.Route::candidate)
            .filter(this::needsAttestation)
            .findFirst();
    if (unattested.isPresent()) {
      return log.input(() -> attest(unattested.get()));
    }
    if (next.delay().isPositive()) {
      pause.of(next.delay());
    }
    return log.atomically(
        transaction -> asked(transaction, next, conversation, actions, asJson, bytes, now));
  }

  private JournalEvent.OfTick asked(
      StoreTransaction transaction,
      NextTry next,
      Conversation conversation,
      List<ActionSpec> actions,
      boolean asJson,
      long bytes,
      Instant now) {
    if (next.routes().isEmpty()) {
      return new JournalEvent.ModelWithheld(next.cause(), next.why());
    }
    ModelMeter.Left left = meter.left(transaction, now);
    for (Router.Route route : next.routes()) {
      Candidate candidate = route.candidate();
      Optional<ModelMeter.Bound> bound = meter.bound(candidate.card(), bytes, left, now);
      if (bound.isPresent()) {
        Effort effort = next.withoutThinking() ? Effort.NONE : candidate.choice().effort();
        ChatRequest request =
            conversation.request(
                candidate.card().model(),
                actions,
                new ChatOptions(effort, asJson, bound.get().longestReply()));
        return new JournalEvent.ModelAsked(
            candidate.reference(),
            effort,
            bound.get().longestReply(),
            next.why().isEmpty() ? route.reason() : next.why(),
            bound.get().cost(),
            bound.get().tokens(),
            conversation.prompt(request));
      }
    }
    return new JournalEvent.ModelWithheld(
        BUDGET,
        "another call could go beyond the model budget of " + left.limits() + "; nothing is asked");
  }

  private boolean needsAttestation(Candidate candidate) {
    boolean isAsked =
        spec.privacy().isAtLeast(Privacy.ATTESTED) && spec.privacy() != Privacy.OWN_MACHINE;
    return (isAsked || candidate.card().privacy() == Privacy.ENCRYPTED)
        && candidate.card().abilities().contains(Ability.ATTESTATION)
        && !attested.contains(candidate.reference());
  }

  /// Kept with the decisions that follow it.
  private JournalEvent.ModelAttested attest(Candidate candidate) {
    try {
      Optional<Attestation> document =
          candidate.backend().attest(candidate.card().model(), pool.nonce());
      return new JournalEvent.ModelAttested(
          candidate.reference(),
          document.orElse(null),
          document.map(Attestation::checked).orElse("the provider attested nothing"));
    } catch (SupercargoException e) {
      return new JournalEvent.ModelAttested(candidate.reference(), null, e.what());
    }
  }

  private NextTry next(Need need, List<NextTry.Try> tries) {
    Router.Routes routes = router().routes(need);
    List<Router.Route> able =
        routes.best().stream()
            .filter(route -> !barred.contains(route.candidate().reference()))
            .toList();
    if (able.isEmpty()) {
      return NextTry.none(
          "NO_MODEL",
          routes.obstacles().isEmpty()
              ? "no model attests in what it runs"
              : "no model is able: " + routes.obstacles());
    }
    return NextTry.of(able, tries);
  }
}
