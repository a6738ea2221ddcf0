package org.supercargo.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.key.KeyEntry;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.PrivateFiles;
import org.supercargo.signer.key.SigningKey;
import picocli.CommandLine.Option;

/// The Ed25519 keys with which people approve and owners seal: a key store of their own, which no
/// signer of wallets ever opens and which may be on another machine.
final class ApproverKeys {
  @Option(
      names = "--approver-home",
      paramLabel = "DIR",
      description =
          "Where the keys of people are. Default: SUPERCARGO_APPROVER_HOME, or approver in --data.")
  @Nullable Path home;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Holds the passphrase of these keys. Default: the one made beside them.")
  @Nullable Path passphraseFile;

  private final DomainJson json = new DomainJson();

  Path home(CommonOptions options) {
    if (home != null) {
      return home.toAbsolutePath().normalize();
    }
    String fromEnvironment = System.getenv("SUPERCARGO_APPROVER_HOME");
    return fromEnvironment == null || fromEnvironment.isBlank()
        ? options.dataDirectory().resolve("approver")
        : Path.of(fromEnvironment).toAbsolutePath().normalize();
  }

  List<KeyEntry> list(CommonOptions options) {
    return KeyStore.list(home(options), json);
  }

  KeyEntry create(CommonOptions options, String name, Screen screen) {
    try (KeyStore keys = open(options, screen)) {
      return keys.create(name, KeyType.ED25519);
    }
  }

  /// Signs a text that no chain takes for a transaction.
  Bytes sign(CommonOptions options, String name, Bytes payload, Screen screen) {
    try (KeyStore keys = open(options, screen)) {
      if (!keys.has(name, KeyType.ED25519)) {
        throw SupercargoException.user(
            "There is no key \"" + name + "\" in " + home(options),
            "Make one with \"approver new " + name + "\".");
      }
      try (SigningKey key = keys.open(name, KeyType.ED25519)) {
        return key.sign(payload);
      }
    }
  }

  private KeyStore open(CommonOptions options, Screen screen) {
    Path where = home(options);
    PrivateFiles.directory(where);
    var random = new SecureRandom();
    Passphrase passphrase =
        passphraseFile == null
            ? Passphrase.ofHome(where, random, screen::progress)
            : Passphrase.ofFile(passphraseFile);
    return new KeyStore(where, passphrase, random, json);
  }

  /// As a mandate names it.
  static String text(Bytes publicKey) {
    return "ed25519:" + publicKey.hex();
  }
}
