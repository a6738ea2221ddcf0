package org.supercargo.signer.key;

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

/// The keys in `keys` under the signer's home, one file for each, encrypted with one passphrase. A
/// key that lives elsewhere is linked: its file says where it lives and what its public half is,
/// and agents name it like any other.
///
/// Not safe for use by several threads; the keys it opens are.
public final class KeyStore implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}");
  private static final String SUFFIX = ".json";
  private static final String LINK_SUFFIX = ".link.json";
  private static final int LONGEST_FILE = 8_192;

  private final Path directory;
  private final Passphrase passphrase;
  private final SecureRandom random;
  private final DomainJson json;
  private final RemoteSigners remotes;
  // Keys of one store share a salt, so that the costly derivation runs once per start.
  private final Map<KeyDerivation, byte[]> encryptionKeys = new HashMap<>();

  /// Reaches keys that live elsewhere as far as the class path has the jars for it.
  ///
  /// @param home made with permissions 0700 if it is missing
  /// @param passphrase closed with the store
  public KeyStore(Path home, Passphrase passphrase, SecureRandom random, DomainJson json) {
    this(home, passphrase, random, json, RemoteSigners.installed());
  }

  /// @param home made with permissions 0700 if it is missing
  /// @param passphrase closed with the store
  /// @param remotes how keys that live elsewhere are reached
  public KeyStore(
      Path home,
      Passphrase passphrase,
      SecureRandom random,
      DomainJson json,
      RemoteSigners remotes) {
    this.directory = home.resolve("keys");
    this.passphrase = passphrase;
    this.random = random;
    this.json = json;
    this.remotes = remotes;
    PrivateFiles.directory(home);
    PrivateFiles.directory(directory);
  }

  /// Every key of a home by name, without opening any.
  public static List<KeyEntry> list(Path home, DomainJson json) {
    Path directory = home.resolve("keys");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    return files(directory).stream().map(file -> entry(read(file, json))).toList();
  }

  private static KeyEntry entry(StoredKey stored) {
    RemoteKeyName remote =
        switch (stored) {
          case SealedKey _ -> null;
          case LinkedKey linked -> linked.remote();
        };
    return new KeyEntry(stored.name(), KeyType.of(stored.namespace()), stored.publicKey(), remote);
  }

  public boolean has(String name, KeyType type) {
    return Files.exists(file(name, type, SUFFIX)) || Files.exists(file(name, type, LINK_SUFFIX));
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
    requireFree(name, type);
    try (SigningKey key = type.key(secret)) {
      KeyDerivation derivation = derivationForNewKey();
      SealedKey sealed =
          SealedKey.seal(name, key, secret, derivation, encryptionKey(derivation), nonce());
      write(file(name, type, SUFFIX), sealed);
      return entry(sealed);
    }
  }

  /// Links a key that lives elsewhere. It is asked for its public half, which must stay the same.
  ///
  /// @throws SupercargoException of category USER if the name is taken, nothing reaches such keys,
  ///   the place has no such key, or the passphrase is not the one of the store's other keys;
  ///   TRANSIENT if the place does not answer
  public KeyEntry link(String name, KeyType type, RemoteKeyName remote) {
    requireFree(name, type);
    Bytes publicKey = remotes.publicKey(subject(name, type), remote, type);
    KeyDerivation derivation = derivationForNewKey();
    var entry = new KeyEntry(name, type, publicKey, remote);
    write(
        file(name, type, LINK_SUFFIX),
        LinkedKey.seal(entry, remote, derivation, encryptionKey(derivation), nonce()));
    return entry;
  }

  private void requireFree(String name, KeyType type) {
    if (has(name, type)) {
      throw SupercargoException.user(
          "There is a key " + name + " for " + type.namespace() + " already",
          "Choose another name; nothing is overwritten.");
    }
  }

  private Bytes nonce() {
    byte[] nonce = new byte[Seal.NONCE_SIZE];
    random.nextBytes(nonce);
    return Bytes.of(nonce);
  }

  private void write(Path file, StoredKey stored) {
    PrivateFiles.writeNew(
        file, (json.writeIndented(stored) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Opens a key. Its public half is derived from the private one and checked; one that lives
  /// elsewhere is asked for it.
  ///
  /// @throws SupercargoException of category USER if there is none, others may read its file, the
  ///   passphrase is wrong or the file was changed, or a linked key is not what it was; TRANSIENT
  ///   if a linked key does not answer
  public SigningKey open(String name, KeyType type) {
    Path file = existing(name, type);
    StoredKey stored = read(file, json);
    if (!stored.name().equals(name) || !stored.namespace().equals(type.namespace())) {
      throw SupercargoException.user(
          "The file " + file + " holds the key of another name or chain",
          "Give the file its own name again, or restore it from a backup.");
    }
    return switch (stored) {
      case SealedKey sealed -> {
        SigningKey key = sealed.open(encryptionKey(sealed.derivation()));
        if (key == null) {
          throw notOpen(stored);
        }
        yield key;
      }
      case LinkedKey linked -> {
        requireGenuine(linked);
        yield remotes.open(subject(name, type), linked.remote(), type, linked.publicKey());
      }
    };
  }

  private Path existing(String name, KeyType type) {
    Path here = file(name, type, SUFFIX);
    Path elsewhere = file(name, type, LINK_SUFFIX);
    if (Files.exists(here) && Files.exists(elsewhere)) {
      throw SupercargoException.user(
          "There are two keys "
              + name
              + " for "
              + type.namespace()
              + ", "
              + here
              + " and "
              + elsewhere,
          "Give one of the files away; an agent must have one wallet.");
    }
    if (!has(name, type)) {
      throw SupercargoException.user(
          "There is no key " + name + " for " + type.namespace(), "Create, import or link it.");
    }
    return Files.exists(here) ? here : elsewhere;
  }

  private void requireGenuine(LinkedKey linked) {
    if (!linked.isGenuine(encryptionKey(linked.derivation()))) {
      throw notOpen(linked);
    }
  }

  private static SupercargoException notOpen(StoredKey stored) {
    return SupercargoException.user(
        "The key " + stored.name() + " for " + stored.namespace() + " does not open",
        "The passphrase is wrong, or the file was changed; restore one of them from a backup.");
  }

  private static String subject(String name, KeyType type) {
    return "The key " + name + " for " + type.namespace();
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
    StoredKey stored = read(other.get(), json);
    // Opening it proves that the store keeps one passphrase for all its keys.
    switch (stored) {
      case SealedKey sealed -> open(sealed.name(), KeyType.of(sealed.namespace())).close();
      case LinkedKey linked -> requireGenuine(linked);
    }
    return stored.derivation().isCurrent() ? stored.derivation() : KeyDerivation.fresh(random);
  }

  private Path file(String name, KeyType type, String suffix) {
    if (!NAME.matcher(name).matches()) {
      throw SupercargoException.user(
          "\"" + name + "\" is not a key name",
          "Use letters, digits, dashes and underscores, at most 63.");
    }
    return directory.resolve(name + "." + type.namespace() + suffix);
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

  private static StoredKey read(Path file, DomainJson json) {
    byte[] content = PrivateFiles.read(file, LONGEST_FILE);
    Class<? extends StoredKey> kind =
        file.getFileName().toString().endsWith(LINK_SUFFIX) ? LinkedKey.class : SealedKey.class;
    try {
      return json.read(new String(content, StandardCharsets.UTF_8), kind);
    } catch (SupercargoException | NullPointerException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The file " + file + " is not a key file",
          "It was changed or written by another version; restore it from a backup.",
          e);
    }
  }
}
