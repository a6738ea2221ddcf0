package org.supercargo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.Standing;
import org.supercargo.signer.socket.SignerClient;
import org.supercargo.signer.socket.SignerProcess;
import org.supercargo.solana.Base58;

/// Everything but the signer's own memory is searched, byte by byte, for keys that only the signer
/// may know.
class CanaryKeyIT {
  @TempDir @Nullable Path data;

  @Test
  void no_form_of_the_key_is_in_the_engine_its_files_its_output_or_on_any_wire() throws Exception {
    Path directory = java.util.Objects.requireNonNull(data);
    var model = new WireMockServer(options().dynamicPort());
    model.start();
    try (var treasury = new Treasury(directory);
        var solana = RecordingWire.before(treasury.devnet().solanaRpc());
        var base = RecordingWire.before(treasury.devnet().baseRpc());
        var planner = RecordingWire.before(URI.create(model.baseUrl()))) {
      plan(model);
      Map<String, byte[]> canaries = plant(treasury, directory);
      Map<String, String> environment = treasury.environment(planner.address(), "sk-some-key");
      environment.put("SUPERCARGO_SOLANA_RPC", solana.address().toString());
      environment.put("SUPERCARGO_BASE_RPC", base.address().toString());
      Path dump = directory.resolve("engine.hprof");
      CommandProcess.Finished finished = run(environment, dump);
      Map<String, byte[]> places = new LinkedHashMap<>();
      places.put("the engine's heap", Files.readAllBytes(dump));
      Files.delete(dump);
      places.put("what the engine printed", utf8(finished.story()));
      places.put("the wire to Solana", solana.record());
      places.put("the wire to Base", base.record());
      places.put("the wire to the model", planner.record());
      places.put("the wire to the signer", signerWire(treasury));
      addFiles(places, treasury.networkFolder());
      found(places, "the engine's heap", "TransactionSigned");
      found(places, "the wire to Solana", "sendTransaction");
      found(places, "the wire to Base", "eth_sendRawTransaction");
      found(places, "the wire to the model", "chat/completions");
      found(places, "the wire to the signer", "treasurer");
      found(places, "agents.db", "TransactionSigned");
      found(places, "signatures.log", "treasurer");
      places.forEach((place, bytes) ->
          canaries.forEach((form, canary) ->
              assertThat(contains(bytes, canary))
                  .describedAs("the key as " + form + " in " + place)
                  .isFalse()));
      System.out.printf(
          "canary: %d forms of 2 keys, 0 hits in %d places, %,d bytes%n",
          canaries.size(),
          places.size(),
          places.values().stream().mapToLong(bytes -> bytes.length).sum());
    } finally {
      model.stop();
    }
  }

  /// A place is really searched: what must be there is found.
  private static void found(Map<String, byte[]> places, String place, String text) {
    assertThat(places).containsKey(place);
    assertThat(contains(java.util.Objects.requireNonNull(places.get(place)), utf8(text)))
        .as("%s in %s", text, place)
        .isTrue();
  }

  private static void plan(WireMockServer model) {
    reply(model, Scenario.STARTED, "paid alice", call("1 USDC", "alice", "solana"));
    reply(model, "paid alice", "paid bob", call("1.5 USDC", "bob", "base"));
    reply(model, "paid bob", "paid bob", message("\"content\":\"Both are paid.\"", "stop"));
  }

  private static void reply(WireMockServer model, String from, String to, String body) {
    model.stubFor(
        post(urlEqualTo("/chat/completions"))
            .inScenario("pay")
            .whenScenarioStateIs(from)
            .willReturn(okJson(body))
            .willSetStateTo(to));
  }

  private static String call(String amount, String payee, String chain) {
    String arguments =
        "{\\\"amount\\\":\\\"%s\\\",\\\"payee\\\":\\\"%s\\\",\\\"chain\\\":\\\"%s\\\"}"
            .formatted(amount, payee, chain);
    return message(
        "\"content\":\"\",\"tool_calls\":[{\"index\":0,\"id\":\"call_0\",\"type\":\"function\","
            + "\"function\":{\"name\":\"transfer\",\"arguments\":\""
            + arguments
            + "\"}}]",
        "tool_calls");
  }

  private static String message(String fields, String finish) {
    return """
    {"id":"1","object":"chat.completion","created":1,"model":"deepseek-flash","choices":[{"index":0,
    "message":{"role":"assistant",%s},"finish_reason":"%s"}],
    "usage":{"prompt_tokens":900,"completion_tokens":80,"total_tokens":980}}
    """
        .formatted(fields, finish);
  }

  private static CommandProcess.Finished run(Map<String, String> environment, Path dump)
      throws Exception {
    try (CommandProcess engine =
        CommandProcess.start(
            environment,
            "run",
            Treasury.file().toString(),
            "--goal",
            "send 1 USDC to alice on solana and send 1.5 USDC to bob on base",
            "--json")) {
      assertThat(engine.await(line -> line.contains("\"type\":\"TransactionSigned\"")))
          .describedAs("the engine works while it is dumped")
          .isNotNull();
      dump(engine.id(), dump);
      CommandProcess.Finished finished = engine.finish();
      assertThat(finished.status()).describedAs(finished.story()).isZero();
      return finished;
    }
  }

  /// Everything a signer with these keys answers, also to what it does not understand.
  private static byte[] signerWire(Treasury treasury) throws IOException {
    Path folder = Files.createTempDirectory("canary-");
    Path socket = folder.resolve("signer");
    var agent = new AgentId("treasurer");
    try (SignerProcess signer =
            SignerProcess.start(
                new SignerProcess.Settings(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    CommandProcess.home()
                        .resolve("agent-runtime/agent-signer/target/app/*")
                        .toString(),
                    treasury.networkFolder().resolve("signer"),
                    socket,
                    List.of(Treasury.file()),
                    false,
                    Duration.ofSeconds(30)),
                line -> {});
        var wire = RecordingWire.before(socket, folder.resolve("wire"));
        var client =
            new SignerClient(folder.resolve("wire"), new DomainJson(), Duration.ofSeconds(30))) {
      assertThat(signer.pid()).isPositive();
      assertThat(client.wallets(agent)).hasSize(2);
      Standing standing = client.enter(agent, 1_000_000);
      assertThat(standing.signatures()).as("of the run").isEqualTo(2);
      assertThat(client.history(agent, 0, 10)).hasSize(2);
      assertThat(client.health().signatures()).isEqualTo(2);
      assertThat(client.wallets(new AgentId("nobody"))).isEmpty();
      return wire.record();
    } finally {
      Files.deleteIfExists(folder.resolve("wire"));
      Files.deleteIfExists(folder);
    }
  }

  /// The files of a network, those of the signer included: keys are in them only sealed.
  private static void addFiles(Map<String, byte[]> places, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        places.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Makes one key for each chain, has the signer import them, and writes each in every form a leak
  /// might take.
  private static Map<String, byte[]> plant(Treasury treasury, Path directory) throws IOException {
    var random = new Random(20261123);
    byte[] seed = new byte[32];
    byte[] scalar = new byte[32];
    random.nextBytes(seed);
    random.nextBytes(scalar);
    byte[] pair = new byte[64];
    byte[] publicKey = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    System.arraycopy(seed, 0, pair, 0, 32);
    System.arraycopy(publicKey, 0, pair, 32, 32);
    importKey(
        treasury, "solana", Files.writeString(directory.resolve("canary.json"), array(pair, 64)));
    importKey(
        treasury,
        "base",
        Files.writeString(directory.resolve("canary.hex"), HexFormat.of().formatHex(scalar)));
    var forms = new LinkedHashMap<String, byte[]>();
    forms(forms, "Ed25519 seed", seed);
    forms(forms, "Ed25519 key pair", pair);
    forms(forms, "secp256k1 scalar", scalar);
    assertThat(forms).hasSize(18);
    return forms;
  }

  private static void importKey(Treasury treasury, String chain, Path file) {
    var imported =
        treasury.command(
            "keys",
            "import",
            "treasurer",
            "--chain",
            chain,
            "--file",
            file.toString(),
            "--network",
            treasury.network());
    assertThat(imported.status()).describedAs(imported.story()).isZero();
  }

  private static void forms(Map<String, byte[]> forms, String name, byte[] key) {
    forms.put(name + ", raw", key);
    forms.put(name + ", hex", ascii(HexFormat.of().formatHex(key)));
    forms.put(name + ", upper-case hex", ascii(HexFormat.of().withUpperCase().formatHex(key)));
    // Without the last characters, which depend on what follows.
    forms.put(name + ", base64", ascii(Base64.getEncoder().encodeToString(key).substring(0, 40)));
    forms.put(name + ", base58", ascii(Base58.encode(Bytes.of(key))));
    String array = array(key, 16);
    forms.put(name + ", JSON array", ascii(array.substring(1, array.length() - 1)));
  }

  private static String array(byte[] key, int length) {
    return IntStream.range(0, length)
        .mapToObj(index -> Integer.toString(key[index] & 0xff))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void dump(long process, Path file) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process),
                "GC.heap_dump",
                "-all",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(jcmd.exitValue()).describedAs(output).isZero();
  }

  private static boolean contains(byte[] heap, byte[] wanted) {
    int last = heap.length - wanted.length;
    for (int start = 0; start <= last; start++) {
      if (heap[start] == wanted[0]
          && Arrays.equals(heap, start, start + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
