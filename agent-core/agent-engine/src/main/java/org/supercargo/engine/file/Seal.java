package org.supercargo.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;

/// The owner's signature under one version of an agent file. It lies beside the file, as
/// `<file>.seal`.
///
/// @param version from 1; a later file of the same agent has a higher one
/// @param sha256 of the file's bytes, in lower-case hex
/// @param signature Ed25519, 64 bytes, over [#payload]
public record Seal(AgentId agent, long version, String sha256, Bytes signature) {
  /// What is appended to the name of the agent file.
  public static final String SUFFIX = ".seal";

  private static final Set<String> FIELDS =
      new TreeSet<>(Set.of("agent", "version", "sha256", "signature"));
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");
  private static final int LARGEST = 4_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public Seal {
    requireNonNull(agent, "agent is null");
    requireNonNull(signature, "signature is null");
    if (version < 1 || !SHA256.matcher(sha256).matches()) {
      throw SupercargoException.user(
          "A seal needs a version from 1 and a SHA-256", "Seal the file again.");
    }
  }

  /// What the owner signs. It begins as no transaction and no message of any chain does.
  public static Bytes payload(AgentId agent, long version, String sha256) {
    String text = String.join("\n", "supercargo seal 1", agent.value(), "" + version, sha256);
    return Bytes.of(text.getBytes(UTF_8));
  }

  /// Seals a file with the owner's key.
  ///
  /// @param owner the public key the file names
  /// @param version above that of every seal before
  /// @param signer gives the Ed25519 signature of the owner's key over what it is given
  /// @throws SupercargoException of category USER when the signature is another key's
  public static Seal make(
      AgentFile file, Ed25519Key owner, long version, UnaryOperator<Bytes> signer) {
    AgentId agent = file.spec().id();
    var seal =
        new Seal(
            agent, version, file.digest(), signer.apply(payload(agent, version, file.digest())));
    seal.verify(owner, agent, file.digest());
    return seal;
  }

  /// The version of the seal beside an agent file; 0 when there is none.
  ///
  /// @throws SupercargoException of category USER when what is there is no seal
  public static long versionBeside(Path file) {
    byte[] content = contentBeside(file);
    return content == null ? 0 : parse(file.getFileName() + SUFFIX, content).version();
  }

  static byte @Nullable [] contentBeside(Path file) {
    try {
      return Files.readAllBytes(file.resolveSibling(file.getFileName() + SUFFIX));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw SupercargoException.user(
          "The seal of the agent file " + file + " cannot be read",
          "Check the permissions of " + file.getFileName() + SUFFIX + ".");
    }
  }

  /// @throws SupercargoException of category USER when it is not the owner's seal under this file
  void verify(Ed25519Key owner, AgentId expectedAgent, String digest) {
    if (!agent.equals(expectedAgent)) {
      throw SupercargoException.user(
          "The seal is that of the agent " + agent + ", not of " + expectedAgent,
          "Seal this file.");
    }
    if (!sha256.equals(digest)) {
      throw SupercargoException.user(
          "The agent file was changed after its owner sealed it",
          "Look at what changed; if it is right, the owner seals it again with a higher version.");
    }
    if (!owner.verifies(payload(agent, version, sha256), signature)) {
      throw SupercargoException.user(
          "The seal's signature is not that of the owner's key " + owner,
          "Only the owner can seal the file; seal it with that key.");
    }
  }

  /// @throws SupercargoException of category USER
  static Seal parse(String name, byte[] content) {
    try {
      JsonNode json = content.length > LARGEST ? null : JSON.readTree(content);
      var fields = new TreeSet<String>();
      if (json != null) {
        json.fieldNames().forEachRemaining(fields::add);
      }
      if (json != null
          && fields.equals(FIELDS)
          && json.get("agent").isTextual()
          && json.get("version").isIntegralNumber()
          && json.get("version").canConvertToLong()
          && json.get("sha256").isTextual()
          && SIGNATURE.matcher(json.get("signature").asText()).matches()) {
        return new Seal(
            new AgentId(json.get("agent").asText()),
            json.get("version").asLong(),
            json.get("sha256").asText(),
            Bytes.fromHex(json.get("signature").asText()));
      }
    } catch (IOException e) {
      throw unreadable(name);
    }
    throw unreadable(name);
  }

  private static SupercargoException unreadable(String name) {
    return SupercargoException.user(name + " is not a seal", "The owner seals the file again.");
  }

  /// The text of the file beside the agent file.
  public String json() {
    return JSON.createObjectNode()
            .put("agent", agent.value())
            .put("version", version)
            .put("sha256", sha256)
            .put("signature", signature.hex())
            .toPrettyString()
        + "\n";
  }
}
