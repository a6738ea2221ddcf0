package org.supercargo.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;

/// An agent file: the owner's YAML, read into values or refused with the line that is wrong.
///
/// @param name what complaints call the file
/// @param digest SHA-256 of the file's bytes in hex
/// @param version of the owner's seal; 0 when the file names no owner
/// @param lines where its values stand
public record AgentFile(String name, AgentSpec spec, String digest, long version, FileLines lines) {

  /// Reads a file, and its seal when it names an owner.
  ///
  /// @throws SupercargoException of category USER with file, line, and what to do
  public static AgentFile read(Path file, AddressReader addresses) {
    AgentFile unsealed = readUnsealed(file, addresses);
    return unsealed.spec.owner() == null ? unsealed : unsealed.sealed(Seal.contentBeside(file));
  }

  /// Reads a file whether it is sealed or not. For looking at it and for sealing it; an agent must
  /// never run by it.
  ///
  /// @throws SupercargoException of category USER with file, line, and what to do
  public static AgentFile readUnsealed(Path file, AddressReader addresses) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw SupercargoException.user(
          "The agent file " + file + " cannot be read", "Check the path and its permissions.");
    }
    return parseUnsealed(file.getFileName().toString(), content, addresses);
  }

  /// Reads a file that names no owner.
  ///
  /// @param name what complaints call the file
  public static AgentFile parse(String name, byte[] content, AddressReader addresses) {
    AgentFile file = parseUnsealed(name, content, addresses);
    return file.spec.owner() == null ? file : file.sealed(null);
  }

  /// Reads a file with the content of its seal.
  public static AgentFile parse(String name, byte[] content, byte[] seal, AddressReader addresses) {
    return parseUnsealed(name, content, addresses).sealed(seal);
  }

  private static AgentFile parseUnsealed(String name, byte[] content, AddressReader addresses) {
    YamlPlace root = YamlPlace.root(name, text(name, content));
    return new AgentFile(
        name,
        new AgentReader(addresses).read(root),
        digest(content),
        0,
        new FileLines(root.lines()));
  }

  private static String text(String name, byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw SupercargoException.user(name + " is not UTF-8 text", "Save it as UTF-8.");
    }
  }

  private AgentFile sealed(byte @Nullable [] content) {
    Bytes owner = spec.owner();
    if (owner == null) {
      throw SupercargoException.user(
          name + " has a seal and names no owner",
          "Add \"owner: ed25519:...\", or remove the seal.");
    }
    if (content == null) {
      throw SupercargoException.user(
          name + " names an owner and has no seal",
          "The owner seals it, which makes " + name + Seal.SUFFIX + " beside it.");
    }
    Seal seal = Seal.parse(name + Seal.SUFFIX, content);
    seal.verify(new Ed25519Key(owner), spec.id(), digest);
    return new AgentFile(name, spec, digest, seal.version(), lines);
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("This JDK has no SHA-256", e);
    }
  }
}
