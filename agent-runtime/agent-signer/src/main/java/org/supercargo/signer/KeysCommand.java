package org.supercargo.signer;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.ChainId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.foreign.DerivationPath;
import org.supercargo.signer.foreign.ForeignKey;
import org.supercargo.signer.key.KeyEntry;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.PrivateFiles;
import org.supercargo.signer.key.RemoteKeyName;

/// `keys new`, `keys import`, `keys link` and `keys list`. Private keys come from files or the
/// standard input, never from the command line, and are never printed.
final class KeysCommand {
  private static final String HOME = "--home";
  private static final String CHAIN = "--chain";
  private static final String FILE = "--file";
  private static final String PASSWORD_FILE = "--password-file";
  private static final String PATH = "--path";
  private static final String REMOTE = "--remote";
  private static final String ASK = "--ask-passphrase";
  private static final String JSON = "--json";

  private final InputStream in;
  private final Terminal terminal;
  private final PrintStream out;
  private final SecureRandom random;
  private final Codecs codecs = new Codecs();
  private final DomainJson json = new DomainJson();

  KeysCommand(InputStream in, PrintStream out, SecureRandom random) {
    this.in = in;
    this.terminal = new Terminal(in);
    this.out = out;
    this.random = random;
  }

  void run(List<String> line) {
    String first = line.isEmpty() ? "" : line.getFirst();
    List<String> rest = line.isEmpty() ? line : line.subList(1, line.size());
    switch (first) {
      case "new" -> make(Arguments.parse(rest, Set.of(ASK, JSON), Set.of(HOME, CHAIN)));
      case "import" ->
          take(
              Arguments.parse(
                  rest, Set.of(ASK, JSON), Set.of(HOME, CHAIN, FILE, PASSWORD_FILE, PATH)));
      case "link" -> link(Arguments.parse(rest, Set.of(ASK, JSON), Set.of(HOME, CHAIN, REMOTE)));
      case "list" -> list(Arguments.parse(rest, Set.of(JSON), Set.of(HOME)));
      default ->
          throw SupercargoException.user(
              "There is no command \"keys " + first + "\"", "Use keys new, import, link or list.");
    }
  }

  private void make(Arguments arguments) {
    arguments.requireWords(1);
    ChainId chain = chain(arguments);
    try (KeyStore keys = store(arguments)) {
      tell(arguments, "Made", keys.create(arguments.words().getFirst(), type(chain)), chain);
    }
  }

  private void take(Arguments arguments) {
    arguments.requireWords(1);
    ChainId chain = chain(arguments);
    Optional<Path> file = arguments.one(FILE).map(Path::of);
    if (file.isEmpty() && arguments.has(ASK) && !terminal.isPresent()) {
      throw SupercargoException.user(
          "The key and the passphrase cannot both come from the standard input",
          "Name the key's file with --file.");
    }
    byte[] content = file.map(KeysCommand::content).orElseGet(this::standardInput);
    boolean isMnemonic = ForeignKey.isMnemonic(content);
    if (!isMnemonic && arguments.one(PATH).isPresent()) {
      Arrays.fill(content, (byte) 0);
      throw SupercargoException.user(
          "Only the keys of a mnemonic have a path", "Leave " + PATH + " away.");
    }
    DerivationPath path = path(arguments, type(chain));
    byte[] secret = ForeignKey.read(type(chain), content, path, secrets(arguments));
    try (KeyStore keys = store(arguments)) {
      tell(
          arguments,
          "Imported",
          keys.add(arguments.words().getFirst(), type(chain), secret),
          chain);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    if (arguments.has(JSON)) {
      return;
    }
    if (isMnemonic) {
      out.println(
          "It is the key at "
              + path
              + ". If you expected another address, name its path with "
              + PATH
              + ", or the mnemonic's own passphrase with "
              + PASSWORD_FILE
              + ".");
    }
    file.ifPresent(from ->
        out.println(
            "The file " + from + " still holds the key. Remove it when you have a backup."));
  }

  private static DerivationPath path(Arguments arguments, KeyType type) {
    return arguments
        .one(PATH)
        .map(DerivationPath::parse)
        .orElseGet(() -> DerivationPath.usual(type));
  }

  private ForeignKey.Secrets secrets(Arguments arguments) {
    return new ForeignKey.Secrets() {
      @Override
      public Passphrase password() {
        return KeysCommand.this.password(arguments);
      }

      @Override
      public Optional<Passphrase> addition() {
        return arguments.one(PASSWORD_FILE).map(Path::of).map(Passphrase::ofFile);
      }
    };
  }

  private void link(Arguments arguments) {
    arguments.requireWords(1);
    ChainId chain = chain(arguments);
    RemoteKeyName remote = RemoteKeyName.parse(arguments.required(REMOTE));
    try (KeyStore keys = store(arguments)) {
      tell(
          arguments, "Linked", keys.link(arguments.words().getFirst(), type(chain), remote), chain);
    }
  }

  private void list(Arguments arguments) {
    arguments.requireWords(0);
    List<KeyEntry> keys = KeyStore.list(arguments.path(HOME), json);
    if (arguments.has(JSON)) {
      out.println(json.write(keys.stream().map(this::fields).toList()));
      return;
    }
    if (keys.isEmpty()) {
      out.println("There are no keys yet. Make one with: keys new NAME --chain solana");
    }
    for (KeyEntry key : keys) {
      ChainId chain = chain(key.type());
      String place = key.remote() == null ? "" : "  " + key.remote();
      out.println(key.name() + "  " + chain.name() + "  " + address(key, chain) + place);
    }
  }

  private Map<String, String> fields(KeyEntry key) {
    var fields = new LinkedHashMap<String, String>();
    ChainId chain = chain(key.type());
    fields.put("name", key.name());
    fields.put("chain", chain.name());
    fields.put("address", address(key, chain));
    fields.put("publicKey", key.publicKey().hex());
    if (key.remote() != null) {
      fields.put("remote", key.remote().toString());
    }
    return fields;
  }

  private KeyStore store(Arguments arguments) {
    Path home = arguments.path(HOME);
    PrivateFiles.directory(home);
    Passphrase passphrase =
        arguments.has(ASK)
            ? terminal.ask("Passphrase")
            : Passphrase.ofHome(home, random, arguments.has(JSON) ? line -> {} : out::println);
    return new KeyStore(home, passphrase, random, json);
  }

  private Passphrase password(Arguments arguments) {
    Optional<String> file = arguments.one(PASSWORD_FILE);
    if (file.isPresent()) {
      return Passphrase.ofFile(Path.of(file.get()));
    }
    if (!terminal.isPresent()) {
      throw SupercargoException.user(
          "The key file is encrypted and there is no terminal to ask for its password",
          "Put the password into a file of permissions 0600 and name it with --password-file.");
    }
    return terminal.ask("Password of the key file");
  }

  private static byte[] content(Path file) {
    // Not necessarily private: other programs choose their own permissions.
    try (InputStream content = Files.newInputStream(file)) {
      return limited(content, file.toString());
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private byte[] standardInput() {
    try {
      return limited(in, "The standard input");
    } catch (IOException e) {
      throw unreadable("The standard input", e);
    }
  }

  private static byte[] limited(InputStream content, String name) throws IOException {
    byte[] bytes = content.readNBytes(ForeignKey.LONGEST_FILE + 1);
    if (bytes.length > ForeignKey.LONGEST_FILE) {
      Arrays.fill(bytes, (byte) 0);
      throw SupercargoException.user(name + " is too long for a key", "Name the right file.");
    }
    return bytes;
  }

  private static SupercargoException unreadable(String name, IOException cause) {
    return new SupercargoException(
        SupercargoException.Category.USER,
        name + " cannot be read: " + PrivateFiles.reason(cause),
        "Check the path and its permissions.",
        cause);
  }

  private void tell(Arguments arguments, String done, KeyEntry key, ChainId chain) {
    out.println(
        arguments.has(JSON)
            ? json.write(fields(key))
            : done
                + " the key "
                + key.name()
                + " for "
                + chain.name()
                + ": "
                + address(key, chain));
  }

  private String address(KeyEntry key, ChainId chain) {
    return codecs.of(key.type()).address(chain, key.publicKey()).text();
  }

  private static ChainId chain(Arguments arguments) {
    String name = arguments.required(CHAIN);
    return ChainId.find(name)
        .orElseThrow(() ->
            SupercargoException.user(
                "\"" + name + "\" is not a chain known here", "Use solana or base."));
  }

  private static KeyType type(ChainId chain) {
    return KeyType.of(chain.namespace());
  }

  /// The chain under whose name keys of a kind are listed.
  private static ChainId chain(KeyType type) {
    return switch (type) {
      case ED25519 -> ChainId.SOLANA;
      case SECP256K1 -> ChainId.BASE;
    };
  }
}
