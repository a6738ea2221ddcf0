package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.Privacy;

/// A provider with the chat completions protocol.
///
/// One call is one HTTP request, never repeated here. The key is asked for anew at each call and is
/// in no message, whatever the provider writes.
public final class OpenAiCompatibleModel implements ModelBackend {
  private final Dialect dialect;
  private final Http http;
  private final InstantSource clock;
  private final ProviderCalls calls;
  private final RequestWriter writer;
  private final FailureReader failures;
  private final Attestations attestations;
  private final Enclaves enclaves;
  private final SealedExchange sealed;

  /// With the keys of encrypted calls from the system's source of randomness.
  ///
  /// @param key asked at each call; unused by a dialect without a key name
  /// @param clock tells peak hours from others, and how far away a date in `Retry-After` is
  /// @throws SupercargoException of category USER when the dialect has no model or its extra fields
  ///   are not usable
  public OpenAiCompatibleModel(
      Dialect dialect, Http http, Supplier<String> key, InstantSource clock) {
    this(dialect, http, key, clock, new SecureRandom());
  }

  /// @param key asked at each call; unused by a dialect without a key name
  /// @param clock tells peak hours from others, how far away a date in `Retry-After` is, and for
  ///   how long an attested key may be used
  /// @param random makes the keys of encrypted calls; whoever can guess what it gives can read them
  /// @throws SupercargoException of category USER when the dialect has no model or its extra fields
  ///   are not usable
  public OpenAiCompatibleModel(
      Dialect dialect,
      Http http,
      Supplier<String> key,
      InstantSource clock,
      RandomGenerator random) {
    requireNonNull(random, "random is null");
    this.dialect = requireNonNull(dialect, "dialect is null");
    this.http = requireNonNull(http, "http is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.calls = new ProviderCalls(dialect, requireNonNull(key, "key is null"));
    this.writer = new RequestWriter(dialect);
    this.failures = new FailureReader(clock);
    this.attestations = new Attestations(dialect, http, calls);
    this.enclaves = new Enclaves(attestations, failures, clock, random);
    this.sealed = new SealedExchange(dialect, http, clock, random, calls, failures, enclaves);
    dialect.requireModels();
  }

  @Override
  public String name() {
    return dialect.name();
  }

  @Override
  public List<ModelCard> cards() {
    return dialect.cards();
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    String model = request.model().isEmpty() ? dialect.defaultModel() : request.model();
    Optional<ModelCard> card = dialect.card(model);
    if (card.isEmpty()) {
      return failed(ChatReply.Failure.INVALID_REQUEST, dialect.unknown(model));
    }
    Optional<String> secret;
    try {
      secret = calls.secret();
    } catch (SupercargoException unproved) {
      return failed(
          unproved.category() == SupercargoException.Category.TRANSIENT
              ? ChatReply.Failure.UNREACHABLE
              : ChatReply.Failure.UNAUTHORISED,
          unproved.what() + ". " + unproved.advice());
    }
    return secret.isPresent()
        ? fitForMessages(exchange(request, card.get(), secret.get()), secret.get())
        : failed(
            ChatReply.Failure.UNAUTHORISED,
            "no usable key for " + name() + "; set " + dialect.endpoint().keyName());
  }

  private ChatReply exchange(ChatRequest request, ModelCard card, String secret) {
    try {
      return card.privacy() == Privacy.ENCRYPTED
          ? sealed.ask(request, card, secret)
          : readable(request, card, secret);
    } catch (SupercargoException refused) {
      return failed(ChatReply.Failure.UNREACHABLE, refused.what() + ". " + refused.advice());
    }
  }

  private ChatReply readable(ChatRequest request, ModelCard card, String secret) {
    Bytes body = Bytes.of(writer.write(request, card).getBytes(StandardCharsets.UTF_8));
    String below = writer.isStrict(request.actions()) ? dialect.wire().strictPath() : "";
    HttpRequest post = calls.post(dialect.endpoint().completions(below), body, secret);
    Instant began = clock.instant();
    try {
      if (!dialect.wire().stream()) {
        HttpReply reply = http.send(post);
        return reply.status() == 200
            ? reader(request, card, began, body.size()).read(reply.text())
            : failures.read(reply);
      }
      var streamed = new StreamedReply(dialect.thinking().fields());
      HttpReply reply = http.stream(post, dialect.waiting().idle(), streamed);
      return reply.status() == 200
          ? streamed.read(reader(request, card, began, body.size()))
          : failures.read(reply);
    } catch (HttpFailure failure) {
      return FailureReader.read(failure);
    }
  }

  private ReplyReader reader(ChatRequest request, ModelCard card, Instant began, long sent) {
    return new ReplyReader(
        dialect.thinking().fields(),
        request.options().json(),
        dialect.thinking().sentBack() && writer.effort(request) != Effort.NONE,
        new UsageReader(card, dialect.wire().billed(), began, clock.instant(), sent));
  }

  /// Asks for the document of a model whose card has [Ability#ATTESTATION]. One of a model that is
  /// asked encrypted has to bind the enclave's key; the calls of the quarter of an hour after it
  /// are encrypted to that key.
  ///
  /// @throws SupercargoException of category EXTERNAL when the provider's document is about another
  ///   nonce or model, leaves a doubt about a key that is needed, or there is none
  /// @throws HttpFailure when there is no whole answer
  @Override
  public Optional<Attestation> attest(String model, Bytes nonce) {
    String asked = model.isEmpty() ? dialect.defaultModel() : model;
    return dialect
        .card(asked)
        .filter(card -> card.abilities().contains(Ability.ATTESTATION))
        .map(card ->
            card.privacy() == Privacy.ENCRYPTED
                ? enclaves.attest(asked, nonce)
                : attestations.of(asked, nonce));
  }

  private static ChatReply fitForMessages(ChatReply reply, String secret) {
    return switch (reply) {
      case ChatReply.Failed(var failure, String detail, var wait) ->
          new ChatReply.Failed(failure, ProviderCalls.excerpt(detail, secret), wait);
      case ChatReply.Unusable(var defect, String detail, var usage) ->
          new ChatReply.Unusable(defect, ProviderCalls.excerpt(detail, secret), usage);
      case ChatReply.Answer answer -> answer;
      case ChatReply.Calls calls -> calls;
    };
  }

  private static ChatReply.Failed failed(ChatReply.Failure failure, String detail) {
    return new ChatReply.Failed(failure, detail, null);
  }

  @Override
  public String toString() {
    return "OpenAiCompatibleModel[" + dialect.name() + "]";
  }
}
