package org.supercargo.cli.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.Keccak256;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.RecoverableSignature;
import org.supercargo.evm.SignedAuthorization;
import org.supercargo.evm.TokenDomain;

/// Venice's wallet routes on 127.0.0.1, as its published schema and guides describe them, with real
/// settlement on a local Base. A proof is good once and for its wallet only; a payment is credited
/// once; who has less than ten cents is not served.
///
/// Sources: [x402](https://docs.venice.ai/guides/integrations/x402-venice-api),
/// [top-up](https://docs.venice.ai/api-reference/endpoint/x402/top-up).
public final class VeniceServer implements AutoCloseable {
  /// How a payment that arrived is treated.
  public enum Manner {
    /// It is settled and answered.
    HONEST,
    /// It is settled, and the connection breaks before the answer.
    LOSES_THE_REPLY,
    /// It is settled, and the answer waits until the server is told.
    HOLDS_THE_REPLY
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigDecimal LEAST = new BigDecimal("0.10");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration OLDEST = Duration.ofMinutes(5);
  private static final BigInteger SMALLEST_TOP_UP = BigInteger.valueOf(5_000_000);
  private static final String NETWORK = "eip155:8453";
  private static final Pattern MESSAGE =
      Pattern.compile(
          """
          127\\.0\\.0\\.1 wants you to sign in with your Ethereum account:
          (0x[0-9a-fA-F]{40})

          [ -~]+

          URI: http://127\\.0\\.0\\.1:\\d+
          Version: 1
          Chain ID: 8453
          Nonce: ([A-Za-z0-9]{8,})
          Issued At: (\\S+)
          Expiration Time: (\\S+)\
          """);

  private final HttpServer server;
  private final AnvilFacilitator facilitator;
  private final EvmAddress token;
  private final Address payTo;
  private final Set<String> nonces = Collections.synchronizedSet(new HashSet<>());
  private final Set<Bytes> credited = Collections.synchronizedSet(new HashSet<>());
  private final List<String> story = new CopyOnWriteArrayList<>();
  private final AtomicReference<Manner> manner = new AtomicReference<>(Manner.HONEST);
  private final Semaphore held = new Semaphore(0);
  private final Semaphore arrived = new Semaphore(0);
  private BigDecimal balance = BigDecimal.ZERO;

  /// @param payTo where it is paid, on the local Base behind `rpc`
  public VeniceServer(URI rpc, Address usdc, Address payTo) {
    this.facilitator = new AnvilFacilitator(rpc, payTo);
    this.token = EvmAddress.of(usdc);
    this.payTo = payTo;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1");
  }

  /// What it did, a word for each request: `top-up 402`, `chat 200`.
  public List<String> story() {
    return List.copyOf(story);
  }

  public void behave(Manner wanted) {
    manner.set(wanted);
  }

  /// Waits until a payment has been settled whose answer is held.
  public void awaitPayment() throws InterruptedException {
    if (!arrived.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("no payment arrived within " + PATIENCE + ": " + story);
    }
  }

  /// Lets the held answer go, to whoever still waits for it.
  public void release() {
    held.release();
  }

  public synchronized BigDecimal balance() {
    return balance;
  }

  public synchronized void setBalance(String dollars) {
    balance = new BigDecimal(dollars);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String kind = path.substring(path.indexOf("/v1/") + 4).replaceAll("/0x.*", "");
      try {
        Reply reply =
            switch (kind) {
              case "x402/top-up" -> topUp(exchange);
              case "x402/balance" -> balance(exchange, path.substring(path.lastIndexOf('/') + 1));
              case "chat/completions" -> chat(exchange, JSON.readTree(body));
              default -> new Reply(404, JSON.createObjectNode().put("error", "not found"), "");
            };
        send(exchange, kind, reply);
      } catch (Refusal refusal) {
        send(
            exchange,
            kind,
            new Reply(refusal.status(), JSON.createObjectNode().put("error", refusal.what()), ""));
      }
    }
  }

  private record Reply(int status, ObjectNode body, String events) {}

  private void send(HttpExchange exchange, String kind, Reply reply) throws IOException {
    story.add(kind + " " + reply.status());
    byte[] content =
        (reply.events().isEmpty() ? reply.body().toString() : reply.events())
            .getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .add("Content-Type", reply.events().isEmpty() ? "application/json" : "text/event-stream");
    exchange.sendResponseHeaders(reply.status(), content.length);
    exchange.getResponseBody().write(content);
  }

  private ObjectNode terms(String amount) {
    ObjectNode required = JSON.createObjectNode().put("x402Version", 2);
    ObjectNode option =
        required
            .putArray("accepts")
            .addObject()
            .put("scheme", "exact")
            .put("network", NETWORK)
            .put("amount", amount)
            .put("asset", token.text().toLowerCase(java.util.Locale.ROOT))
            .put("payTo", payTo.text())
            .put("maxTimeoutSeconds", 300);
    option.putObject("extra").put("name", "USD Coin").put("version", "2");
    return required;
  }

  private Reply topUp(HttpExchange exchange) throws JsonProcessingException {
    String header = exchange.getRequestHeaders().getFirst("PAYMENT-SIGNATURE");
    if (header == null) {
      return new Reply(402, terms(SMALLEST_TOP_UP.toString()), "");
    }
    JsonNode payment = decoded(header);
    SignedAuthorization signed = authorization(payment);
    boolean isNew = !credited.contains(signed.authorization().nonce());
    if (isNew) {
      if (!facilitator.settle(signed)) {
        throw new Refusal(400, "PAYMENT_VERIFICATION_FAILED");
      }
      credited.add(signed.authorization().nonce());
      credit(signed.authorization().value());
    }
    // Only the first reply is treated so.
    Manner now = isNew ? manner.getAndSet(Manner.HONEST) : Manner.HONEST;
    switch (now) {
      case HONEST -> {}
      case LOSES_THE_REPLY -> {
        story.add("reply lost");
        throw new IllegalStateException("the connection breaks here");
      }
      case HOLDS_THE_REPLY -> {
        arrived.release();
        held.acquireUninterruptibly();
      }
    }
    return new Reply(200, JSON.createObjectNode().put("success", true), "");
  }

  private synchronized void credit(BigInteger baseUnits) {
    balance = balance.add(new BigDecimal(baseUnits, 6));
  }

  private SignedAuthorization authorization(JsonNode payment) {
    Refusal.unless(payment.path("x402Version").asInt() == 2, "INVALID_PAYMENT_FORMAT");
    JsonNode given = payment.at("/payload/authorization");
    String amount = given.path("value").asText();
    JsonNode wanted = terms(amount).path("accepts").get(0);
    Refusal.unless(payment.path("accepted").equals(wanted), "the terms are not those asked for");
    var authorization =
        new PaymentAuthorization(
            new TokenDomain("USD Coin", "2", BigInteger.valueOf(8453), token),
            EvmAddress.parse(given.path("from").asText()),
            EvmAddress.parse(given.path("to").asText()),
            new BigInteger(amount),
            given.path("validAfter").asLong(),
            given.path("validBefore").asLong(),
            Bytes.fromHex(given.path("nonce").asText().substring(2)));
    var signed =
        new SignedAuthorization(
            authorization, signature(payment.at("/payload/signature").asText()));
    Refusal.unless(authorization.value().compareTo(SMALLEST_TOP_UP) >= 0, "AMOUNT_TOO_LOW");
    Refusal.unless(authorization.to().on(ChainId.BASE).equals(payTo), "INVALID_PAYMENT_RECIPIENT");
    Refusal.unless(signed.signer().equals(authorization.from()), "INVALID_PAYMENT_PAYER");
    return signed;
  }

  private static RecoverableSignature signature(String hex) {
    byte[] bytes = Bytes.fromHex(hex.substring(2)).toArray();
    bytes[64] = (byte) (bytes[64] - 27);
    return RecoverableSignature.parse(Bytes.of(bytes));
  }

  private Reply balance(HttpExchange exchange, String wallet) throws JsonProcessingException {
    String proved = proved(exchange);
    if (!proved.equalsIgnoreCase(wallet)) {
      throw new Refusal(403, "You can only access balance for your own wallet");
    }
    ObjectNode body = JSON.createObjectNode().put("success", true);
    body.putObject("data")
        .put("walletAddress", wallet)
        .put("balanceUsd", balance())
        .put("canConsume", balance().compareTo(LEAST) >= 0)
        .put("minimumTopUpUsd", 5)
        .put("suggestedTopUpUsd", 10);
    return new Reply(200, body, "");
  }

  private Reply chat(HttpExchange exchange, JsonNode request) throws JsonProcessingException {
    proved(exchange);
    if (balance().compareTo(LEAST) < 0) {
      return new Reply(
          402,
          JSON.createObjectNode()
              .put("error", "Payment required")
              .put("code", "PAYMENT_REQUIRED")
              .put("reason", "insufficient_balance"),
          "");
    }
    setBalance(balance().subtract(new BigDecimal("0.01")).toString());
    ObjectNode usage =
        JSON.createObjectNode()
            .put("prompt_tokens", 1_000)
            .put("completion_tokens", 20)
            .put("total_tokens", 1_020);
    ObjectNode message =
        JSON.createObjectNode().put("role", "assistant").put("content", "Paid for by a wallet.");
    if (!request.path("stream").asBoolean()) {
      ObjectNode whole = frame(request, "chat.completion");
      whole
          .putArray("choices")
          .addObject()
          .put("index", 0)
          .put("finish_reason", "stop")
          .set("message", message);
      whole.set("usage", usage);
      return new Reply(200, whole, "");
    }
    ObjectNode piece = frame(request, "chat.completion.chunk");
    piece
        .putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", "stop")
        .set("delta", message);
    piece.set("usage", usage);
    return new Reply(200, piece, "data: " + piece + "\n\ndata: [DONE]\n\n");
  }

  private static ObjectNode frame(JsonNode request, String kind) {
    return JSON.createObjectNode()
        .put("id", "chatcmpl-1")
        .put("object", kind)
        .put("created", 1_795_000_000)
        .put("model", request.path("model").asText());
  }

  /// The wallet that a request's proof is one of.
  private String proved(HttpExchange exchange) throws JsonProcessingException {
    @Nullable String header = exchange.getRequestHeaders().getFirst("SIGN-IN-WITH-X");
    if (header == null || exchange.getRequestHeaders().containsKey("Authorization")) {
      throw new Refusal(402, "no proof, or a key beside it");
    }
    JsonNode proof = decoded(header);
    String message = proof.path("message").asText();
    Matcher fields = MESSAGE.matcher(message);
    unless(fields.matches(), "X402_SIGN_IN_INVALID_MESSAGE");
    unless(
        fields.group(1).equalsIgnoreCase(proof.path("address").asText()),
        "X402_SIGN_IN_ADDRESS_MISMATCH");
    Instant issued = Instant.parse(fields.group(3));
    Instant now = Instant.now();
    unless(issued.isAfter(now.minus(OLDEST)), "X402_SIGN_IN_EXPIRED");
    unless(Instant.parse(fields.group(4)).isAfter(now), "X402_SIGN_IN_EXPIRED");
    unless(issued.isBefore(now.plusSeconds(30)), "X402_SIGN_IN_FUTURE_TIMESTAMP");
    EvmAddress signer = signature(proof.path("signature").asText()).recover(personalHash(message));
    unless(signer.text().equalsIgnoreCase(fields.group(1)), "X402_SIGN_IN_INVALID_SIGNATURE");
    unless(nonces.add(fields.group(2)), "X402_SIGN_IN_NONCE_REUSED");
    return fields.group(1);
  }

  private static void unless(boolean holds, String code) {
    if (!holds) {
      throw new Refusal(401, code);
    }
  }

  private static Bytes personalHash(String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    var all = new ByteArrayOutputStream();
    all.writeBytes(
        ("\u0019Ethereum Signed Message:\n" + text.length).getBytes(StandardCharsets.UTF_8));
    all.writeBytes(text);
    return Keccak256.hash(Bytes.of(all.toByteArray()));
  }

  private static JsonNode decoded(String header) throws JsonProcessingException {
    return JSON.readTree(new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    held.release(1_000);
    server.stop(0);
  }
}
