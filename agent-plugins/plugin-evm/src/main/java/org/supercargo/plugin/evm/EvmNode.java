package org.supercargo.plugin.evm;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.evm.EvmAddress;
import org.web3j.exceptions.MessageDecodingException;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthFeeHistory;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.EthTransaction;
import org.web3j.utils.Numeric;
import tools.jackson.core.JacksonException;

/// A node's JSON-RPC methods as values of ours.
///
/// Source: [Ethereum execution APIs](https://ethereum.github.io/execution-apis/).
final class EvmNode {
  static final String LATEST = "latest";
  static final String PENDING = "pending";

  private static final int FEE_BLOCKS = 5;
  private static final int TIME_BITS = 40;
  private static final double MEDIAN = 50.0;
  private static final Pattern EXECUTION_FAILED =
      Pattern.compile(
          "(?i).*(revert|out of gas|invalid opcode|gas required exceeds|insufficient funds).*",
          Pattern.DOTALL);

  private final HttpWeb3jService service;

  EvmNode(URI rpc, Http http, EvmSettings settings) {
    this.service = new HttpWeb3jService(rpc, http, settings.deadline());
  }

  /// Text results such as quantities.
  static final class TextResponse extends Response<String> {}

  /// A block's name.
  record Block(BigInteger number, String hash) {}

  /// A block with its time in seconds since 1970.
  record Header(BigInteger number, String hash, long time) {}

  /// Recent base fees, the next block's last, and the median tips of recent blocks.
  record FeeHistory(List<BigInteger> baseFees, List<BigInteger> medianTips) {
    FeeHistory {
      baseFees = List.copyOf(baseFees);
      medianTips = List.copyOf(medianTips);
    }
  }

  /// A call as nodes take it.
  record Call(EvmAddress from, EvmAddress to, BigInteger value, Bytes data) {
    Map<String, String> json() {
      var json = new LinkedHashMap<String, String>();
      json.put("from", from.text());
      json.put("to", to.text());
      json.put("value", Numeric.encodeQuantity(value));
      json.put("data", "0x" + data.hex());
      return json;
    }
  }

  String host() {
    return service.host();
  }

  BigInteger chainId() {
    return quantity("eth_chainId", List.of());
  }

  BigInteger blockNumber() {
    return quantity("eth_blockNumber", List.of());
  }

  Optional<Block> block(BigInteger number) {
    EthBlock.Block block =
        answered("eth_getBlockByNumber", List.of(at(number), false), EthBlock.class).getBlock();
    return block == null
        ? Optional.empty()
        : Optional.of(new Block(readable(block::getNumber), block.getHash()));
  }

  Header newest() {
    return header(LATEST)
        .orElseThrow(() ->
            SupercargoException.external(
                "The node at " + host() + " has no newest block",
                "Check the endpoint, or use another one.",
                null));
  }

  /// @param block a number as [#at(BigInteger)] writes it, or [#LATEST]
  Optional<Header> header(String block) {
    EthBlock.Block found =
        answered("eth_getBlockByNumber", List.of(block, false), EthBlock.class).getBlock();
    return found == null
        ? Optional.empty()
        : Optional.of(
            readable(() ->
                new Header(
                    found.getNumber(),
                    requireNonNull(found.getHash()),
                    seconds(found.getTimestamp()))));
  }

  private static long seconds(BigInteger time) {
    if (time.bitLength() > TIME_BITS) {
      throw new IllegalArgumentException("the block is of no time in seconds since 1970");
    }
    return time.longValueExact();
  }

  /// The hash of the transaction with which `sender` used `nonce` in a block, if it did.
  Optional<String> transactionIn(BigInteger number, EvmAddress sender, BigInteger nonce) {
    EthBlock.Block block =
        answered("eth_getBlockByNumber", List.of(at(number), true), EthBlock.class).getBlock();
    if (block == null) {
      throw SupercargoException.transientFailure(
          "The node at " + host() + " does not have block " + number + " yet", "Try again.", null);
    }
    return block.getTransactions().stream()
        .map(EthBlock.TransactionObject.class::cast)
        .filter(transaction -> sender.text().equalsIgnoreCase(transaction.getFrom()))
        .filter(transaction -> nonce.equals(readable(transaction::getNonce)))
        .map(EthBlock.TransactionObject::getHash)
        .findFirst();
  }

  BigInteger balance(EvmAddress owner, String block) {
    EthGetBalance answer =
        answered("eth_getBalance", List.of(owner.text(), block), EthGetBalance.class);
    return readable(answer::getBalance);
  }

  BigInteger transactionCount(EvmAddress owner, String block) {
    return quantity("eth_getTransactionCount", List.of(owner.text(), block));
  }

  CallOutcome<Bytes> call(Call call, String block) {
    return called(List.of(call.json(), block));
  }

  /// A call on the state behind this very block. A node that does not have the block cannot answer
  /// from another one ([EIP-1898](https://eips.ethereum.org/EIPS/eip-1898)).
  CallOutcome<Bytes> call(Call call, Header block) {
    return called(
        List.of(call.json(), Map.of("blockHash", block.hash(), "requireCanonical", true)));
  }

  private CallOutcome<Bytes> called(List<?> parameters) {
    EthCall answer = sent("eth_call", parameters, EthCall.class);
    return answer.getError() == null
        ? new CallOutcome.Returned<>(readable(() -> bytes(answer.getResult())))
        : new CallOutcome.Reverted<>(revert("eth_call", answer.getError()));
  }

  /// The gas a call needs, everything included.
  CallOutcome<BigInteger> estimateGas(Call call) {
    TextResponse answer = sent("eth_estimateGas", List.of(call.json()), TextResponse.class);
    return answer.getError() == null
        ? new CallOutcome.Returned<>(readable(() -> Numeric.decodeQuantity(answer.getResult())))
        : new CallOutcome.Reverted<>(revert("eth_estimateGas", answer.getError()));
  }

  FeeHistory feeHistory() {
    EthFeeHistory.FeeHistory history =
        answered(
                "eth_feeHistory",
                List.of(
                    Numeric.encodeQuantity(BigInteger.valueOf(FEE_BLOCKS)),
                    LATEST,
                    List.of(MEDIAN)),
                EthFeeHistory.class)
            .getFeeHistory();
    List<List<BigInteger>> rewards = readable(history::getReward);
    return new FeeHistory(
        readable(history::getBaseFeePerGas),
        rewards == null ? List.of() : rewards.stream().map(List::getFirst).toList());
  }

  Optional<NodeReceipt> receipt(String hash) {
    OpStackReceipt receipt =
        answered("eth_getTransactionReceipt", List.of(hash), OpStackReceipt.ReceiptResponse.class)
            .getResult();
    return receipt == null || receipt.getBlockHash() == null
        ? Optional.empty()
        : Optional.of(readable(receipt::toNodeReceipt));
  }

  /// The events of a contract in blocks, both ends counted, oldest first.
  ///
  /// @param topics what has to stand at each place: one topic, or a list of alternatives
  /// @throws SupercargoException of category EXTERNAL when the node refuses, as many do with more
  ///   blocks than they like
  List<LandedEvent> events(EvmAddress contract, List<?> topics, BigInteger first, BigInteger last) {
    var filter =
        Map.of(
            "address", contract.text(),
            "topics", topics,
            "fromBlock", at(first),
            "toBlock", at(last));
    EventsResponse answer = answered("eth_getLogs", List.of(filter), EventsResponse.class);
    return readable(answer::events);
  }

  /// Whether the node holds the transaction, in a block or waiting for one.
  boolean knows(String hash) {
    return answered("eth_getTransactionByHash", List.of(hash), EthTransaction.class)
        .getTransaction()
        .isPresent();
  }

  SendAnswer send(Bytes transaction) {
    EthSendTransaction answer =
        sent("eth_sendRawTransaction", List.of("0x" + transaction.hex()), EthSendTransaction.class);
    return answer.getError() == null
        ? new SendAnswer.Taken(String.valueOf(answer.getTransactionHash()))
        : new SendAnswer.Refused(RevertReason.printable(answer.getError().getMessage()));
  }

  /// What a call would do; empty when the node cannot simulate.
  Optional<PredictedCall> simulate(Call call) {
    var body =
        Map.of(
            "blockStateCalls", List.of(Map.of("calls", List.of(call.json()))),
            "traceTransfers", true,
            "validation", false);
    SimulatedBlock.SimulateResponse answer =
        sent("eth_simulateV1", List.of(body, LATEST), SimulatedBlock.SimulateResponse.class);
    if (answer.getError() != null || answer.getResult() == null) {
      return Optional.empty();
    }
    return readable(() -> SimulatedBlock.only(answer.getResult()));
  }

  static String at(BigInteger block) {
    return Numeric.encodeQuantity(block);
  }

  static Bytes bytes(@Nullable String hex) {
    return hex == null || hex.equals("0x") ? Bytes.EMPTY : Bytes.fromHex(hex);
  }

  private BigInteger quantity(String method, List<?> parameters) {
    TextResponse answer = answered(method, parameters, TextResponse.class);
    return readable(() -> Numeric.decodeQuantity(answer.getResult()));
  }

  private String revert(String method, Response.Error error) {
    Bytes data = revertData(error.getData());
    if (data != null && data.size() > 0) {
      return RevertReason.of(data);
    }
    String message = RevertReason.printable(String.valueOf(error.getMessage()));
    if (error.getCode() == 3 || EXECUTION_FAILED.matcher(message).matches()) {
      return message;
    }
    throw refused(method, error);
  }

  /// web3j gives an error's data as JSON, so text comes in quotation marks.
  private static @Nullable Bytes revertData(@Nullable String json) {
    String text = json == null ? "" : json.replace("\"", "");
    return text.matches("0x([0-9a-fA-F]{2})*") ? bytes(text) : null;
  }

  /// The answer, which is not an error.
  private <T extends Response<?>> T answered(String method, List<?> parameters, Class<T> type) {
    T answer = sent(method, parameters, type);
    if (answer.getError() != null) {
      throw refused(method, answer.getError());
    }
    return answer;
  }

  private <T extends Response<?>> T sent(String method, List<?> parameters, Class<T> type) {
    try {
      return new Request<>(method, parameters, service, type).send();
    } catch (IOException e) {
      throw SupercargoException.transientFailure(
          "The answer of the node at " + host() + " broke off", "Try again.", e);
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  private <V extends @Nullable Object> V readable(Supplier<V> reader) {
    try {
      return reader.get();
    } catch (MessageDecodingException | IllegalArgumentException | NullPointerException e) {
      throw unreadable(e);
    }
  }

  private SupercargoException refused(String method, Response.Error error) {
    return SupercargoException.external(
        "The node at "
            + host()
            + " refused "
            + method
            + ": "
            + RevertReason.printable(String.valueOf(error.getMessage())),
        "Check the endpoint, or use another one.",
        null);
  }

  private SupercargoException unreadable(RuntimeException cause) {
    return SupercargoException.external(
        "The node at " + host() + " answered in a form that is not understood",
        "Use an endpoint that follows the Ethereum execution APIs.",
        cause);
  }
}
