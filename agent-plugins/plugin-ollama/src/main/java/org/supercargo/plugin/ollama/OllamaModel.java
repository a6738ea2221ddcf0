package org.supercargo.plugin.ollama;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;

/// Models of an Ollama server, through its own protocol. The other one it speaks, of chat
/// completions, has no place for the size of the context, and the server then shortens a longer
/// prompt to its default without a word.
///
/// One call is one HTTP request, never repeated here.
///
/// Source: [chat](https://docs.ollama.com/api/chat).
public final class OllamaModel implements ModelBackend {
  private final OllamaSettings settings;
  private final Http http;
  private final InstantSource clock;
  private final List<ModelCard> cards;

  public OllamaModel(OllamaSettings settings, Http http, InstantSource clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.http = requireNonNull(http, "http is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.cards =
        settings.models().stream()
            .map(model -> model.card(settings.name(), settings.server()))
            .toList();
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public List<ModelCard> cards() {
    return cards;
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    Optional<ModelCard> card =
        request.model().isEmpty()
            ? Optional.of(cards.getFirst())
            : cards.stream().filter(known -> known.model().equals(request.model())).findFirst();
    return card.isEmpty()
        ? new ChatReply.Failed(
            Failure.INVALID_REQUEST,
            "the model \"" + request.model() + "\" is not configured for " + name(),
            null)
        : Excerpt.of(exchange(request, card.get()));
  }

  private ChatReply exchange(ChatRequest request, ModelCard card) {
    var gathered = new Gathered();
    var lines = new Lines(gathered::take);
    HttpReply reply;
    try {
      HttpRequest post = post(new RequestWriter(card, settings.streamed()).write(request));
      reply = settings.streamed() ? http.stream(post, settings.idle(), lines) : http.send(post);
    } catch (HttpFailure failure) {
      return FailureReader.read(failure);
    } catch (SupercargoException refused) {
      return new ChatReply.Failed(
          Failure.UNREACHABLE, refused.what() + ". " + refused.advice(), null);
    }
    if (reply.status() != 200) {
      return FailureReader.read(reply, card.model());
    }
    if (settings.streamed()) {
      lines.end();
    } else if (!reply.text().isBlank()) {
      gathered.take(reply.text());
    }
    return new ReplyReader(
            card, request.options().json(), request.messages().size(), clock.instant())
        .read(gathered);
  }

  private HttpRequest post(String body) {
    return new HttpRequest(
        "POST",
        settings.path("/api/chat"),
        Map.of("Content-Type", "application/json"),
        Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
        settings.deadline(),
        false);
  }

  @Override
  public String toString() {
    return "OllamaModel[" + name() + "]";
  }
}
