package org.supercargo.signer.key;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// The places elsewhere whose keys this signer can use.
public final class RemoteSigners {
  private final Supplier<List<RemoteSignerProvider>> providers;
  private final Patience patience;

  private RemoteSigners(Supplier<List<RemoteSignerProvider>> providers, Patience patience) {
    this.providers = providers;
    this.patience = patience;
  }

  /// Those whose jars are on the class path. A signer whose keys are all here has none, and looks
  /// for none.
  public static RemoteSigners installed() {
    return new RemoteSigners(RemoteSigners::load, Patience.standard());
  }

  public static RemoteSigners of(List<RemoteSignerProvider> providers, Patience patience) {
    List<RemoteSignerProvider> all = List.copyOf(providers);
    return new RemoteSigners(() -> all, patience);
  }

  private static List<RemoteSignerProvider> load() {
    try {
      return ServiceLoader.load(RemoteSignerProvider.class).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "A jar for keys that live elsewhere does not load",
          "Put all jars of its directory on the class path, of the signer's own version.",
          e);
    }
  }

  /// Asks a key for its public half.
  ///
  /// @param subject the key's name in complaints
  Bytes publicKey(String subject, RemoteKeyName name, KeyType type) {
    try (RemoteSigner remote = connect(subject, name, type)) {
      Bytes publicKey = patience.ask(subject, remote::publicKey);
      if (!type.isPublicKey(publicKey)) {
        throw SupercargoException.external(
            subject + ": what answers is not a public key for " + type.namespace(),
            "Find out who answers in place of the key.",
            null);
      }
      return publicKey;
    }
  }

  /// A key that is still the one it was.
  ///
  /// @param publicKey what it must be
  SigningKey open(String subject, RemoteKeyName name, KeyType type, Bytes publicKey) {
    RemoteSigner remote = connect(subject, name, type);
    boolean done = false;
    try {
      var key = new RemoteKey(subject, remote, type, publicKey, patience);
      if (!patience.ask(subject, remote::publicKey).equals(publicKey)) {
        throw SupercargoException.user(
            subject + ": another key answers to its name now",
            "Point the name back to the key it was linked to, or link the new key under a name of"
                + " its own; its account is another one.");
      }
      done = true;
      return key;
    } finally {
      if (!done) {
        remote.close();
      }
    }
  }

  private RemoteSigner connect(String subject, RemoteKeyName name, KeyType type) {
    RemoteSignerProvider provider =
        providers.get().stream()
            .filter(each -> each.scheme().equals(name.scheme()))
            .findFirst()
            .orElseThrow(() ->
                SupercargoException.user(
                    subject + ": nothing here reaches keys of " + name.scheme(),
                    "Put the jars that reach them on the signer's class path."));
    return patience.named(subject, () -> provider.open(name.key(), type));
  }
}
