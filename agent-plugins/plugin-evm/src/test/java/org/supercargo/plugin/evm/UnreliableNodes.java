package org.supercargo.plugin.evm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.Keccak256;
import org.supercargo.evm.PaymentAuthorization;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A chain with one token and one authorization behind an endpoint of many nodes. Each answer may
/// come from a node that lags behind, that still follows a branch the others have left, that finds
/// events late, or that refuses long searches and old states. A node leaves such a branch before
/// the blocks that replaced it are final.
final class UnreliableNodes implements Http {
  private static final int KEPT_STATES = 12;

  /// What happens to the authorization in a block.
  enum Event {
    USE("AuthorizationUsed(address,bytes32)"),
    CANCELLATION("AuthorizationCanceled(address,bytes32)");

    private final String topic;

    Event(String signature) {
      this.topic = UnreliableNodes.topic(signature);
    }
  }

  /// @param event what of the authorization is in it, if anything
  record Block(long number, String hash, long time, @Nullable Event event) {
    String transaction() {
      return "0x" + hash.substring(2, 34).repeat(2);
    }
  }

  private final Random random;
  private final PaymentAuthorization authorization;
  private final int confirmations;
  private final List<Block> blocks = new ArrayList<>();
  private List<Block> left = List.of();
  private long leftAt;
  private long lastFinal = -1;
  private boolean reliable;

  UnreliableNodes(Random random, PaymentAuthorization authorization, int confirmations) {
    this.random = random;
    this.authorization = authorization;
    this.confirmations = confirmations;
    for (int i = 0; i < 5; i++) {
      add(authorization.validAfter() - 10 + 2L * i, null);
    }
  }

  /// From now on all nodes agree, and nothing happens to the authorization any more.
  void becomeReliable() {
    reliable = true;
  }

  /// The next block, or a few that replace some that are not final.
  void moveOn() {
    if (!reliable && random.nextInt(8) == 0) {
      reorganize();
    }
    long time = blocks.getLast().time() + 1 + random.nextInt(4);
    add(time, event(time));
    if (number() - leftAt >= confirmations) {
      left = List.of();
    }
  }

  private void reorganize() {
    long most = Math.min(number() - Math.max(lastFinal, 0), confirmations - 1L);
    if (most < 1 || !left.isEmpty()) {
      return;
    }
    left = List.copyOf(blocks);
    int depth = 1 + random.nextInt((int) most);
    for (int i = 0; i < depth; i++) {
      blocks.removeLast();
    }
    leftAt = number() + 1;
  }

  private @Nullable Event event(long time) {
    if (reliable || end().isPresent()) {
      return null;
    }
    boolean good = time > authorization.validAfter() && time < authorization.validBefore();
    if (good && random.nextInt(30) == 0) {
      return Event.USE;
    }
    return random.nextInt(80) == 0 ? Event.CANCELLATION : null;
  }

  private void add(long time, @Nullable Event event) {
    String hash =
        "0x%016x%016x".formatted(random.nextLong(), random.nextLong()).concat("00".repeat(16));
    blocks.add(new Block(blocks.size(), hash, time, event));
    lastFinal = Math.max(lastFinal, number() - confirmations + 1);
  }

  private long number() {
    return blocks.getLast().number();
  }

  /// The block with what became of the authorization.
  Optional<Block> end() {
    return blocks.stream().filter(block -> block.event() != null).findFirst();
  }

  boolean isFinal(Block block) {
    return block.number() <= lastFinal;
  }

  /// Whether the newest final block is past the authorization's end.
  boolean isOver() {
    return lastFinal >= 0 && blocks.get((int) lastFinal).time() >= authorization.validBefore();
  }

  @Override
  public HttpReply send(HttpRequest request) {
    JsonNode json = JsonMapper.shared().readTree(request.body().toArray());
    if (!reliable && random.nextInt(60) == 0) {
      throw SupercargoException.transientFailure("The connection broke", "Try again.", null);
    }
    JsonNode parameters = json.path("params");
    List<Block> view = view();
    return switch (json.path("method").asString()) {
      case "eth_getBlockByNumber" ->
          InterceptedHttp.result(block(view, parameters.get(0).asString()));
      case "eth_call" -> state(view, parameters.get(1));
      case "eth_getLogs" -> events(view, parameters.get(0));
      case "eth_getTransactionReceipt" ->
          InterceptedHttp.result(receipt(view, parameters.get(0).asString()));
      default -> throw new AssertionError("nobody asks a node for " + json);
    };
  }

  private List<Block> view() {
    if (reliable) {
      return blocks;
    }
    if (!left.isEmpty() && random.nextInt(3) == 0) {
      return left;
    }
    int lag = random.nextInt(3) == 0 ? random.nextInt(6 * confirmations) : 0;
    return blocks.subList(0, Math.max(1, blocks.size() - lag));
  }

  private static String block(List<Block> view, String name) {
    long number = name.equals("latest") ? view.size() - 1L : Long.parseLong(name.substring(2), 16);
    return number < view.size() ? json(view.get((int) number)) : "null";
  }

  private HttpReply state(List<Block> view, JsonNode at) {
    List<Block> known = view;
    if (at.isObject()) {
      String hash = at.path("blockHash").asString();
      known = view.stream().takeWhile(block -> !block.hash().equals(hash)).toList();
      boolean has = known.size() < view.size();
      if (!has || (!reliable && view.size() - known.size() > KEPT_STATES)) {
        return InterceptedHttp.error(-32000, "header not found");
      }
      known = view.subList(0, known.size() + 1);
    }
    boolean used = known.stream().anyMatch(block -> block.event() != null);
    return InterceptedHttp.result("\"0x" + "0".repeat(63) + (used ? "1" : "0") + "\"");
  }

  private HttpReply events(List<Block> view, JsonNode filter) {
    long first = Long.parseLong(filter.path("fromBlock").asString().substring(2), 16);
    long last = Long.parseLong(filter.path("toBlock").asString().substring(2), 16);
    if (!reliable && last - first > 3 && random.nextInt(3) == 0) {
      return InterceptedHttp.error(-32005, "block range is too large");
    }
    if (last >= view.size() && random.nextBoolean()) {
      return InterceptedHttp.error(-32000, "block range extends beyond current head block");
    }
    int late = reliable ? 0 : random.nextInt(3);
    return InterceptedHttp.result(
        view.stream()
            .limit(Math.max(0, view.size() - late))
            .filter(block -> block.number() >= first && block.number() <= last)
            .flatMap(block -> Stream.ofNullable(event(block)))
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static String json(Block block) {
    return "{\"number\":\"0x%x\",\"hash\":\"%s\",\"timestamp\":\"0x%x\"}"
        .formatted(block.number(), block.hash(), block.time());
  }

  private @Nullable String event(Block block) {
    Event event = block.event();
    return event == null
        ? null
        : log(block, "", event.topic, word(authorization.from()), "0x" + nonce());
  }

  /// With payments of the same wallet around that are not this one.
  private String receipt(List<Block> view, String hash) {
    return view.stream()
        .filter(block -> block.event() != null && block.transaction().equals(hash))
        .findFirst()
        .map(block ->
            """
            {"transactionHash":"%s","blockHash":"%s","blockNumber":"0x%x","status":"0x1",
             "gasUsed":"0x5208","effectiveGasPrice":"0xa","logs":[%s]}
            """
                .formatted(
                    hash,
                    block.hash(),
                    block.number(),
                    Stream.of(
                            other(block),
                            movement(block, 7),
                            event(block),
                            own(block),
                            other(block),
                            movement(block, 8))
                        .flatMap(Stream::ofNullable)
                        .collect(Collectors.joining(","))))
        .orElse("null");
  }

  private String other(Block block) {
    return log(block, "", Event.USE.topic, word(authorization.from()), "0x" + "77".repeat(32));
  }

  private @Nullable String own(Block block) {
    return block.event() == Event.USE
        ? movement(block, authorization.value().longValueExact())
        : null;
  }

  private String movement(Block block, long value) {
    return log(
        block,
        "%064x".formatted(value),
        topic("Transfer(address,address,uint256)"),
        word(authorization.from()),
        word(authorization.to()));
  }

  private String log(Block block, String data, String... topics) {
    return """
    {"address":"%s","topics":["%s"],"data":"0x%s","blockNumber":"0x%x","blockHash":"%s",
     "transactionHash":"%s","removed":false}
    """
        .formatted(
            authorization.domain().token(),
            String.join("\",\"", topics),
            data,
            block.number(),
            block.hash(),
            block.transaction());
  }

  private String nonce() {
    return authorization.nonce().hex();
  }

  private static String word(EvmAddress account) {
    return "0x" + "0".repeat(24) + account.value().hex();
  }

  private static String topic(String event) {
    return "0x" + Keccak256.hash(Bytes.of(event.getBytes(StandardCharsets.US_ASCII))).hex();
  }
}
