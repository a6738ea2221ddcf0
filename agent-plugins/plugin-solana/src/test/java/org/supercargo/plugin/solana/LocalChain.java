package org.supercargo.plugin.solana;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Receipt;
import org.supercargo.devnet.Devnet;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// The local Solana with the chain under test connected to it, and the faults a test can order.
final class LocalChain implements AutoCloseable {
  static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  private static final int FINALITY = 4;

  private final Devnet devnet = Devnet.start(new Devnet.Options(true, FINALITY), progress -> {});
  private final OkHttpTransport http = new OkHttpTransport(Set.of("127.0.0.1"));
  private final HttpClient control =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final SolanaChain chain = new SolanaChain(devnet.solanaRpc(), http, SolanaSettings.DEFAULT);

  URI rpc() {
    return devnet.solanaRpc();
  }

  Asset usdc() {
    return token("USDC", 6);
  }

  Asset cargo() {
    return token("CARGO", 9);
  }

  private Asset token(String symbol, int decimals) {
    var mint = new Address(ChainId.SOLANA, requireNonNull(devnet.tokens("solana").get(symbol)));
    return new Asset(AssetId.token(mint), symbol, decimals);
  }

  TestWallet walletWithSol(long lamports) {
    TestWallet wallet = TestWallet.create();
    fund(wallet, SOL, lamports);
    return wallet;
  }

  void fund(TestWallet wallet, Asset asset, long baseUnits) {
    devnet.fund("solana", wallet.address().text(), asset.symbol(), BigInteger.valueOf(baseUnits));
    advance(1); // balances are read from confirmed blocks
  }

  Draft draft(TestWallet wallet, Address payee, Amount amount, String memo) {
    return chain.prepare(
        new DraftRequest(transfer(payee, amount, memo), wallet.address(), null, 0));
  }

  static Intent.Transfer transfer(Address payee, Amount amount, String memo) {
    return new Intent.Transfer(new Payee("payee", payee, Provenance.OWNER), amount, memo);
  }

  BigInteger balance(TestWallet wallet, Asset asset) {
    return chain.balance(wallet.address(), asset).baseUnits();
  }

  /// Closes blocks until all of now is final, and reads the receipt.
  Receipt settle(SignedTransaction transaction, TestWallet wallet, Asset... assets) {
    advance(FINALITY + 1);
    TransactionStatus status = chain.status(transaction, wallet.address(), List.of(assets));
    assertThat(status).isInstanceOf(TransactionStatus.Final.class);
    return ((TransactionStatus.Final) status).receipt();
  }

  void advance(int slots) {
    order("devnet_advance", Integer.toString(slots));
  }

  void dropNext() {
    order("devnet_dropNext", "1");
  }

  void loseNextReply() {
    order("devnet_loseReply", "1");
  }

  /// Puts an empty token account where a test needs one.
  void placeTokenAccount(PublicKey account, PublicKey mint, PublicKey owner) {
    var data = new byte[165];
    System.arraycopy(mint.bytes().toArray(), 0, data, 0, 32);
    System.arraycopy(owner.bytes().toArray(), 0, data, 32, 32);
    data[108] = 1;
    place(account, TokenProgram.TOKEN, Bytes.of(data));
  }

  /// Puts a mint or token account with any content where a test needs one.
  void place(PublicKey account, TokenProgram program, Bytes data) {
    order(
        "devnet_setAccount",
        "\"%s\",{\"lamports\":10000000,\"owner\":\"%s\",\"data\":[\"%s\",\"base64\"]}"
            .formatted(account, program.address(), data.base64()));
  }

  /// Sends as a careless client would: bytes that fail are taken into a block and pay their fee.
  void sendWithoutPreflight(Bytes transaction) {
    order(
        "sendTransaction",
        "\"" + transaction.base64() + "\",{\"encoding\":\"base64\",\"skipPreflight\":true}");
  }

  private void order(String method, String params) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
            .formatted(method, params);
    try {
      HttpResponse<String> reply =
          control.send(
              HttpRequest.newBuilder(rpc())
                  .timeout(Duration.ofSeconds(10))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(reply.body()).as(method).doesNotContain("\"error\"");
    } catch (IOException broken) {
      throw new AssertionError(method + " did not reach the local chain", broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    control.close();
    http.close();
    devnet.close();
  }
}
