package org.supercargo.plugin.evm;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.devnet.Devnet;
import org.supercargo.http.OkHttpTransport;

/// A local chain that stands in for Base, with everything a test needs around it.
final class LocalBase implements AutoCloseable {
  static final EvmSettings SETTINGS = EvmSettings.BASE.withConfirmations(10);
  static final Asset ETHER = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  static final String RULE = "payments";

  private final Devnet devnet;
  private final OkHttpTransport http;
  private final EvmChain chain;

  LocalBase() {
    devnet = Devnet.start(Devnet.Options.PRIVATE, _ -> {});
    http = new OkHttpTransport(Set.of("127.0.0.1"));
    chain = new EvmChain(ChainId.BASE, devnet.baseRpc(), http, SETTINGS);
  }

  EvmChain chain() {
    return chain;
  }

  EvmChain chainThrough(Http other) {
    return new EvmChain(ChainId.BASE, devnet.baseRpc(), other, SETTINGS);
  }

  EvmChain chainWith(EvmSettings settings, RandomGenerator random) {
    return new EvmChain(ChainId.BASE, devnet.baseRpc(), http, settings, Set.of(), random);
  }

  Http http() {
    return http;
  }

  URI rpcAddress() {
    return devnet.baseRpc();
  }

  Asset usdc() {
    Address contract = chain.address(requireNonNull(devnet.tokens("base").get("USDC")));
    return new Asset(AssetId.token(contract), "USDC", 6);
  }

  Payee payee(String name) {
    String address = requireNonNull(devnet.names("base").get(name));
    return new Payee(name, chain.address(address), Provenance.MANDATE);
  }

  void fund(TestWallet wallet, Amount amount) {
    devnet.fund("base", wallet.address().text(), amount.asset().symbol(), amount.baseUnits());
  }

  void mine(int blocks) {
    rpc("anvil_mine", "[\"0x" + Integer.toHexString(blocks) + "\"]");
  }

  /// The time of the newest block, in seconds since 1970.
  long time() {
    String block = rpc("eth_getBlockByNumber", "[\"latest\",false]");
    return Long.parseLong(block.replaceAll("(?s).*\"timestamp\":\"0x([0-9a-f]+)\".*", "$1"), 16);
  }

  /// Makes a block of this time or little later.
  void moveTimeTo(long second) {
    rpc("evm_setNextBlockTimestamp", "[" + second + "]");
    mine(1);
  }

  String rpc(String method, String parameters) {
    HttpReply reply =
        http.send(
            HttpRequest.postJson(
                devnet.baseRpc(),
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
                    .formatted(method, parameters),
                Duration.ofSeconds(10),
                false));
    if (reply.text().contains("\"error\"")) {
      throw SupercargoException.bug(method + ": " + reply.text(), null);
    }
    return reply.text();
  }

  Intent.Transfer transfer(String payee, String number, Asset asset) {
    return new Intent.Transfer(payee(payee), Amount.parse(number, asset), "");
  }

  Intent.Payment payment(String payee, String number, Asset asset) {
    return new Intent.Payment(
        payee(payee), Amount.parse(number, asset), "api.example.com", "GET /weather");
  }

  static Draft prepare(Chain chain, TestWallet wallet, Intent intent) {
    long nonce = chain.nextNonce(wallet.address());
    return chain.prepare(new DraftRequest(intent, wallet.address(), null, nonce));
  }

  static Mandate mandate() {
    return mandate(Intent.Kind.TRANSFER);
  }

  static Mandate mandate(Intent.Kind kind, Condition... conditions) {
    Amount most = Amount.parse("0.001", ETHER);
    return new Mandate(
        Instant.MAX,
        Map.of(ChainId.BASE, new FeeLimit(most, most, most, Duration.ofDays(1))),
        Valuations.NONE,
        null,
        List.of(),
        Map.of(),
        List.of(new Rule(RULE, Rule.Decision.ALLOW, null, Set.of(kind), List.of(conditions))));
  }

  /// Sends, lets enough blocks pass, and gives the final receipt.
  Receipt settle(SignedTransaction signed, TestWallet wallet, List<Asset> assets) {
    SubmitResult answer = chain.submit(signed);
    if (!(answer instanceof SubmitResult.Accepted)) {
      throw new AssertionError("the node answered " + answer);
    }
    mine(SETTINGS.confirmations());
    TransactionStatus status = chain.status(signed, wallet.address(), assets);
    if (status instanceof TransactionStatus.Final(Receipt receipt)) {
      return receipt;
    }
    throw new AssertionError("after " + SETTINGS.confirmations() + " blocks it is " + status);
  }

  BigInteger held(Address owner, Asset asset) {
    return chain.balance(owner, asset).baseUnits();
  }

  @Override
  public void close() {
    http.close();
    devnet.close();
  }
}
