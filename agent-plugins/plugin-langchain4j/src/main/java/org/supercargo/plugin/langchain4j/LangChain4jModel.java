package org.supercargo.plugin.langchain4j;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.langchain4j.model.chat.ChatModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;
import org.supercargo.plugin.langchain4j.DeadlineCall.Ending;

/// Any LangChain4j [ChatModel] as a backend with typed outcomes. Only its low-level chat is used:
/// it is shown tools and runs none.
///
/// Every call runs on a thread of its own and is given up when the deadline passes.
///
/// A model that is brought, and not built by [LangChain4jModels], keeps its own transport: no
/// allow-list of ours holds for it. Build it without retries, because the engine has the one retry
/// layer, and without request logging. An [org.supercargo.api.model.Effort] does not reach it, and
/// what it read from a cache is priced in full.
public final class LangChain4jModel implements ModelBackend {
  private final List<ModelCard> cards;
  private final Source source;
  private final Duration deadline;
  private final InstantSource clock;
  private final StatusReader statuses;

  /// Takes a model somebody built. It is asked for the models on the cards by their names.
  ///
  /// @param cards at least one, all of one backend, the default first
  /// @param deadline bound on one call, however its time is spent
  /// @param clock tells the prices of one hour from those of another
  /// @throws SupercargoException of category USER when the cards are none or of several backends
  public LangChain4jModel(
      ChatModel model, List<ModelCard> cards, Duration deadline, InstantSource clock) {
    this(new Source.Brought(requireNonNull(model, "model is null")), cards, deadline, clock);
  }

  LangChain4jModel(Source source, List<ModelCard> cards, Duration deadline, InstantSource clock) {
    this.source = source;
    this.cards = List.copyOf(cards);
    this.deadline = requireNonNull(deadline, "deadline is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.statuses = new StatusReader(clock);
    if (this.cards.stream().map(ModelCard::backend).distinct().count() != 1) {
      throw SupercargoException.user(
          "A backend has no model card, or cards of several backends",
          "Give it at least one card, and the same backend name on each.");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive");
    }
  }

  @Override
  public String name() {
    return cards.getFirst().backend();
  }

  @Override
  public List<ModelCard> cards() {
    return switch (source) {
      case Source.Brought _ -> cards;
      case Source.Built built -> built.form().offered(cards);
    };
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    Optional<ModelCard> card =
        request.model().isEmpty()
            ? Optional.of(cards.getFirst())
            : cards.stream().filter(known -> known.model().equals(request.model())).findFirst();
    if (card.isEmpty()) {
      return failed(
          Failure.INVALID_REQUEST,
          "the price list of "
              + name()
              + " has no price for the model \""
              + request.model()
              + "\"");
    }
    return switch (source) {
      case Source.Brought(ChatModel model) -> Words.fit(brought(model, request, card.get()), "");
      case Source.Built built -> built(built, request, card.get());
    };
  }

  private ChatReply brought(ChatModel model, ChatRequest request, ModelCard card) {
    dev.langchain4j.model.chat.request.ChatRequest mapped;
    try {
      mapped = new RequestMapper(card).map(request, 0);
    } catch (IllegalArgumentException refused) {
      return failed(Failure.INVALID_REQUEST, "LangChain4j does not accept a message");
    }
    Instant began = clock.instant();
    return switch (DeadlineCall.run(() -> model.chat(mapped), deadline)) {
      case Ending.Value(var response) -> {
        var usage = new UsageReader(card, began, clock.instant(), UsageReader.size(request));
        yield BroughtReply.read(response, reader(request, card, ""), usage);
      }
      case Ending.Threw(Throwable thrown) -> ThrownReader.read(thrown);
      case Ending.Late<?> _ -> late();
      case Ending.Interrupted<?> _ -> cancelled();
    };
  }

  private ChatReply built(Source.Built built, ChatRequest request, ModelCard card) {
    Optional<String> key = usable(built);
    if (key.isEmpty()) {
      return failed(Failure.UNAUTHORISED, "no usable key for " + name());
    }
    var exchange =
        new Exchange(built.form(), built.http(), key.get(), deadline, turns(request, card));
    return Words.fit(exchange(built, exchange, request, card), key.get());
  }

  private ChatReply exchange(
      Source.Built built, Exchange exchange, ChatRequest request, ModelCard card) {
    ChatModel model = requireNonNull(built.models().get(request.options().effort()));
    dev.langchain4j.model.chat.request.ChatRequest mapped;
    try {
      mapped = new RequestMapper(card).map(request, built.longestReply());
    } catch (IllegalArgumentException refused) {
      return failed(Failure.INVALID_REQUEST, "LangChain4j does not accept a message");
    }
    Instant began = clock.instant();
    var ending =
        DeadlineCall.run(
            () -> ScopedValue.where(Exchange.CURRENT, exchange).call(() -> model.chat(mapped)),
            deadline);
    String ids =
        built.form().callsHaveIds() ? "" : WireForm.OWN_ID + request.messages().size() + "-";
    long sent = built.form().dearestBytes(UsageReader.size(request));
    var usage = new UsageReader(card, began, clock.instant(), sent);
    var wire = new WireReply(built.form(), reader(request, card, ids), usage, statuses);
    return switch (ending) {
      case Ending.Value(var response) -> wire.read(response, exchange);
      case Ending.Threw(Throwable thrown) -> wire.read(thrown, exchange);
      case Ending.Late<?> _ -> late();
      case Ending.Interrupted<?> _ -> cancelled();
    };
  }

  private static ReplyReader reader(ChatRequest request, ModelCard card, String ownIds) {
    return new ReplyReader(card.reference(), request.options().json(), ownIds);
  }

  private static List<Optional<ArrayNode>> turns(ChatRequest request, ModelCard card) {
    return request.messages().stream()
        .filter(ChatMessage.Assistant.class::isInstance)
        .map(ChatMessage.Assistant.class::cast)
        .map(turn ->
            Optional.ofNullable(KeptReasoning.read(turn.reasoning(), card.reference()).content()))
        .toList();
  }

  /// The key, unless it is missing or cannot be sent in a header.
  private static Optional<String> usable(Source.Built built) {
    try {
      return Optional.of(built.key().get().strip()).filter(text -> text.matches("[\\x21-\\x7e]+"));
    } catch (SupercargoException missing) {
      return Optional.empty();
    }
  }

  private ChatReply late() {
    return failed(Failure.TIMED_OUT, "no whole reply within " + deadline.toMillis() + " ms");
  }

  private static ChatReply cancelled() {
    return failed(Failure.CANCELLED, "the calling thread was interrupted");
  }

  private static ChatReply.Failed failed(Failure failure, String detail) {
    return new ChatReply.Failed(failure, detail, null);
  }

  @Override
  public String toString() {
    return "LangChain4jModel[" + name() + "]";
  }
}
