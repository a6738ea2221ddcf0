package org.supercargo.plugin.solana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.Http;
import org.supercargo.solana.PublicKey;

/// The calls of a Solana node that the chain needs, with typed replies.
///
/// Source: [Solana RPC methods](https://solana.com/docs/rpc/http).
final class SolanaRpc {
  private static final Map<String, Object> CONFIRMED = Map.of("commitment", "confirmed");
  private static final Map<String, Object> FINALIZED = Map.of("commitment", "finalized");

  private final JsonRpc rpc;
  private final SolanaSettings settings;

  SolanaRpc(URI endpoint, Http http, SolanaSettings settings) {
    this.rpc = new JsonRpc(endpoint, http);
    this.settings = settings;
  }

  /// An account as it stands on the chain.
  record AccountState(PublicKey owner, BigInteger lamports, Bytes data, boolean executable) {}

  /// @param slot at which the node read it
  record RecentBlockhash(PublicKey blockhash, long lastValidBlockHeight, long slot) {}

  /// @param error the chain's own JSON for why it would fail
  /// @param accounts after the transaction, in the order asked for; empty where it would fail
  record SimulationReply(
      @Nullable JsonValue error,
      List<String> logs,
      BigInteger unitsConsumed,
      List<Optional<AccountState>> accounts) {}

  /// @param slot the slot it landed in
  record SignatureStatus(long slot, boolean finalized) {}

  /// @param seenAt the newest slot the node knew of when it looked
  record StatusReply(Optional<SignatureStatus> status, long seenAt) {}

  /// Where the finalized chain ends.
  record FinalizedTip(long slot, long blockHeight) {}

  /// @param transaction the bytes that landed
  /// @param meta what they did, in the chain's own JSON
  record LandedTransaction(long slot, Bytes transaction, JsonValue meta) {}

  String genesisHash() {
    return read("getGenesisHash").text();
  }

  BigInteger lamports(PublicKey account) {
    return read("getBalance", account.toString(), CONFIRMED).get("value").u64();
  }

  Optional<AccountState> account(PublicKey account) {
    return accounts(List.of(account)).getFirst();
  }

  /// @param accounts at most 100
  List<Optional<AccountState>> accounts(List<PublicKey> accounts) {
    JsonValue value =
        read(
                "getMultipleAccounts",
                accounts.stream().map(PublicKey::toString).toList(),
                Map.of("commitment", "confirmed", "encoding", "base64"))
            .get("value");
    return accountStates(value, accounts.size());
  }

  private static List<Optional<AccountState>> accountStates(JsonValue value, int expected) {
    List<JsonValue> list = value.list();
    if (list.size() != expected) {
      throw value.wrong("has " + list.size() + " accounts instead of " + expected);
    }
    return list.stream().map(SolanaRpc::accountState).toList();
  }

  private static Optional<AccountState> accountState(JsonValue value) {
    if (value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new AccountState(
            value.get("owner").key(),
            value.get("lamports").u64(),
            value.get("data").base64(),
            value.get("executable").node().asBoolean()));
  }

  RecentBlockhash recentBlockhash() {
    JsonValue reply = read("getLatestBlockhash", CONFIRMED);
    JsonValue value = reply.get("value");
    return new RecentBlockhash(
        value.get("blockhash").key(),
        value.get("lastValidBlockHeight").number(),
        reply.get("context").get("slot").number());
  }

  /// What recent blocks took for writing these accounts, in micro-lamports per compute unit.
  ///
  /// @param writable at most 128
  List<BigInteger> recentUnitPrices(List<PublicKey> writable) {
    return read("getRecentPrioritizationFees", writable.stream().map(PublicKey::toString).toList())
        .list()
        .stream()
        .map(fee -> fee.get("prioritizationFee").u64())
        .toList();
  }

  /// Runs unsigned bytes without sending them.
  ///
  /// @param seenAt a slot the node has to have seen
  /// @param accounts whose state afterwards is wanted
  SimulationReply simulate(Bytes transaction, long seenAt, List<PublicKey> accounts) {
    JsonValue value =
        read(
                "simulateTransaction",
                transaction.base64(),
                Map.of(
                    "encoding",
                    "base64",
                    "commitment",
                    "confirmed",
                    "sigVerify",
                    false,
                    "replaceRecentBlockhash",
                    false,
                    "minContextSlot",
                    seenAt,
                    "accounts",
                    Map.of(
                        "encoding",
                        "base64",
                        "addresses",
                        accounts.stream().map(PublicKey::toString).toList())))
            .get("value");
    @Nullable JsonValue error = value.find("err").orElse(null);
    return new SimulationReply(
        error,
        value.find("logs").map(SolanaRpc::texts).orElse(List.of()),
        value.find("unitsConsumed").map(JsonValue::u64).orElse(BigInteger.ZERO),
        error == null ? accountStates(value.get("accounts"), accounts.size()) : List.of());
  }

  private static List<String> texts(JsonValue list) {
    return list.list().stream().map(JsonValue::text).toList();
  }

  /// Sends once; the node sends on to the leaders once and does not repeat it either.
  ///
  /// @return the signature as the node read it
  String send(Bytes transaction) {
    ArrayNode params =
        JsonRpc.params(
            transaction.base64(),
            Map.of(
                "encoding",
                "base64",
                "skipPreflight",
                false,
                "preflightCommitment",
                "confirmed",
                "maxRetries",
                0));
    return rpc.call("sendTransaction", params, settings.sendDeadline(), false).text();
  }

  StatusReply status(String signature) {
    JsonValue reply =
        read("getSignatureStatuses", List.of(signature), Map.of("searchTransactionHistory", true));
    List<JsonValue> list = reply.get("value").list();
    if (list.size() != 1) {
      throw reply.wrong("has " + list.size() + " statuses instead of 1");
    }
    JsonValue status = list.getFirst();
    return new StatusReply(
        status.isNull()
            ? Optional.empty()
            : Optional.of(
                new SignatureStatus(
                    status.get("slot").number(),
                    status.get("confirmationStatus").text().equals("finalized"))),
        reply.get("context").get("slot").number());
  }

  FinalizedTip finalizedTip() {
    JsonValue info = read("getEpochInfo", FINALIZED);
    return new FinalizedTip(info.get("absoluteSlot").number(), info.get("blockHeight").number());
  }

  /// The height of the oldest block whose transactions the node can still find.
  long oldestKnownHeight() {
    long slot = read("getFirstAvailableBlock").number();
    return read(
            "getBlock",
            slot,
            Map.of(
                "transactionDetails",
                "none",
                "rewards",
                false,
                "maxSupportedTransactionVersion",
                0,
                "commitment",
                "finalized"))
        .get("blockHeight")
        .number();
  }

  Optional<LandedTransaction> finalizedTransaction(String signature) {
    JsonValue reply =
        read(
            "getTransaction",
            signature,
            Map.of(
                "encoding",
                "base64",
                "commitment",
                "finalized",
                "maxSupportedTransactionVersion",
                0));
    if (reply.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new LandedTransaction(
            reply.get("slot").number(), reply.get("transaction").base64(), reply.get("meta")));
  }

  private JsonValue read(String method, Object... params) {
    return rpc.call(method, JsonRpc.params(params), settings.readDeadline(), true);
  }
}
