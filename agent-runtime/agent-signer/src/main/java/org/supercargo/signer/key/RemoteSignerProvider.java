package org.supercargo.signer.key;

/// Reaches keys in one kind of place. Found with [java.util.ServiceLoader] when its jar is on the
/// signer's class path.
public interface RemoteSignerProvider {
  /// How names of such keys begin, such as `aws-kms`: lower-case letters, digits and dashes.
  String scheme();

  /// Prepares to use a key, without asking for it yet.
  ///
  /// @param key as the place itself names it
  /// @throws org.supercargo.api.SupercargoException of category USER if the place has no keys of
  ///   the type, or the name or the settings are wrong
  RemoteSigner open(String key, KeyType type);
}
