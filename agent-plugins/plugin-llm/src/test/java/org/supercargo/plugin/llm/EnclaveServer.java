package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// An enclave and the provider before it, on 127.0.0.1 and with a second implementation of the
/// protocol: it attests its key, opens what was sealed for it, and seals its answer piece by piece.
/// Every byte of every connection is kept.
///
/// As the real one does, it answers readably when one of the three headers is missing.
final class EnclaveServer implements AutoCloseable {
  static final BigInteger KEY = BigInteger.TWO;
  static final String ADDRESS = "2b5ad5c4795c026514f8317c7a215e218dccd6cf";

  /// How the answer of one call goes wrong on the way.
  enum Tampering {
    NONE,
    FLIPPED_BIT,
    READABLE,
    SEALED_TO_ANOTHER,
    CLIENT_HEADER_DROPPED,
    IN_ONE_PIECE,
    READABLE_PIECE_AFTER_SEALED_ONES,
    READABLE_REASONING,
    READABLE_CALL,
    READABLE_REFUSAL,
    HEXADECIMAL_NOISE
  }

  /// What one call said inside the enclave.
  record Heard(String system, String user, JsonNode body, Map<String, String> headers) {}

  private record Request(String target, Map<String, String> headers, String body) {}

  private final ServerSocket socket;
  private final Random random = new Random(7);
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final List<String> targets = new CopyOnWriteArrayList<>();
  private volatile UnaryOperator<ObjectNode> document = UnaryOperator.identity();
  private volatile BiFunction<String, String, String> model = (system, user) -> "yes";
  private volatile Tampering tampering = Tampering.NONE;
  private volatile String finish = "stop";
  private volatile int status = 200;
  private volatile int attestationStatus = 200;

  EnclaveServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// @param words what the model answers to the system's and the user's text
  EnclaveServer answers(BiFunction<String, String, String> words) {
    model = words;
    return this;
  }

  EnclaveServer attests(UnaryOperator<ObjectNode> change) {
    document = change;
    return this;
  }

  EnclaveServer tampers(Tampering how) {
    tampering = how;
    return this;
  }

  EnclaveServer finishes(String reason) {
    finish = reason;
    return this;
  }

  EnclaveServer fails(int attestations, int chats) {
    attestationStatus = attestations;
    status = chats;
    return this;
  }

  List<Heard> heard() {
    return heard;
  }

  long attestations() {
    return targets.stream().filter(target -> target.startsWith("/tee/")).count();
  }

  long chats() {
    return targets.stream().filter(target -> target.startsWith("/chat/")).count();
  }

  /// Everything that went over the wire, both ways.
  synchronized String wire() {
    return wire.toString(StandardCharsets.UTF_8);
  }

  private synchronized void keep(byte[] bytes) {
    wire.writeBytes(bytes);
  }

  private void serve() {
    while (true) {
      try (Socket connection = socket.accept()) {
        Request request = read(connection);
        targets.add(request.target());
        byte[] reply = reply(request).getBytes(StandardCharsets.UTF_8);
        keep(reply);
        connection.getOutputStream().write(reply);
        connection.getOutputStream().flush();
      } catch (SocketException closed) {
        if (socket.isClosed()) {
          return;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Request read(Socket connection) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(connection.getInputStream().read());
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int line = 1; line < lines.length; line++) {
      int colon = lines[line].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[line].substring(colon + 1).strip());
      }
    }
    byte[] body =
        connection
            .getInputStream()
            .readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    keep(head.toByteArray());
    keep(body);
    return new Request(
        lines[0].split(" ", -1)[1], headers, new String(body, StandardCharsets.UTF_8));
  }

  private String reply(Request request) {
    if (request.target().startsWith("/tee/attestation?")) {
      return attestationStatus == 200
          ? http(200, "application/json", Json.write(document.apply(attestation(request.target()))))
          : http(attestationStatus, "application/json", "{\"error\": \"no enclave\"}");
    }
    return status == 200
        ? chat(request)
        : http(status, "application/json", "{\"error\": \"Decryption failed\"}");
  }

  private static String http(int status, String type, String body) {
    return "HTTP/1.1 %d x\r\nContent-Type: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, type, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  private static ObjectNode attestation(String target) {
    String nonce = target.replaceAll(".*nonce=", "");
    ObjectNode node = Json.object();
    node.put("verified", true)
        .put("nonce", nonce)
        .put("model", target.replaceAll(".*model=|&.*", ""))
        .put("tee_provider", "loopback")
        .put("intel_quote", Base64.getEncoder().encodeToString(quote(ADDRESS, nonce)))
        .put("signing_key", PlainCurve.publicKey(KEY).hex())
        .put("signing_address", "0x" + ADDRESS)
        .put("signing_algo", "ecdsa");
    node.putObject("server_verification").putObject("tdx").put("valid", true);
    return node;
  }

  /// The published places of a quote of version 4; everything else is zero.
  static byte[] quote(String address, String end) {
    ByteBuffer quote = ByteBuffer.allocate(700).order(ByteOrder.LITTLE_ENDIAN);
    quote.putShort(0, (short) 4).putInt(4, 0x81);
    quote.put(568, HexFormat.of().parseHex(address));
    quote.put(600, HexFormat.of().parseHex(end));
    return quote.array();
  }

  private String chat(Request request) {
    JsonNode body = ProviderStub.json(request.body());
    boolean sealed =
        tampering != Tampering.CLIENT_HEADER_DROPPED
            && request.headers().getOrDefault("x-venice-tee-signing-algo", "").equals("ecdsa")
            && request.headers().containsKey("x-venice-tee-client-pub-key")
            && request
                .headers()
                .getOrDefault("x-venice-tee-model-pub-key", "")
                .equals(PlainCurve.publicKey(KEY).hex());
    if (!sealed) {
      return http(200, "text/event-stream", events(List.of(delta("content", "I read it all"))));
    }
    String system = "";
    String user = "";
    for (JsonNode message : body.path("messages")) {
      try {
        String text = PlainCurve.open(message.path("content").asText(), KEY);
        switch (message.path("role").asText()) {
          case "system" -> system = text;
          case "user" -> user = text;
          default -> throw new IllegalArgumentException("Unsupported role");
        }
      } catch (IllegalArgumentException e) {
        return http(400, "application/json", "{\"error\": \"" + e.getMessage() + "\"}");
      }
    }
    heard.add(new Heard(system, user, body, request.headers()));
    return answer(
        model.apply(system, user),
        request.headers().getOrDefault("x-venice-tee-client-pub-key", ""));
  }

  private String answer(String words, String client) {
    var reader = PlainCurve.Point.of(HexFormat.of().parseHex(client));
    var events = new ArrayList<String>();
    events.add("{\"role\": \"assistant\", \"content\": \"\", \"tool_calls\": []}");
    events.add(
        Json.write(
            Json.object()
                .put("reasoning_content", seal("Let me think.", reader))
                .put("reasoning", seal("Let me think.", reader))
                .put("index", 0)
                .putNull("refusal")));
    for (int at = 0; at < words.length(); at += 9) {
      events.add(
          delta("content", seal(words.substring(at, Math.min(words.length(), at + 9)), reader)));
    }
    events.add("{\"content\": \"\\n\"}");
    return switch (tampering) {
      case NONE, CLIENT_HEADER_DROPPED -> http(200, "text/event-stream", events(events));
      case FLIPPED_BIT -> {
        events.set(2, flipped(events.get(2)));
        yield http(200, "text/event-stream", events(events));
      }
      case READABLE -> http(200, "text/event-stream", events(List.of(delta("content", "forged"))));
      case SEALED_TO_ANOTHER -> {
        var another = PlainCurve.publicKey(BigInteger.TEN);
        events.set(2, delta("content", seal("forged", another)));
        yield http(200, "text/event-stream", events(events));
      }
      case IN_ONE_PIECE ->
          http(
              200,
              "application/json",
              ProviderStub.completion("stop", "{\"content\": \"forged\"}"));
      case READABLE_PIECE_AFTER_SEALED_ONES ->
          http(200, "text/event-stream", with(events, delta("content", "forged")));
      case READABLE_REASONING ->
          http(200, "text/event-stream", with(events, delta("reasoning_content", "forged")));
      case READABLE_CALL ->
          http(
              200,
              "text/event-stream",
              with(
                  events,
                  "{\"tool_calls\": [{\"index\": 0, \"id\": \"a\", \"function\":"
                      + " {\"name\": \"forged\", \"arguments\": \"{}\"}}]}"));
      case READABLE_REFUSAL ->
          http(200, "text/event-stream", with(events, delta("refusal", "forged")));
      case HEXADECIMAL_NOISE ->
          http(200, "text/event-stream", with(events, delta("content", "04" + "ab".repeat(120))));
    };
  }

  private String seal(String text, PlainCurve.Point reader) {
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    return PlainCurve.seal(text, reader, new BigInteger(250, random).add(BigInteger.ONE), nonce);
  }

  private static String flipped(String event) {
    int last = event.lastIndexOf('"') - 1;
    char digit = event.charAt(last) == '0' ? '1' : '0';
    return event.substring(0, last) + digit + event.substring(last + 1);
  }

  private String with(List<String> events, String one) {
    events.add(one);
    return events(events);
  }

  private static String delta(String field, String text) {
    return Json.write(Json.object().put(field, text));
  }

  private String events(List<String> deltas) {
    var stream = new StringBuilder();
    for (String delta : deltas) {
      stream.append("data: {\"id\": \"chatcmpl-1\", \"choices\": [{\"index\": 0, \"delta\": ");
      stream.append(delta).append("}]}\n\n");
    }
    return stream
        .append("data: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"")
        .append(finish)
        .append("\"}]}\n\n")
        .append("data: {\"choices\": [], \"usage\": {\"prompt_tokens\": 1000,")
        .append(" \"completion_tokens\": 100}}\n\ndata: [DONE]\n\n")
        .toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
