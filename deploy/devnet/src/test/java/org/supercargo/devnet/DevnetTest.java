package org.supercargo.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevnetTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void the_node_side_passes_its_own_suite() throws IOException, InterruptedException {
    NodeInstallation installation = NodeInstallation.find();
    installation.install(text -> {});
    Process suite =
        new ProcessBuilder(List.of("npm", "test"))
            .directory(installation.folder().toFile())
            .redirectErrorStream(true)
            .start();
    suite.getOutputStream().close();
    String output = new String(suite.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = suite.waitFor();
    assertThat(status).describedAs("npm test printed:%n%s", output).isZero();
    assertThat(output).contains("# fail 0").doesNotContain("# tests 0\n");
  }

  @Test
  void a_started_devnet_answers_funds_and_is_gone_after_close() throws Exception {
    URI solana;
    try (Devnet devnet = Devnet.start(Devnet.Options.PRIVATE, text -> {})) {
      solana = devnet.solanaRpc();
      String alice = devnet.names("solana").getOrDefault("alice", "");
      BigInteger before = lamports(solana, alice);
      devnet.fund("solana", alice, "SOL", BigInteger.valueOf(1_234_567_890));
      assertThat(lamports(solana, alice).subtract(before)).isEqualTo(1_234_567_890);
      assertThat(devnet.tokens("base")).containsKey("USDC");
      try (Devnet other = Devnet.connect(devnet.faucet())) {
        assertThat(other).isNotNull();
      }
    }
    assertThatThrownBy(() -> lamports(solana, "11111111111111111111111111111111"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void the_faucet_says_what_is_wrong_with_a_request() {
    try (Devnet devnet = Devnet.start(Devnet.Options.PRIVATE, text -> {})) {
      assertThatThrownBy(() -> devnet.fund("solana", "not an address", "SOL", BigInteger.ONE))
          .isInstanceOf(DevnetException.class)
          .hasMessageContaining("address");
    }
  }

  private static BigInteger lamports(URI rpc, String address)
      throws IOException, InterruptedException {
    String body =
        """
        {"jsonrpc":"2.0","id":1,"method":"getBalance","params":["%s"]}\
        """
            .formatted(address);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          http.send(
              HttpRequest.newBuilder(rpc)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(reply.body());
      return answer.at("/result/value").bigIntegerValue();
    }
  }
}
