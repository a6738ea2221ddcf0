package org.supercargo.signer.key;

import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;

/// Where a key lives and what it is called there, written `scheme:key`, such as
/// `aws-kms:alias/treasurer`.
///
/// @param scheme 1 to 31 lower-case letters, digits and dashes, the first a letter
/// @param key 1 to 512 printable ASCII characters without spaces
public record RemoteKeyName(String scheme, String key) {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
  private static final Pattern KEY = Pattern.compile("[!-~]{1,512}");

  public RemoteKeyName {
    if (!SCHEME.matcher(scheme).matches() || !KEY.matcher(key).matches()) {
      throw malformed();
    }
  }

  /// @throws SupercargoException of category USER if it is no such name
  public static RemoteKeyName parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw malformed();
    }
    return new RemoteKeyName(text.substring(0, colon), text.substring(colon + 1));
  }

  private static SupercargoException malformed() {
    // What was given is not repeated: it may be a key that someone pasted.
    return SupercargoException.user(
        "This is not the name of a key that lives elsewhere",
        "Write where it lives and its name there, such as aws-kms:alias/treasurer.");
  }

  @Override
  public String toString() {
    return scheme + ":" + key;
  }
}
