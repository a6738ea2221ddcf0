package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.solana.Base58;

/// The process that plans is searched, byte by byte, for a key that only the signer may know.
class CanaryKeyIT {
  @TempDir @Nullable Path data;

  @Test
  void a_heap_dump_of_the_working_engine_holds_no_form_of_the_key() throws Exception {
    Path directory = java.util.Objects.requireNonNull(data);
    try (var treasury = new Treasury(directory)) {
      Map<String, byte[]> canaries = plant(treasury, directory);
      Path dump = directory.resolve("engine.hprof");
      try (CommandProcess engine =
          CommandProcess.start(
              treasury.environment(),
              "run",
              Treasury.file().toString(),
              "--goal",
              "send 1 USDC to alice on solana and send 1.5 USDC to bob on base",
              "--json")) {
        assertThat(engine.await(line -> line.contains("\"type\":\"TransactionSigned\"")))
            .describedAs("the engine works while it is dumped")
            .isNotNull();
        dump(engine.id(), dump);
        assertThat(engine.finish().status()).isZero();
      }
      byte[] heap = Files.readAllBytes(dump);
      assertThat(heap.length).isGreaterThan(1_000_000);
      // The search finds what is there.
      assertThat(contains(heap, "TransactionSigned".getBytes(StandardCharsets.US_ASCII))).isTrue();
      canaries.forEach((form, bytes) ->
          assertThat(contains(heap, bytes)).describedAs("the key as " + form).isFalse());
      Path database = treasury.networkFolder().resolve("agents.db");
      byte[] stored = Files.readAllBytes(database);
      canaries.forEach((form, bytes) ->
          assertThat(contains(stored, bytes)).describedAs("the key as " + form).isFalse());
    }
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
