package org.supercargo.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.SignedAuthorization;

/// Puts authorizations of payments on a local Base, from an account that anvil signs for.
final class AnvilFacilitator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONE_ETHER = "0xde0b6b3a7640000";
  private static final AbiFunction TRANSFER =
      AbiFunction.of(
          "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI rpc;
  private final Address account;

  AnvilFacilitator(URI rpc, Address account) {
    this.rpc = rpc;
    this.account = account;
    call("anvil_impersonateAccount", account.text());
    call("anvil_setBalance", account.text(), ONE_ETHER);
  }

  /// @return whether the payment landed and succeeded
  boolean settle(SignedAuthorization signed) {
    ObjectNode transaction =
        JSON.createObjectNode()
            .put("from", account.text())
            .put("to", signed.authorization().domain().token().text())
            .put("gas", "0x30d40")
            .put("data", "0x" + call(signed).hex());
    String hash = call("eth_sendTransaction", transaction).asText();
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode receipt = call("eth_getTransactionReceipt", hash);
    while (receipt.isNull() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL.toNanos());
      receipt = call("eth_getTransactionReceipt", hash);
    }
    return receipt.path("status").asText().equals("0x1");
  }

  private static Bytes call(SignedAuthorization signed) {
    PaymentAuthorization authorization = signed.authorization();
    return TRANSFER.encode(
        AbiValue.of(authorization.from()),
        AbiValue.of(authorization.to()),
        AbiValue.of(authorization.value()),
        AbiValue.of(authorization.validAfter()),
        AbiValue.of(authorization.validBefore()),
        new AbiValue.FixedBytes(authorization.nonce()),
        new AbiValue.ByteString(signed.signatureBytes()));
  }

  private JsonNode call(String method, Object... parameters) {
    ObjectNode request =
        JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
    ArrayNode list = request.putArray("params");
    for (Object parameter : parameters) {
      list.addPOJO(parameter);
    }
    try {
      HttpResponse<String> reply =
          http.send(
              HttpRequest.newBuilder(rpc)
                  .timeout(PATIENCE)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(request)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(reply.body());
      if (answer.has("error")) {
        throw new IllegalStateException(method + ": " + answer.path("error"));
      }
      return answer.path("result");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
