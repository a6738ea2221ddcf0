package org.supercargo.plugin.langchain4j;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// One call of a model that this plugin built, below LangChain4j. The key is put in here, so that
/// LangChain4j never has it, and what arrived is kept for the readers above it.
final class Exchange {
  /// The exchange that a call of a model makes, on its own thread.
  static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  private final WireForm form;
  private final Http http;
  private final String key;
  private final Duration deadline;
  private final List<Optional<ArrayNode>> turns;
  private volatile @Nullable HttpReply reply;
  private volatile @Nullable SupercargoException failure;

  Exchange(
      WireForm form, Http http, String key, Duration deadline, List<Optional<ArrayNode>> turns) {
    this.form = form;
    this.http = http;
    this.key = key;
    this.deadline = deadline;
    this.turns = List.copyOf(turns);
  }

  /// Sends once, whoever asks twice.
  HttpReply post(URI uri, Map<String, List<String>> given, String body) {
    if (reply != null || failure != null) {
      throw SupercargoException.bug("One call of a model would send two requests", null);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    given.forEach((name, values) -> {
      if (!form.isKey(name)) {
        headers.put(name, String.join(", ", values));
      }
    });
    headers.put(form.keyHeader(), key);
    Bytes sent = Bytes.of(restored(body).getBytes(StandardCharsets.UTF_8));
    try {
      HttpReply arrived = http.send(new HttpRequest("POST", uri, headers, sent, deadline, false));
      reply = arrived;
      return arrived;
    } catch (SupercargoException thrown) {
      failure = thrown;
      throw thrown;
    }
  }

  private String restored(String body) {
    ObjectNode request =
        Json.readObject(body)
            .orElseThrow(() -> SupercargoException.bug("A request is not a JSON object", null));
    form.restore(request, turns);
    return Json.write(request);
  }

  Optional<HttpReply> reply() {
    return Optional.ofNullable(reply);
  }

  Optional<SupercargoException> failure() {
    return Optional.ofNullable(failure);
  }
}
