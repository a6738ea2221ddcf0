package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelCard;

/// Writes the body of a request that only an enclave can read, and the headers that go with it.
/// What remains readable: the model, the bound on the reply, the lengths of the two texts, and the
/// fields the owner adds, but for those that repeat words.
///
/// Source: [end-to-end encryption](https://docs.venice.ai/guides/features/tee-e2ee-models), and its
/// limits there: a reply that streams, no function calling, no search, no prompt of the provider's.
final class SealedRequestWriter {
  private static final String PARAMETERS = "venice_parameters";

  /// Fields by which words of the conversation would stand in request or reply a second time.
  private static final Set<String> REPEATING =
      Set.of("logprobs", "top_logprobs", "prediction", "echo");

  private final Dialect dialect;
  private final ObjectNode extra;
  private final RandomGenerator random;

  SealedRequestWriter(Dialect dialect, RandomGenerator random) {
    this.dialect = dialect;
    this.extra = ExtraBody.of(dialect);
    this.random = random;
  }

  String write(ChatRequest request, ModelCard card, EnclaveKey enclave) {
    ObjectNode body = Json.object();
    body.put("model", card.model());
    ArrayNode messages = body.putArray("messages");
    Transcript.system(request).ifPresent(text -> add(messages, "system", text, enclave));
    Transcript.user(request).ifPresent(text -> add(messages, "user", text, enclave));
    body.put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    ObjectNode added = extra.deepCopy();
    added.remove(REPEATING);
    body.setAll(added);
    // Whatever the owner adds: each of these would make words readable.
    parameters(body)
        .put("enable_e2ee", true)
        .put("enable_web_search", "off")
        .put("include_venice_system_prompt", false);
    if (request.options().longestReply() > 0) {
      body.put(
          dialect.wire().lengthField(),
          Math.min(request.options().longestReply(), card.longestReply()));
    }
    return Json.write(body);
  }

  private static ObjectNode parameters(ObjectNode body) {
    return body.path(PARAMETERS) instanceof ObjectNode given ? given : body.putObject(PARAMETERS);
  }

  private void add(ArrayNode messages, String role, String text, EnclaveKey enclave) {
    messages.addObject().put("role", role).put("content", Envelope.seal(text, enclave, random));
  }

  static Map<String, String> headers(EphemeralKey reader, EnclaveKey enclave) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Venice-TEE-Client-Pub-Key", reader.pointHex());
    headers.put("X-Venice-TEE-Model-Pub-Key", enclave.attested());
    headers.put("X-Venice-TEE-Signing-Algo", "ecdsa");
    return headers;
  }
}
