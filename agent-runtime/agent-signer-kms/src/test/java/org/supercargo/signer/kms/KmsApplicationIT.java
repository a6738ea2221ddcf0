package org.supercargo.signer.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;

/// The signer as it is shipped, with and without this module's jars beside its own.
class KmsApplicationIT {
  private static final Path SIGNER =
      Path.of("..", "agent-signer", "target", "app").toAbsolutePath().normalize();
  private static final Path KMS = Path.of("target", "app").toAbsolutePath();

  @TempDir Path temporary;

  private final LoopbackKms kms = new LoopbackKms();

  private record Outcome(int code, String out, String err) {}

  @AfterEach
  void close() {
    kms.close();
  }

  private Outcome keys(boolean withKms, String... arguments) throws Exception {
    return keys(withKms, Map.of(), arguments);
  }

  /// @param changes to the environment; an empty value takes the variable away
  private Outcome keys(boolean withKms, Map<String, String> changes, String... arguments)
      throws Exception {
    String classPath = SIGNER.resolve("*").toString();
    if (withKms) {
      classPath += File.pathSeparator + KMS.resolve("*");
    }
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "org.supercargo.signer.SignerMain",
                "keys"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--home", temporary.resolve("home").toString()));
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "LANG", "TMPDIR"));
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ACCESS_KEY_ID", LoopbackKms.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", LoopbackKms.SECRET_KEY);
    environment.put("AWS_ENDPOINT_URL_KMS", kms.endpoint().toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", temporary.resolve("no-config").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", temporary.resolve("no-secrets").toString());
    environment.putAll(changes);
    environment.values().removeIf(String::isEmpty);
    int code = builder.start().waitFor();
    return new Outcome(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  @Test
  void the_jars_beside_the_signers_are_few_and_bring_no_second_network_library() throws Exception {
    assertThat(names(KMS))
        .contains("agent-signer-kms", "kms", "url-connection-client", "slf4j-nop")
        .doesNotContain("agent-signer", "bcprov-jdk18on", "jackson-databind", "slf4j-jdk14")
        .noneMatch(name -> name.contains("netty") || name.contains("apache"))
        .noneMatch(name -> name.startsWith("http") && !name.startsWith("http-"));
    assertThat(names(SIGNER)).doesNotContain("kms", "url-connection-client");
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString().replaceFirst("-[0-9].*", "")).toList();
    }
  }

  @Test
  void a_key_is_linked_by_a_signer_with_the_jars_and_by_no_other() throws Exception {
    try (SigningKey key = LoopbackKms.key(KeyType.SECP256K1, 9)) {
      kms.givesPublicKey(key);
    }
    String name = "aws-kms:" + LoopbackKms.ALIAS;
    Outcome without = keys(false, "link", "main", "--chain", "base", "--remote", name);
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err())
        .isEqualTo(
            "The key main for eip155: nothing here reaches keys of aws-kms. Put the jars that"
                + " reach them on the signer's class path.\n");
    assertThat(kms.requests()).isEmpty();

    Outcome with = keys(true, "link", "main", "--chain", "base", "--remote", name);
    assertThat(with.err()).isEmpty();
    assertThat(with.code()).isZero();
    assertThat(with.out()).contains("Linked the key main for base: 0x");
    kms.requireRequests(1, "GetPublicKey", "{\"KeyId\": \"alias/treasurer\"}");
    assertThat(keys(false, "list").out()).contains("main  base  0x").contains("  " + name);
  }

  @Test
  void a_refusal_of_aws_is_one_line_that_tells_what_to_do() throws Exception {
    kms.fails("GetPublicKey", 400, "AccessDeniedException", "arn:aws:iam::111122223333:user/carol");
    Outcome denied =
        keys(true, "link", "main", "--chain", "solana", "--remote", "aws-kms:alias/treasurer");
    assertThat(denied.code()).isEqualTo(2);
    assertThat(denied.err())
        .isEqualTo(
            "The key main for solana: AWS does not let the signer use the key"
                + " (AccessDeniedException). Allow kms:GetPublicKey and kms:Sign on the key to the"
                + " signer's role.\n");
  }

  @Test
  void a_missing_region_and_missing_credentials_are_named() throws Exception {
    String name = "aws-kms:" + LoopbackKms.ALIAS;
    Outcome nowhere =
        keys(true, Map.of("AWS_REGION", ""), "link", "main", "--chain", "solana", "--remote", name);
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("Set AWS_REGION, or name the key by its ARN");
    Outcome nobody =
        keys(
            true,
            Map.of("AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", ""),
            "link",
            "main",
            "--chain",
            "solana",
            "--remote",
            name);
    assertThat(nobody.code()).isEqualTo(2);
    assertThat(nobody.err()).contains("There are no credentials for AWS");
    assertThat(kms.requests()).isEmpty();
  }
}
