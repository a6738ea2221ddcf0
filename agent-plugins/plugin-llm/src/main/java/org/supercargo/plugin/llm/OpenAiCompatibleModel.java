package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;

/// A provider with the chat completions protocol.
///
/// One call is one HTTP request, never repeated here. The key is asked for anew at each call and is
/// in no message, whatever the provider writes.
public final class OpenAiCompatibleModel implements ModelBackend {
  private final Dialect dialect;
  private final Http http;
  private final Supplier<String> key;
  private final InstantSource clock;
  private final RequestWriter writer;
  private final ReplyReader reader;
  private final FailureReader failures;

  /// @param key asked at each call; unused by a dialect without a key name
  /// @param clock tells peak hours from others, and how far away a date in `Retry-After` is
  /// @throws SupercargoException of category USER when the dialect's extra body is not usable
  public OpenAiCompatibleModel(
      Dialect dialect, Http http, Supplier<String> key, InstantSource clock) {
    this.dialect = requireNonNull(dialect, "dialect is null");
    this.http = requireNonNull(http, "http is null");
    this.key = requireNonNull(key, "key is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.writer = new RequestWriter(dialect);
    this.reader = new ReplyReader(dialect.reasoningField());
    this.failures = new FailureReader(clock);
  }

  @Override
  public String name() {
    return dialect.name();
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    String model = request.model().isEmpty() ? dialect.defaultModel() : request.model();
    if (!dialect.prices().knows(model)) {
      return failed(
          ChatReply.Failure.INVALID_REQUEST,
          "the price list of " + name() + " has no price for the model \"" + model + "\"");
    }
    Optional<String> secret = dialect.keyName().isEmpty() ? Optional.of("") : secret();
    return secret.isPresent()
        ? fitForMessages(exchange(request, model, secret.get()), secret.get())
        : failed(
            ChatReply.Failure.UNAUTHORISED,
            "no usable key for " + name() + "; set " + dialect.keyName());
  }

  /// The key, unless it is missing or cannot be sent in a header.
  private Optional<String> secret() {
    try {
      return Optional.of(key.get().strip()).filter(text -> text.matches("[\\x21-\\x7e]+"));
    } catch (SupercargoException missing) {
      return Optional.empty();
    }
  }

  private ChatReply exchange(ChatRequest request, String model, String secret) {
    Bytes body = Bytes.of(writer.write(request, model).getBytes(StandardCharsets.UTF_8));
    Instant began = clock.instant();
    HttpReply reply;
    try {
      reply = http.send(post(body, secret));
    } catch (HttpFailure failure) {
      return FailureReader.read(failure);
    } catch (SupercargoException refused) {
      return failed(ChatReply.Failure.UNREACHABLE, refused.what() + ". " + refused.advice());
    }
    return reply.status() == 200
        ? reader.read(
            reply, new UsageReader(dialect.prices(), model, began, clock.instant(), body.size()))
        : failures.read(reply);
  }

  private HttpRequest post(Bytes body, String secret) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json");
    if (!secret.isEmpty()) {
      headers.put("Authorization", "Bearer " + secret);
    }
    return new HttpRequest("POST", dialect.completions(), headers, body, dialect.deadline(), false);
  }

  /// Makes what a provider says fit for messages: without the key, should it quote it, and short.
  /// In this order, so that no half of a key is left at the cut.
  private static ChatReply fitForMessages(ChatReply reply, String secret) {
    return switch (reply) {
      case ChatReply.Failed(var failure, String detail, var wait) ->
          new ChatReply.Failed(failure, excerpt(detail, secret), wait);
      case ChatReply.Unusable(var defect, String detail, var usage) ->
          new ChatReply.Unusable(defect, excerpt(detail, secret), usage);
      case ChatReply.Answer answer -> answer;
      case ChatReply.Calls calls -> calls;
    };
  }

  private static String excerpt(String detail, String secret) {
    return Excerpt.of(secret.isEmpty() ? detail : detail.replace(secret, "…"));
  }

  private static ChatReply.Failed failed(ChatReply.Failure failure, String detail) {
    return new ChatReply.Failed(failure, detail, null);
  }

  @Override
  public String toString() {
    return "OpenAiCompatibleModel[" + dialect.name() + "]";
  }
}
