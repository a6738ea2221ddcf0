package org.supercargo.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.cli.wire.VeniceServer;

/// An agent that pays for its own thinking: no account and no key, a wallet that signs in and pays
/// in advance within its mandate. With the real command, signer and chain.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VeniceWalletIT {
  private static final String BOB = "0x973961849b8df4006055510E2885847Bc48A10d5";

  private static final String AGENT =
      """
      agent: thinker
      purpose: It pays for its own thinking.
      model: venice
      plugins: [wallet, prepaid]
      wallets: { base: thinker }
      mandate:
        expires: 2100-01-01
        %s
        fees:
          base: { per-transaction: 0.0005 ETH, rolling: 0.02 ETH per 24h }
        rules:
          - name: thinking
            allow: payment
            chains: [base]
            assets: [USDC]
            hosts: [127.0.0.1]
            per-transaction: 6 USDC
            rolling: 15 USDC per 24h
      orders:
        refill:
          do: refill
          with: { host: 127.0.0.1, amount: 5 USDC, chain: base }
          when: { prepaid: 127.0.0.1, below: $1 }
          most: 50
      """;

  @TempDir static @Nullable Path folder;
  private static @Nullable Treasury treasury;
  private static @Nullable VeniceServer venice;

  @BeforeAll
  static void start() throws Exception {
    var chains = new Treasury(requireNonNull(folder));
    treasury = chains;
    var usdc =
        new Address(ChainId.BASE, requireNonNull(chains.devnet().tokens("base").get("USDC")));
    var server = new VeniceServer(chains.devnet().baseRpc(), usdc, new Address(ChainId.BASE, BOB));
    venice = server;
    Files.writeString(
        chains.data().resolve("models.yaml"),
        "backends:\n  venice: {preset: venice, url: %s, wallet: base}\n"
            .formatted(server.address()));
    Files.writeString(agent(), AGENT.formatted("sign-in: [127.0.0.1]"));
  }

  @AfterAll
  static void stop() {
    requireNonNull(venice).close();
    requireNonNull(treasury).close();
  }

  private static Path agent() {
    return requireNonNull(folder).resolve("thinker.yaml");
  }

  private static VeniceServer venice() {
    return requireNonNull(venice);
  }

  private static Treasury treasury() {
    return requireNonNull(treasury);
  }

  private static CommandProcess.Finished run(String... arguments) {
    return CommandProcess.run(treasury().environment(), arguments(arguments));
  }

  private static String[] arguments(String... arguments) {
    var all = new ArrayList<>(List.of("run", agent().toString(), "--json"));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private static BigInteger received() {
    return treasury().held("bob", "base", "USDC");
  }

  private static void isInBooks(CommandProcess.Finished finished) {
    assertThat(finished.documents("holdings"))
        .describedAs(finished.story())
        .isNotEmpty()
        .allMatch(each -> each.path("agree").asBoolean());
  }

  @Test
  @Order(1)
  void a_wallet_that_paid_nothing_is_known_and_not_served() {
    CommandProcess.Finished finished = run("--goal", "Say hello.");
    assertThat(finished.status()).describedAs(finished.story()).isNotZero();
    assertThat(finished.output()).describedAs(finished.story()).contains("FUNDS_EXHAUSTED");
    assertThat(venice().story()).contains("chat/completions 402");
    assertThat(received()).isZero();
  }

  @Test
  @Order(2)
  void an_order_pays_the_host_in_advance_without_a_model_and_without_gas() {
    CommandProcess.Finished finished = run("--orders");
    assertThat(finished.status()).describedAs(finished.story()).isZero();
    assertThat(received()).isEqualTo(BigInteger.valueOf(5_000_000));
    assertThat(venice().balance()).isEqualByComparingTo("5");
    isInBooks(finished);
    assertThat(finished.events("TransactionFinal"))
        .singleElement()
        .satisfies(landed -> assertThat(landed.at("/receipt/fee").asText()).isEqualTo("0"));
  }

  @Test
  @Order(3)
  void the_wallet_is_served_then_and_the_order_waits() {
    CommandProcess.Finished finished = run("--goal", "Say hello.", "--orders");
    assertThat(finished.status()).describedAs(finished.story()).isZero();
    assertThat(finished.output()).contains("Paid for by a wallet.");
    assertThat(venice().balance()).isEqualByComparingTo("4.99");
    assertThat(received()).isEqualTo(BigInteger.valueOf(5_000_000));
    assertThat(venice().story()).doesNotContain("x402/balance 401", "chat/completions 401");
  }

  @Test
  @Order(4)
  void a_payment_whose_reply_is_lost_is_found_on_the_chain_and_not_made_again() {
    venice().setBalance("0.5");
    venice().behave(VeniceServer.Manner.LOSES_THE_REPLY);
    CommandProcess.Finished finished = run("--orders");
    assertThat(finished.status()).describedAs(finished.story()).isZero();
    assertThat(venice().story()).contains("reply lost");
    assertThat(received()).isEqualTo(BigInteger.valueOf(10_000_000));
    assertThat(venice().balance()).isEqualByComparingTo("5.5");
    isInBooks(finished);
  }

  @Test
  @Order(5)
  void a_process_killed_while_it_pays_pays_once() throws Exception {
    venice().setBalance("0.5");
    venice().behave(VeniceServer.Manner.HOLDS_THE_REPLY);
    try (CommandProcess process =
        CommandProcess.start(treasury().environment(), arguments("--orders"))) {
      venice().awaitPayment();
      process.kill();
    }
    venice().release();
    CommandProcess.Finished finished = run("--orders");
    assertThat(finished.status()).describedAs(finished.story()).isZero();
    assertThat(received()).isEqualTo(BigInteger.valueOf(15_000_000));
    assertThat(venice().balance()).isEqualByComparingTo("5.5");
    isInBooks(finished);
  }

  @Test
  @Order(6)
  void beyond_what_the_mandate_allows_in_a_day_nothing_is_signed() {
    venice().setBalance("0");
    CommandProcess.Finished finished = run("--orders");
    assertThat(finished.output()).describedAs(finished.story()).contains("thinking");
    assertThat(finished.status()).describedAs(finished.story()).isNotZero();
    assertThat(received()).isEqualTo(BigInteger.valueOf(15_000_000));
  }

  @Test
  @Order(7)
  void without_the_hosts_name_in_the_mandate_no_proof_leaves() throws Exception {
    Files.writeString(agent(), AGENT.formatted("# no sign-in"));
    int before = venice().story().size();
    CommandProcess.Finished finished = run("--goal", "Say hello.", "--orders");
    assertThat(finished.status()).describedAs(finished.story()).isNotZero();
    assertThat(finished.output())
        .describedAs(finished.story())
        .contains("the mandate names no sign-in to 127.0.0.1");
    assertThat(venice().story()).hasSize(before);
  }

  @Test
  @Order(8)
  void a_command_without_an_agent_says_that_it_has_no_wallet() {
    CommandProcess.Finished finished =
        CommandProcess.run(
            Map.copyOf(treasury().environment()), "models", "try", "venice", "--prompt", "Hello");
    assertThat(finished.status()).describedAs(finished.story()).isEqualTo(2);
    assertThat(finished.output() + finished.errors()).contains("is asked with an agent's wallet");
  }
}
