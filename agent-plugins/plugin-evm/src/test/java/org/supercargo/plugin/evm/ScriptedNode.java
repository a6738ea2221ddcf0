package org.supercargo.plugin.evm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node that says what it is told to say, method by method; the last answer is repeated.
final class ScriptedNode implements Http {
  private final Map<String, Deque<HttpReply>> answers = new HashMap<>();
  private final List<JsonNode> requests = new ArrayList<>();

  ScriptedNode answer(String method, String... results) {
    for (String result : results) {
      queue(method).add(InterceptedHttp.result(result));
    }
    return this;
  }

  ScriptedNode refuse(String method, int code, String message) {
    queue(method).add(InterceptedHttp.error(code, message));
    return this;
  }

  ScriptedNode reply(String method, String body) {
    queue(method).add(InterceptedHttp.reply(body));
    return this;
  }

  private Deque<HttpReply> queue(String method) {
    return answers.computeIfAbsent(method, _ -> new ArrayDeque<>());
  }

  @Override
  public HttpReply send(HttpRequest request) {
    JsonNode json = JsonMapper.shared().readTree(request.body().toArray());
    requests.add(json);
    Deque<HttpReply> queue = queue(json.path("method").asString());
    if (queue.isEmpty()) {
      throw new AssertionError("nobody told the node what to answer to " + json);
    }
    return queue.size() == 1 ? queue.getFirst() : queue.removeFirst();
  }

  long asked(String method) {
    return requests.stream().filter(json -> json.path("method").asString().equals(method)).count();
  }
}
