package org.supercargo.engine.file;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import org.supercargo.api.Bytes;

/// Somebody with an Ed25519 key: the secrets are those of [RFC
/// 8032](https://www.rfc-editor.org/rfc/rfc8032), 7.1, tests 1 and 2.
enum Owner {
  ONE(
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
  TWO(
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

  private final String secret;
  private final String key;

  Owner(String secret, String key) {
    this.secret = secret;
    this.key = key;
  }

  Ed25519Key key() {
    return Ed25519Key.parse(Ed25519Key.PREFIX + key);
  }

  Bytes sign(Bytes message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new EdECPrivateKeySpec(
                      NamedParameterSpec.ED25519, Bytes.fromHex(secret).toArray())));
      signature.update(message.toArray());
      return Bytes.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
