package org.supercargo.cli.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A provider of two models on 127.0.0.1 that bills every request that reached it, whatever becomes
/// of its reply, by its own price list and with its own arithmetic.
final class ModelProvider implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES_PER_TOKEN = 3;
  private static final int LEAST_OUTPUT = 20;
  private static final int SLOWEST_MILLIS = 60;
  private static final int LONGEST_HOLD_SECONDS = 60;

  static {
    // Read once, by the first server of this process: without it each small piece of a reply waits
    // for the other end.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /// Prices of one token, in 10⁻¹² USD.
  private record Tariff(long cached, long input, long output) {
    static Tariff of(String model) {
      return switch (model) {
        case "near" -> new Tariff(3_000, 30_000, 150_000);
        case "far" -> new Tariff(6_000, 60_000, 300_000);
        default -> throw new IllegalArgumentException("no model " + model);
      };
    }

    BigInteger price(Use use) {
      return BigInteger.valueOf(
          Math.addExact(
              Math.multiplyExact(use.input() - use.cached(), input),
              use.cached() * cached + use.output() * output));
    }
  }

  /// @param cached of `input`
  record Use(long input, long cached, long output) {}

  /// Where a request is held while its client is killed.
  enum Place {
    BEFORE_THE_REPLY,
    WITHIN_THE_REPLY,
    AFTER_THE_REPLY
  }

  private record Hold(
      Place place, CompletableFuture<Void> reached, CompletableFuture<Void> released) {
    void pass(Place here) {
      if (here == place) {
        reached.complete(null);
        released.orTimeout(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS).join();
      }
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Random random;
  private final ModelWords words;
  private final List<String> complaints = new ArrayList<>();
  private BigInteger bill = BigInteger.ZERO;
  private BigInteger dearest = BigInteger.ZERO;
  private int requests;
  private int broken;
  private boolean slow;
  private int untilHold;
  private CompletableFuture<Void> next = new CompletableFuture<>();
  private @Nullable Hold hold;

  ModelProvider(Random random, boolean wayward) {
    this.random = random;
    this.words = new ModelWords(random, wayward);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Holds a request that is still to come.
  ///
  /// @param number which, from 1
  /// @return done as soon as the request is held
  synchronized CompletableFuture<Void> hold(Place place, int number) {
    var next = new Hold(place, new CompletableFuture<>(), new CompletableFuture<>());
    hold = next;
    untilHold = number;
    return next.reached();
  }

  /// @return done as soon as another request has come
  synchronized CompletableFuture<Void> next() {
    return next;
  }

  /// Holds nothing any more.
  synchronized void letGo() {
    if (hold != null) {
      hold.released().complete(null);
      hold = null;
    }
  }

  /// From now on a reply takes the time of a quick model, or none.
  synchronized void slow(boolean on) {
    slow = on;
  }

  /// What is owed for all requests so far, in 10⁻¹² USD.
  synchronized BigInteger bill() {
    return bill;
  }

  /// What the dearest request so far costs, in 10⁻¹² USD.
  synchronized BigInteger dearest() {
    return dearest;
  }

  synchronized int requests() {
    return requests;
  }

  /// Requests that were billed and got no reply at all.
  synchronized int broken() {
    return broken;
  }

  /// Requests that no customer with a budget may send.
  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  private record Served(String reply, boolean broken, int millis, @Nullable Hold hold) {
    void pass(Place here) {
      if (hold != null) {
        hold.pass(here);
      }
    }
  }

  private void serve(HttpExchange exchange) {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!String.valueOf(body.length)
          .equals(exchange.getRequestHeaders().getFirst("Content-Length"))) {
        // Its client died before it was whole: nobody can bill that.
        return;
      }
      Served served = bill(body);
      new CompletableFuture<Void>()
          .completeOnTimeout(null, served.millis(), TimeUnit.MILLISECONDS)
          .join();
      served.pass(Place.BEFORE_THE_REPLY);
      if (served.broken()) {
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream reply = exchange.getResponseBody();
      int half = served.reply().length() / 2;
      reply.write(bytes(served.reply().substring(0, half)));
      reply.flush();
      served.pass(Place.WITHIN_THE_REPLY);
      reply.write(bytes(served.reply().substring(half)));
      reply.flush();
      served.pass(Place.AFTER_THE_REPLY);
    } catch (IOException e) {
      // Whoever asked is dead. It is billed all the same.
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private synchronized Served bill(byte[] body) throws IOException {
    JsonNode request = JSON.readTree(body);
    int most = request.path("max_tokens").asInt(0);
    if (most < LEAST_OUTPUT) {
      complaints.add("a reply of at most " + most + " tokens");
    }
    long input = body.length / BYTES_PER_TOKEN;
    long output = random.nextLong(LEAST_OUTPUT, Math.max(LEAST_OUTPUT, most) + 1L);
    var use = new Use(input, input / (2 + random.nextInt(8)), output);
    BigInteger price = Tariff.of(request.path("model").asText()).price(use);
    bill = bill.add(price);
    dearest = dearest.max(price);
    requests++;
    next.complete(null);
    next = new CompletableFuture<>();
    ModelWords.Said said = words.answer(request);
    broken += said.broken() ? 1 : 0;
    Hold held = hold != null && --untilHold == 0 ? hold : null;
    return new Served(
        said.streamed(use), said.broken(), slow ? random.nextInt(SLOWEST_MILLIS) : 0, held);
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
    threads.shutdownNow();
  }
}
