package org.supercargo.plugin.llm;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelCard;

/// Asks a model in an enclave so that nobody on the way can read what is asked and answered. There
/// is no way from here to a readable request: without an attested key nothing is sent, and a reply
/// that is not encrypted to this request is not used.
///
/// The protocol keeps words secret and does not sign them: a provider that knows a request's public
/// key can write a reply of its own.
final class SealedExchange {
  private final Dialect dialect;
  private final Http http;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ProviderCalls calls;
  private final FailureReader failures;
  private final Enclaves enclaves;
  private final SealedRequestWriter writer;

  SealedExchange(
      Dialect dialect,
      Http http,
      InstantSource clock,
      RandomGenerator random,
      ProviderCalls calls,
      FailureReader failures,
      Enclaves enclaves) {
    this.dialect = dialect;
    this.http = http;
    this.clock = clock;
    this.random = random;
    this.calls = calls;
    this.failures = failures;
    this.enclaves = enclaves;
    this.writer = new SealedRequestWriter(dialect, random);
  }

  ChatReply ask(ChatRequest request, ModelCard card, String secret) {
    return switch (enclaves.key(card.model())) {
      case Enclaves.Found.None(var failed) -> failed;
      case Enclaves.Found.Key(var enclave) -> {
        ChatReply reply = ask(request, card, secret, enclave);
        if (reply instanceof ChatReply.Failed failed && isOfTheKey(failed.failure())) {
          enclaves.forget(card.model());
        }
        yield reply instanceof ChatReply.Answer answer && !request.actions().isEmpty()
            ? new WrittenCalls(request).read(answer)
            : reply;
      }
    };
  }

  /// What an enclave that has begun anew, with another key, looks like from here.
  private static boolean isOfTheKey(ChatReply.Failure failure) {
    return failure == ChatReply.Failure.INVALID_REQUEST
        || failure == ChatReply.Failure.SERVER_ERROR;
  }

  private ChatReply ask(ChatRequest request, ModelCard card, String secret, EnclaveKey enclave) {
    EphemeralKey reader = EphemeralKey.draw(random);
    Bytes body = Bytes.of(writer.write(request, card, enclave).getBytes(StandardCharsets.UTF_8));
    HttpRequest post =
        with(
            calls.post(dialect.endpoint().completions(""), body, secret),
            SealedRequestWriter.headers(reader, enclave));
    List<String> reasoning = dialect.thinking().fields();
    Instant began = clock.instant();
    try {
      var streamed = new StreamedReply(reasoning, new SealedPieces(reader));
      HttpReply reply = http.stream(post, dialect.waiting().idle(), streamed);
      if (reply.status() != 200) {
        return failures.read(reply);
      }
      boolean asJson = request.options().json() && request.actions().isEmpty();
      return streamed.read(
          new ReplyReader(
              reasoning,
              asJson,
              false,
              new UsageReader(card, dialect.wire().billed(), began, clock.instant(), body.size())));
    } catch (HttpFailure failure) {
      return FailureReader.read(failure);
    }
  }

  private static HttpRequest with(HttpRequest post, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(post.headers());
    headers.putAll(more);
    headers.put("Accept", "text/event-stream");
    return new HttpRequest(
        post.method(), post.uri(), headers, post.body(), post.deadline(), post.repeatable());
  }
}
