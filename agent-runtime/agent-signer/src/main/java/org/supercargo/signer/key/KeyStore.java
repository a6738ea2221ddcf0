package org.supercargo.signer.key;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.json.DomainJson;

/// The keys in `keys` under the signer's home, one file for each, encrypted with one passphrase.
///
/// Not safe for use by several threads; the keys it opens are.
public final class KeyStore implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}");
  private static final String SUFFIX = ".json";
  private static final int LONGEST_FILE = 8_192;

  private final Path directory;
  private final Passphrase passphrase;
  private final SecureRandom random;
  private final DomainJson json;
  // Keys of one store share a salt, so that the costly derivation runs once per start.
  private final Map<KeyDerivation, byte[]> encryptionKeys = new HashMap<>();

  /// @param home made with permissions 0700 if it is missing
  /// @param passphrase closed with the store
  public KeyStore(Path home, Passphrase passphrase, SecureRandom random, DomainJson json) {
    this.directory = home.resolve("keys");
    this.passphrase = passphrase;
    this.random = random;
    this.json = json;
    PrivateFiles.directory(home);
    PrivateFiles.directory(directory);
  }

  /// Every key of a home by name, without opening any.
  public static List<KeyEntry> list(Path home, DomainJson json) {
    Path directory = home.resolve("keys");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    return files(directory).stream()
        .map(file -> read(file, json))
        .map(key -> new KeyEntry(key.name(), KeyType.of(key.namespace()), key.publicKey()))
        .toList();
  }

  public boolean has(String name, KeyType type) {
    return Files.exists(file(name, type));
  }

  /// Makes a new random key.
  ///
  /// @throws SupercargoException of category USER if the name is taken or the passphrase is not the
  ///   one of the store's other keys
  public KeyEntry create(String name, KeyType type) {
    byte[] secret = type.generate(random);
    try {
      return add(name, type, secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /// Stores an existing private key, which is copied; the caller overwrites its own.
  ///
  /// @throws SupercargoException of category USER if the name is taken, the bytes are no such key,
  ///   or the passphrase is not the one of the store's other keys
  public KeyEntry add(String name, KeyType type, byte[] secret) {
    Path file = file(name, type);
    if (Files.exists(file)) {
      throw SupercargoException.user(
          "There is a key " + name + " for " + type.namespace() + " already",
          "Choose another name; nothing is overwritten.");
    }
    try (SigningKey key = type.key(secret)) {
      KeyDerivation derivation = derivationForNewKey();
      byte[] nonce = new byte[SealedKey.NONCE_SIZE];
      random.nextBytes(nonce);
      SealedKey sealed =
          SealedKey.seal(name, key, secret, derivation, encryptionKey(derivation), Bytes.of(nonce));
      PrivateFiles.writeNew(
          file, (json.writeIndented(sealed) + "\n").getBytes(StandardCharsets.UTF_8));
      return new KeyEntry(name, type, key.publicKey());
    }
  }

  /// Opens a key. Its public half is derived from the private one and checked.
  ///
  /// @throws SupercargoException of category USER if there is none, others may read its file, the
  ///   passphrase is wrong or the file was changed
  public SigningKey open(String name, KeyType type) {
    Path file = file(name, type);
    if (!Files.exists(file)) {
      throw SupercargoException.user(
          "There is no key " + name + " for " + type.namespace(), "Create or import it.");
    }
    SealedKey sealed = read(file, json);
    if (!sealed.name().equals(name) || !sealed.namespace().equals(type.namespace())) {
      throw SupercargoException.user(
          "The file " + file + " holds the key of another name or chain",
          "Give the file its own name again, or restore it from a backup.");
    }
    SigningKey key = sealed.open(encryptionKey(sealed.derivation()));
    if (key == null) {
      throw SupercargoException.user(
          "The key " + name + " for " + type.namespace() + " does not open",
          "The passphrase is wrong, or the file was changed; restore one of them from a backup.");
    }
    return key;
  }

  @Override
  public void close() {
    encryptionKeys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    encryptionKeys.clear();
    passphrase.close();
  }

  private byte[] encryptionKey(KeyDerivation derivation) {
    byte[] known = encryptionKeys.get(derivation);
    if (known == null) {
      known = derivation.key(passphrase);
      encryptionKeys.put(derivation, known);
    }
    return known;
  }

  private KeyDerivation derivationForNewKey() {
    Optional<Path> other = files(directory).stream().findFirst();
    if (other.isEmpty()) {
      return KeyDerivation.fresh(random);
    }
    SealedKey sealed = read(other.get(), json);
    // Opening it proves that the store keeps one passphrase for all its keys.
    open(sealed.name(), KeyType.of(sealed.namespace())).close();
    return sealed.derivation().isCurrent() ? sealed.derivation() : KeyDerivation.fresh(random);
  }

  private Path file(String name, KeyType type) {
    if (!NAME.matcher(name).matches()) {
      throw SupercargoException.user(
          "\"" + name + "\" is not a key name",
          "Use letters, digits, dashes and underscores, at most 63.");
    }
    return directory.resolve(name + "." + type.namespace() + SUFFIX);
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The directory " + directory + " cannot be read",
          "Check its owner and permissions.",
          e);
    }
  }

  private static SealedKey read(Path file, DomainJson json) {
    byte[] content = PrivateFiles.read(file, LONGEST_FILE);
    try {
      // The JSON text null is read as null.
      return requireNonNull(
          json.read(new String(content, StandardCharsets.UTF_8), SealedKey.class), "null");
    } catch (SupercargoException | NullPointerException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The file " + file + " is not a key file",
          "It was changed or written by another version; restore it from a backup.",
          e);
    }
  }
}
